"""JSON lines."""

from __future__ import annotations

import pytest

from beside.exports import ExportError
from beside.exports.lines import Lines


def test_lines_that_stay_are_the_same(desk):
    data = '{"text": "a", "n": 1.50}\r\n{"text":"bad"}\n\n{"text":"c"}'
    export = desk.open("a.jsonl", data)
    assert export.kind == "jsonl"
    assert desk.whole(export) == data.encode()
    assert desk.rewritten(export) == b'{"text": "a", "n": 1.50}\r\n\n{"text":"c"}'


def test_broken_lines_are_unreadable(desk):
    export = desk.open("a.jsonl", '{"text":"a"}\n{oops\n{"text":"b"} 3\n{"id":1}\n{"text":"c"}\n')
    assert desk.texts(export) == ["a", "c"]
    assert desk.unreadable(export) == [
        (2, "the line is not valid JSON"),
        (3, "there is more than one value on the line"),
        (4, "there are no words in it"),
    ]


def test_lines_are_known_by_content_whatever_the_name(desk):
    assert desk.open("dump.json", '{"body":"a"}\n{"body":"b"}\n').kind == "jsonl"
    assert desk.open("dump", '{"body":"a"}\n{"body":"b"}\n').kind == "jsonl"


def test_a_reply_that_is_lifted_gets_its_own_line(desk):
    export = desk.open("a.jsonl", '{"text":"bad","replies":[{"text":"x"},{"text":"y"}]}\n{"text":"z"}\n')
    assert desk.rewritten(export) == b'{"text":"x"}\n{"text":"y"}\n{"text":"z"}\n'


def test_it_says_what_to_do(desk):
    with pytest.raises(ExportError, match="--text-column NAME"):
        desk.open("a.jsonl", '{"id":1}\n')


def test_space_around_a_value_comes_back(desk):
    data = '  {"text":"a"}  \n\t{"text":"bad"} \n \n{"text":"b"}\t\r\n'
    export = desk.open("a.jsonl", data)
    assert desk.whole(export) == data.encode()
    assert desk.rewritten(export) == b'  {"text":"a"}  \n \n{"text":"b"}\t\r\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{oops", "the line is not valid JSON"),
        ('{"text":"cut', "the line is not valid JSON"),
        ('{"text":"a"}{"text":"b"}', "there is more than one value on the line"),
        ('{"text":7}', "there are no words in it"),
        ('"only a string"', "there are no words in it"),
        ('{"text":"a\0b"}', "there is a NUL byte in it"),
        ("[" * 300 + "]" * 300, "it is nested too deeply to be a message"),
        ("[" * 5000 + "]" * 5000, "it is nested too deeply to be a message"),
    ],
)
def test_a_line_that_cannot_be_read_names_its_reason_and_costs_no_other(desk, line, reason):
    export = desk.open("a.jsonl", f'{{"text":"love"}}\n{line}\n{{"text":"more"}}\n')
    assert desk.texts(export) == ["love", "more"]
    assert desk.unreadable(export) == [(2, reason)]
    assert desk.whole(export) == b'{"text":"love"}\n{"text":"more"}\n'


def test_a_line_too_long_is_taken_in_pieces(desk, monkeypatch):
    monkeypatch.setattr(Lines.__init__, "__defaults__", (40,))
    export = desk.open("a.jsonl", '{"text":"a"}\n{"text":"' + "x" * 80 + '"}\n{"text":"b"}\n')
    assert desk.texts(export) == ["a", "b"]
    assert set(desk.unreadable(export)) == {(2, "the line is too long to be a message")}
    assert desk.whole(export) == b'{"text":"a"}\n{"text":"b"}\n'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_come_back(desk, encoding):
    data = '{"text":"café ❤"}\r\n{"text":"bad"}\r\n'.encode(encoding)
    export = desk.open("a.jsonl", data)
    assert desk.texts(export) == ["café ❤", "bad"]
    assert desk.whole(export) == data
    assert desk.rewritten(export) == '{"text":"café ❤"}\r\n'.encode(encoding)


def test_lines_of_strings(desk):
    export = desk.open("a.jsonl", '"love"\n"bad"\n3\n')
    assert desk.texts(export) == ["love", "bad"]
    assert desk.rewritten(export) == b'"love"\n'


def test_the_error_word_for_word(desk):
    with pytest.raises(ExportError) as error:
        desk.open("a.jsonl", '{"id":1}\n')
    assert str(error.value) == (
        "No messages found in the first lines of a.jsonl. Say which member of each line holds the message: "
        "--text-column NAME"
    )


def test_the_position_ends_with_the_file(desk):
    export = desk.open("a.jsonl", '{"text":"a"}\n{"text":"b"}')
    desk.entries(export)
    assert export.position() == 25
