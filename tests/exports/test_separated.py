"""CSV and TSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beside.exports import ExportError, Message, rows
from beside.exports.lines import Lines

CELL = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=40)


def test_a_row_is_a_message_with_its_columns(desk):
    export = desk.open("a.csv", 'id,author,date,text\n7,Jo,2026-03-01,"so ""very"" sorry,\nlove"\n')
    row = {"id": "7", "author": "Jo", "date": "2026-03-01", "text": 'so "very" sorry,\nlove'}
    assert export.kind == "csv"
    assert desk.entries(export) == [Message('so "very" sorry,\nlove', row, 2, "Jo", "2026-03-01")]


def test_rows_that_go_leave_the_others_as_they_were(desk):
    data = 'text,id\r\n"kind, and ""quoted""",1\r\nbad,2\r\n\r\n  spaced  ,"3"\r\nlast,4'
    export = desk.open("a.csv", data)
    assert desk.whole(export) == data.encode()
    assert desk.rewritten(export) == data.replace("bad,2\r\n", "").encode()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_first_row(desk, mark):
    export = desk.open("a.csv", f"id{mark}text{mark}who\n1{mark}kind{mark}Jo\n")
    assert desk.texts(export) == ["kind"]


def test_ragged_rows_are_unreadable_and_the_rest_goes_on(desk):
    export = desk.open("a.csv", "id,text\n1,a\n2\n3,c,cut off\n4,d,,\n5,e\n")
    assert desk.texts(export) == ["a", "d", "e"]
    assert desk.unreadable(export) == [
        (3, "the row has 1 cells, the first row of the file has 2"),
        (4, "the row has 3 cells, the first row of the file has 2"),
    ]
    assert desk.rewritten(export) == b"id,text\n1,a\n4,d,,\n5,e\n"


def test_a_quote_that_never_closes_costs_its_own_line_only(desk):
    export = desk.open("a.csv", 'id,text\n1,"bad luck\n2,kind\n3,"two\nlines"\n')
    assert desk.texts(export) == ["kind", "two\nlines"]
    assert desk.unreadable(export) == [(2, "a quotation mark is opened and never closed")]
    export = desk.open("b.csv", 'id,text\n1,kind\n2,"never closed\n3,kinder\n4,kindest\n')
    assert desk.texts(export) == ["kind", "kinder", "kindest"]
    assert desk.unreadable(export) == [(3, "a quotation mark is opened and never closed")]


def test_a_nul_and_bytes_of_no_letter_are_unreadable(desk):
    export = desk.open("a.csv", "text\nlove ❤❤\na\0b\n".encode() + b"caf\xe9\nend\n")
    assert desk.texts(export) == ["love ❤❤", "end"]
    assert desk.unreadable(export) == [
        (3, "there is a NUL byte in it"),
        (4, "there are bytes in it that are no letters in this file's encoding"),
    ]
    assert [e.row for e in desk.entries(export) if not isinstance(e, Message)] == ["a\\x00b\n", "caf\\xe9\n"]
    assert desk.whole(export) == "text\nlove ❤❤\nend\n".encode()


def test_a_line_without_end_is_taken_in_pieces(desk, monkeypatch):
    monkeypatch.setattr(Lines.__init__, "__defaults__", (50,))
    export = desk.open("a.csv", "id,text\n1,a\n2," + "x" * 120 + "\n3,c\n")
    assert desk.texts(export) == ["a", "c"]
    assert [line for line, _ in desk.unreadable(export)] == [3, 3, 3]
    assert (
        "".join(e.row for e in desk.entries(export) if not isinstance(e, Message)) == "2," + "x" * 120 + "\n"
    )


def test_a_huge_cell_within_the_limit_is_a_message(desk):
    huge = "a" * (rows.LONGEST_LINE - 10)
    assert [len(text) for text in desk.texts(desk.open("a.csv", f"text\n{huge}\n"))] == [len(huge)]


@pytest.mark.parametrize(
    ("header", "column", "words"),
    [
        ("id,name", None, "Which column of a.csv holds the messages? Its first row names: id, name. "),
        ("text,body", None, "a.csv has more than one column that may hold the messages: text, body. "),
        ("id,name", "note", 'a.csv has no column "note". Its columns are: id, name.'),
    ],
)
def test_it_says_how_to_name_the_column(desk, header, column, words):
    with pytest.raises(ExportError) as error:
        desk.open("a.csv", f"{header}\n1,2\n", column)
    assert str(error.value).startswith(words)


def test_the_named_column_wins(desk):
    assert desk.texts(desk.open("a.csv", "text,body\n1,2\n", "body")) == ["2"]


def test_takeout_cells_in_their_three_writings(desk):
    export = desk.open(
        "comments.csv",
        "Comment ID,Channel ID,Comment create timestamp,Price,Video ID,Comment text\n"
        "c1,UC1,2023-05-01T12:00:00Z,0,v,plain words\n"
        'c2,UC1,2023-05-01T12:00:00Z,0,v,"{""takeoutSegments"":[{""text"":""so ""},{""text"":""sorry""}]}"\n'
        'c3,UC1,2023-05-01T12:00:00Z,0,v,"{""text"":""@jo""},{""text"":"" love""}"\n'
        "c4,UC1,2023-05-01T12:00:00Z,0,v,{not json\n",
    )
    assert desk.texts(export) == ["plain words", "so sorry", "@jo love", "{not json"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_what_a_writer_writes_is_read_back_and_written_again(desk, cells):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("text", "who"), *cells])
    export = desk.open("h.csv", out.getvalue())
    assert desk.texts(export) == [text for text, _ in cells]
    assert desk.whole(export) == out.getvalue().encode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_crash_it_and_none_are_lost(desk, data):
    export = desk.open("h.csv", b"text,who\n" + data)
    entries = desk.entries(export)
    assert len(desk.entries(export)) == len(entries)
    assert b"text,who\n" in desk.whole(export)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"])
def test_line_ends_and_encodings_come_back_as_they_were(desk, ending, encoding):
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    head, kind, bad = "id,text", '1,"café, “so”' + ending + 'sorry"', "2,bad"
    data = (mark + ending.join([head, kind, bad, "3,last"])).encode(encoding)
    export = desk.open("a.csv", data)
    assert desk.texts(export) == [f"café, “so”{ending}sorry", "bad", "last"]
    assert [entry.line for entry in desk.entries(export)] == [2, 4, 5]
    assert desk.whole(export) == data
    assert desk.rewritten(export) == (mark + ending.join([head, kind, "3,last"])).encode(encoding)


@pytest.mark.parametrize("data", ["id,text", "id,text\n", "\ufeffid,text\r\n", "id,text\n\n\n"])
def test_only_a_header_is_no_message_and_comes_back(desk, data):
    export = desk.open("a.csv", data)
    assert desk.entries(export) == []
    assert desk.whole(export) == data.encode()


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("text,a,a,a", ["text", "a", "a (2)", "a (3)"]),
        ("text,a (2),a,a", ["text", "a (2)", "a", "a (3)"]),
        ("text,a,a,a (2)", ["text", "a", "a (3)", "a (2)"]),
        ("text,,", ["text", "", " (2)"]),
    ],
)
def test_columns_of_one_name_are_told_apart_and_none_is_lost(desk, header, names):
    export = desk.open("a.csv", header + "\n" + ",".join(map(str, range(len(names)))) + "\n")
    assert desk.entries(export)[0].row == {name: str(number) for number, name in enumerate(names)}


def test_the_first_of_two_columns_of_words_is_read_and_the_other_can_be_named(desk):
    data = "text,text\nfirst,second\n"
    assert desk.texts(desk.open("a.csv", data)) == ["first"]
    assert desk.texts(desk.open("a.csv", data, "text (2)")) == ["second"]


def test_a_first_row_that_names_nothing_word_for_word(desk):
    with pytest.raises(ExportError) as error:
        desk.open("a.csv", '"id,text\n1,2\n3,4\n')
    assert str(error.value) == "The first row of a.csv must name its columns."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1", "the row has 1 cells, the first row of the file has 3"),
        ("1,2", "the row has 2 cells, the first row of the file has 3"),
        ("1,2,3,4", "the row has 4 cells, the first row of the file has 3"),
        ('1,"2,3', "a quotation mark is opened and never closed"),
        ("1,2\0,3", "there is a NUL byte in it"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_reason_and_costs_no_other(desk, row, reason):
    export = desk.open("a.csv", f"id,text,who\n1,love,A\n{row}\n2,more love,B\n")
    assert desk.texts(export) == ["love", "more love"]
    assert desk.unreadable(export) == [(3, reason)]
    assert desk.whole(export) == b"id,text,who\n1,love,A\n2,more love,B\n"


def test_the_position_ends_with_the_file(desk):
    data = "id,text\n1,love\n2,bad\n"
    export = desk.open("a.csv", data)
    desk.entries(export)
    assert export.position() == len(data) - len("id,text\n")
