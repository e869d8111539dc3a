"""JSON records of any make."""

from __future__ import annotations

import json

import pytest

from beside.exports import ExportError, Message, Unreadable
from beside.exports.records import Strings, records, scalar, within


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Jo", "Jo"),
        (7, "7"),
        (1.5, "1.5"),
        (0, "0"),
        (True, ""),
        (None, ""),
        ([], ""),
        ({"name": "Jo"}, ""),
        ("a\ud83d", "a\ufffd"),
    ],
)
def test_a_member_as_text(value, text):
    assert scalar(value) == text


def test_a_value_within():
    value = {"a": {"b": [1]}}
    assert within(value, ["a", "b"]) == [1]
    assert within(value, []) == value
    assert within(value, ["a", "b", "c"]) is None
    assert within(value, ["x", "y"]) is None


def test_a_string_is_a_message_and_nothing_else_is():
    assert Strings().unit('"love"', "love", 3).entries == (Message("love", "love", 3),)
    assert Strings().unit("7", 7, 3).entries == (Unreadable(3, "there are no words in it", "7"),)


@pytest.mark.parametrize("sample", [None, 3, "love", [], {}, {"id": "7"}, {"text": 7}, {"text": None}])
def test_what_holds_no_words_is_no_record(sample):
    assert records(sample, None, "a.json") is None


def read(value, column=None, sample=None):
    raw = json.dumps(value)
    return records(sample or value, column, "a.json").unit(raw, value, 1)


@pytest.mark.parametrize(
    ("author", "shown"),
    [
        ("Jo", "Jo"),
        ({"name": "Jo", "id": 7}, "Jo"),
        ({"username": "jo"}, "jo"),
        ({"displayName": "J"}, "J"),
        ({"id": 7}, ""),
        (["Jo"], ""),
        (None, ""),
    ],
)
def test_who_wrote_it_however_it_is_kept(author, shown):
    assert read({"text": "love", "author": author}).entries[0].author == shown


def test_the_row_is_all_of_it():
    value = {"text": "love", "date": "2026-01-02", "n": 1, "more": {"x": [1]}}
    assert read(value).entries == (Message("love", value, 1, "", "2026-01-02"),)


@pytest.mark.parametrize("words", [7, None, ["love"], {"a": "love"}])
def test_a_record_without_words_is_unreadable_and_never_written(words):
    unit = read({"text": words}, sample={"text": "love"})
    raw = json.dumps({"text": words})
    assert unit.entries == (Unreadable(1, "there are no words in it", raw),)
    assert unit.remains([False]) == []


@pytest.mark.parametrize("name", ["replies", "comments", "children", "responses", "answers"])
def test_replies_by_any_name_are_read(name):
    unit = read({"text": "lol", name: [{"text": "love"}, {"text": "scum", name: [{"text": "kind"}]}]})
    assert [entry.text for entry in unit.entries] == ["lol", "love", "scum", "kind"]
    left = unit.remains([False, True, False, True])
    assert [json.loads(raw) for raw in left] == [{"text": "love"}, {"text": "kind"}]


def test_replies_know_their_lines():
    raw = '{"text":"a",\n"replies":[\n{"text":"b"},\n{"text":"c"}]}'
    unit = records(json.loads(raw), None, "a.json").unit(raw, json.loads(raw), 5)
    assert [entry.line for entry in unit.entries] == [5, 7, 8]


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "So sorry", "text": "Good riddance", "id": 1}',
        '{"text": "So sorry", "id": 1, "id": 2}',
        '{"id": 1, "text": "Good riddance", "text": "So sorry"}',
    ],
)
def test_an_object_in_which_a_name_stands_twice_is_never_delivered(desk, line):
    kept = '{"text": "With you", "id": 2}'
    export = desk.open("a.jsonl", f"{kept}\n{line}\n")
    assert desk.texts(export) == ["With you"]
    assert desk.unreadable(export) == [(2, "a name stands twice in it, so what it says is not certain")]
    assert desk.whole(export).decode().strip() == kept


def test_a_reply_with_a_name_twice_goes_and_what_it_answers_stays(desk):
    line = '{"text": "With you", "replies": [{"text": "a", "text": "b"}, {"text": "Me too"}]}'
    export = desk.open("a.jsonl", line + "\n")
    assert desk.texts(export) == ["With you", "Me too"]
    assert desk.unreadable(export) == [(1, "a name stands twice in it, so what it says is not certain")]


def test_a_named_member_may_lie_deeper():
    assert read({"data": {"said": "love"}}, "data.said").entries[0].text == "love"
    assert read({"data.said": "love"}, "data.said").entries[0].text == "love"
    assert records({"data": {"said": "love"}}, "data.other", "a.json") is None


def test_two_members_that_may_hold_the_words_must_be_told_apart():
    with pytest.raises(ExportError) as error:
        records({"body": "a", "text": "b"}, None, "a.json")
    assert str(error.value) == (
        "a.json has more than one member that may hold the messages: body, text. "
        'Say which: --text-column "body"'
    )
