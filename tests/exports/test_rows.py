"""What every export is made of."""

from __future__ import annotations

import pytest

from beside.exports import Message, Unreadable
from beside.exports.rows import damage, lost, one, passed_on, pieces, readable, take, visible

WORDS = Message("love", "love", 1)


def test_one_entry_stands_or_falls_with_its_text():
    unit = one(WORDS, "love\n")
    assert unit.entries == (WORDS,)
    assert unit.remains([True]) == ["love\n"]
    assert unit.remains([False]) == []


def test_what_is_passed_on_has_no_entries_and_stays():
    unit = passed_on("id,text\n")
    assert unit.entries == ()
    assert unit.remains([]) == ["id,text\n"]


@pytest.mark.parametrize("answer", [True, False])
def test_what_is_lost_is_never_written_whatever_is_said(answer):
    unit = lost(7, "why", "a\0b")
    assert unit.entries == (Unreadable(7, "why", "a\\x00b"),)
    assert unit.remains([answer]) == []


def test_answers_are_taken_off_the_front_one_for_each_entry():
    keep = iter([True, False, True])
    assert take(keep, passed_on("x")) == []
    assert take(keep, one(WORDS, "x")) == [True]
    assert take(keep, lost(1, "why", "x")) == [False]
    assert list(keep) == [True]


def test_too_few_answers_are_an_error_and_not_a_yes():
    with pytest.raises(StopIteration):
        take(iter([]), one(WORDS, "x"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("so sorry", "so sorry"),
        ("a\ud83db", "a\ufffdb"),
        ("\udce9\udfff", "\ufffd\ufffd"),
        ("❤😢", "❤😢"),
    ],
)
def test_lone_surrogates_are_replaced_one_for_one(text, shown):
    assert readable(text) == shown
    assert len(readable(text)) == len(text)
    assert readable(text).encode()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain\n", "plain\n"),
        ("a\0b", "a\\x00b"),
        ("caf\udce9", "caf\\xe9"),
        ("\udc00", "\\x00"),
        ("\udd00\ud83d", "\ufffd\ufffd"),
    ],
)
def test_damage_is_shown_as_its_bytes(raw, shown):
    assert visible(raw) == shown


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("so sorry ❤", ""),
        ("", ""),
        ("a\0", "there is a NUL byte in it"),
        ("\udce9", "there are bytes in it that are no letters in this file's encoding"),
        ("\0\udce9", "there is a NUL byte in it"),
    ],
)
def test_why_a_stretch_cannot_be_trusted(raw, reason):
    assert damage(raw) == reason


def test_pieces_count_their_lines():
    units = list(pieces(4, "why", ["a\nb\n", "c", "d\n", "e"]))
    assert [unit.entries[0].line for unit in units] == [4, 6, 6, 7]
    assert "".join(unit.entries[0].row for unit in units) == "a\nb\ncd\ne"
    assert [unit.remains([True]) for unit in units] == [[], [], [], []]
