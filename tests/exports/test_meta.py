"""Instagram and Facebook, as Meta breaks them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.exports import Unreadable
from beside.exports.meta import Entries, is_entry, repaired, repaired_row


def broken(text: str) -> str:
    """Text as Meta breaks it."""
    return text.encode().decode("latin-1")


@pytest.mark.parametrize("text", ["é", "❤", "😢", "👼🏽", "👨\u200d👩\u200d👧", "naïve café", "שלום", "“so”"])
def test_what_meta_broke_is_whole_again(text):
    assert repaired(broken(text)) == text


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_any_text_comes_through_the_breakage(text):
    assert repaired(broken(text)) == text


@pytest.mark.parametrize("text", ["", "plain", "café", "é😢", "\u00e2 lone", "a\ud83d"])
def test_what_is_not_broken_is_left_alone(text):
    assert repaired(text) == text


def test_rows_are_repaired_to_their_leaves_and_their_names():
    row = {broken("prénom"): broken("Zoë"), "n": [1, None, True, {"a": broken("❤")}], "lone": "\ud83d"}
    assert repaired_row(row) == {"prénom": "Zoë", "n": [1, None, True, {"a": "❤"}], "lone": "\ufffd"}


@pytest.mark.parametrize(
    ("path", "value", "answer"),
    [
        (("messages",), {"sender_name": "A"}, True),
        (("messages",), {"senderName": "A", "text": "x"}, True),
        (("messages",), {"id": 1}, False),
        (("x",), {"sender_name": "A"}, False),
        ((), {"string_map_data": {"Comment": {"value": "x"}}}, True),
        ((), {"string_map_data": {"Time": {"timestamp": 1}}}, False),
        (("comments_media_comments",), {"string_list_data": []}, True),
        (("likes",), {"string_list_data": []}, False),
        ((), {"data": [{"comment": {"comment": "x"}}]}, True),
        ((), {"data": [{"reaction": {"reaction": "LIKE"}}]}, False),
        ((), {"data": "x"}, False),
        ((), "x", False),
    ],
)
def test_what_is_an_entry(path, value, answer):
    assert is_entry(path, value) is answer


def read(row):
    return Entries().unit(json.dumps(row), row, 1).entries[0]


def test_everything_that_a_message_says_is_read():
    row = {
        "sender_name": "A",
        "content": "look",
        "share": {"link": "http://shop.example", "share_text": broken("buy now ❤")},
    }
    assert read(row).text == "look\nbuy now ❤\nhttp://shop.example"


def test_no_comment_of_several_in_one_entry_is_missed():
    row = {"data": [{"comment": {"comment": "kind"}}, {"comment": {"comment": "scum", "author": "B"}}]}
    assert (read(row).text, read(row).author) == ("kind\nscum", "")
    listed = {"string_list_data": [{"value": "kind"}, {"value": "scum", "timestamp": 9}]}
    assert (read(listed).text, read(listed).date) == ("kind\nscum", "9")


def test_an_emoji_in_a_sender_is_whole_again():
    row = {"sender_name": broken("Zoë 👼"), "content": broken("😢❤"), "timestamp_ms": 0, "timestamp": 5}
    assert (read(row).text, read(row).author, read(row).date) == ("😢❤", "Zoë 👼", "5")


def test_what_is_no_object_is_unreadable():
    assert read(7) == Unreadable(1, "there are no words in it", "7")


def test_what_is_written_again_is_as_meta_wrote_it(desk):
    raw = json.dumps({"messages": [{"sender_name": "A", "content": broken("😢 love")}, {"senderName": "B"}]})
    export = desk.open("message_1.json", raw)
    assert export.kind == "meta"
    assert desk.texts(export) == ["😢 love", ""]
    assert desk.whole(export) == raw.encode()
    assert b"\\u00f0\\u009f\\u0098\\u00a2" in desk.whole(export)
