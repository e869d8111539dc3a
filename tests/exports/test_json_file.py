"""JSON of any make: arrays of records, and what is broken in them."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beside.exports import ExportError, Message, json_window
from beside.exports.json_file import choose, shape_of
from beside.exports.json_walk import Frame, Walk


def test_records_keep_every_character(desk):
    data = '{"made": 1.50,\n "comments" : [ {"text": "so\\u00e9", "n": 1.0} ,\n '
    data += '{"text":"bad"},{"text":"c","e":1E5}\n ] }\n'
    export = desk.open("a.json", data)
    assert [(e.text, e.line) for e in desk.entries(export)] == [("soé", 2), ("bad", 3), ("c", 3)]
    assert desk.whole(export) == data.encode()
    assert json.loads(desk.rewritten(export)) == {
        "made": 1.5,
        "comments": [{"text": "soé", "n": 1.0}, {"text": "c", "e": 1e5}],
    }
    assert b'"n": 1.0' in desk.rewritten(export)


@pytest.mark.parametrize("stays", ["", "a", "b", "c", "ab", "bc", "ac", "abc"])
def test_commas_are_right_whatever_stays(desk, stays):
    export = desk.open("a.json", '[{"text":"a"}, {"text":"b"}, {"text":"c"}]')
    left = json.loads(desk.rewritten(export, lambda m: m.text in stays))
    assert [record["text"] for record in left] == list(stays)


def test_authors_and_dates_are_found(desk):
    export = desk.open("a.json", '[{"body":"love","user":{"name":"Jo"},"created_at":"2026-01-02"}]')
    assert [(e.author, e.date) for e in desk.entries(export)] == [("Jo", "2026-01-02")]


def test_replies_inside_records_are_read_and_lifted(desk):
    data = [
        {"text": "bad", "replies": [{"text": "kind"}, {"text": "bad too"}]},
        {"text": "end", "replies": []},
    ]
    export = desk.open("a.json", json.dumps(data))
    assert desk.texts(export) == ["bad", "kind", "bad too", "end"]
    assert json.loads(desk.rewritten(export)) == [{"text": "kind"}, {"text": "end", "replies": []}]


def test_an_array_of_strings(desk):
    export = desk.open("a.json", '["love", "bad", 3]')
    assert desk.texts(export) == ["love", "bad"]
    assert desk.unreadable(export) == [(1, "there are no words in it")]
    assert desk.rewritten(export) == b'["love"]'


def test_a_broken_element_costs_only_itself(desk):
    export = desk.open("a.json", '[{"text":"a"},\n{"text": "b" "c"},\n{"text":"d"}]')
    assert desk.texts(export) == ["a", "d"]
    assert desk.unreadable(export) == [(2, "it is not valid JSON")]
    assert json.loads(desk.rewritten(export)) == [{"text": "a"}, {"text": "d"}]


WHOLE = '{"post": {"id": [1, 2]}, "comments": [{"text": "a"}, {"text": "bcd"}], "end": null}'


@pytest.mark.parametrize("length", range(WHOLE.index("[{") + 16, len(WHOLE)))
def test_a_truncated_file_is_closed_and_nothing_of_it_is_lost(desk, length):
    export = desk.open("a.json", WHOLE[:length])
    left = json.loads(desk.whole(export))
    assert left["comments"][0] == {"text": "a"}
    lost = "".join(e.row for e in desk.entries(export) if not isinstance(e, Message))
    texts = desk.texts(export)
    assert "bcd" in texts or lost.strip(" ,") == WHOLE[WHOLE.index('{"text": "bcd') : length].strip()


def test_words_where_no_message_was_expected_are_taken_out(desk):
    data = '{"a":[{"text":"kind"}],"b":[' + "{}," * 30 + '{"text":"hidden hate"}]}'
    export = desk.open("a.json", data)
    assert desk.texts(export) == ["kind"]
    assert desk.unreadable(export) == [(1, "it stands where no message was expected")]
    assert b"hidden hate" not in desk.whole(export)


def test_a_tree_too_deep_is_unreadable_not_a_crash(desk):
    deep = '{"text":"x","more":' + "[" * 5000 + "]" * 5000 + "}"
    export = desk.open("a.json", f'[{{"text":"a"}},{deep},{{"text":"b"}}]')
    assert desk.texts(export) == ["a", "b"]
    assert desk.unreadable(export) == [(1, "it is nested too deeply to be a message")]


def test_a_lone_surrogate_reaches_nobody(desk):
    export = desk.open("a.json", r'[{"text":"so \ud83d sorry"}]')
    assert desk.texts(export) == ["so \ufffd sorry"]
    assert desk.whole(export) == rb'[{"text":"so \ud83d sorry"}]'


def test_it_says_what_to_do_where_there_are_no_messages(desk):
    with pytest.raises(ExportError, match=r"No messages found in a.json.*--text-column NAME"):
        desk.open("a.json", '{"people":[{"id":1}]}')
    with pytest.raises(ExportError, match="more than one member"):
        desk.open("b.json", '[{"text":"a","body":"b"}]')


def test_a_path_with_dots_names_a_member(desk):
    assert desk.texts(desk.open("a.json", '[{"data":{"said":"love"}}]', "data.said")) == ["love"]


def test_small_windows_see_the_same(monkeypatch):
    monkeypatch.setattr(json_window, "_CHUNK", 3)
    text = '{"n": [1234567, 89], "s": "a\\"b", "t": [true, {"k": "vvvvvvvvvv"}]}'
    events = list(Walk(io.StringIO(text), lambda path, sample: None).events())
    assert "".join(event.text for event in events if isinstance(event, Frame)) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(JSON)
def test_any_json_is_passed_on_unchanged(value):
    text = json.dumps(value)
    events = list(Walk(io.StringIO(text), lambda path, sample: None).events())
    kept = "".join(event.text for event in events if isinstance(event, Frame))
    assert kept == text or any(not isinstance(event, Frame) for event in events)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(blacklist_categories=("Cs",)), max_size=30), min_size=1), st.booleans())
def test_texts_survive(desk, texts, plain):
    data = json.dumps([{"text": text} for text in texts], ensure_ascii=plain, indent=1)
    export = desk.open("h.json", data)
    assert desk.texts(export) == texts
    assert desk.whole(export) == data.encode()


@pytest.mark.parametrize(
    ("data", "column", "under"),
    [
        ("[]", None, ""),
        ('{"comments":[]}', None, ""),
        ('[{"text":"a"}]', "said", ' under "said"'),
        ("oops", None, ""),
    ],
)
def test_no_messages_word_for_word(desk, data, column, under):
    with pytest.raises(ExportError) as error:
        desk.open("a.json", data, column)
    assert str(error.value) == (
        f"No messages found in a.json{under}. Beside knows the exports of Instagram, Facebook, YouTube and "
        "Reddit, and arrays of records. For other records say which member holds the messages: "
        "--text-column NAME"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_come_back(desk, encoding):
    data = '[{"text":"café ❤"},\r\n{"text":"bad"}]'.encode(encoding)
    export = desk.open("a.json", data)
    assert desk.texts(export) == ["café ❤", "bad"]
    assert desk.whole(export) == data
    assert desk.rewritten(export) == '[{"text":"café ❤"}]'.encode(encoding)


def test_several_arrays_of_messages_are_each_read(desk):
    data = '{"a":[{"text":"love"}],"b":{"c":[{"body":"bad"},{"body":"kind"}]},"d":[1,2]}'
    export = desk.open("a.json", data)
    assert desk.texts(export) == ["love", "bad", "kind"]
    left = {"a": [{"text": "love"}], "b": {"c": [{"body": "kind"}]}, "d": [1, 2]}
    assert json.loads(desk.rewritten(export)) == left


def test_how_an_array_holds_messages():
    assert choose(("data", "children"), [], None, "a").kind == "reddit"
    assert choose((), ["love"], None, "a").kind == "json"
    assert choose(("x",), ["love"], None, "a") is None
    assert choose((), [], None, "a") is None
    assert choose((), [{"id": 1}, {"text": "x"}], None, "a").kind == "json"


def test_a_named_member_comes_before_what_is_known_of_platforms():
    thing = {"kind": "t1", "data": {"body": "x"}, "note": "y"}
    assert shape_of((), thing, None, "a").kind == "reddit"
    assert shape_of((), thing, "note", "a").kind == "json"
    assert shape_of((), 3, None, "a") is None


def test_the_position_ends_with_the_file(desk):
    data = '{"m":[{"text":"a"},{"text":"b"}]}\n'
    export = desk.open("a.json", data)
    assert export.position() == 0
    desk.entries(export)
    assert export.position() == len(data)
