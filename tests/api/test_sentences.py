"""Places in a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.api.sentences import MOST, Utf16, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   \n ", []),
        ("So sorry", ["So sorry"]),
        ("So sorry. Thinking of you!", ["So sorry.", "Thinking of you!"]),
        ("Why?! I don't know... Come.", ["Why?!", "I don't know...", "Come."]),
        ('She said "no." Then left.', ['She said "no."', "Then left."]),
        ("It was 9.5 weeks. See beside.example now", ["It was 9.5 weeks.", "See beside.example now"]),
        ("  one\n\ntwo  \n", ["one", "two"]),
        ("🕊️. Love…", ["🕊️.", "Love…"]),
    ],
)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_many_sentences_come_in_pieces_of_several():
    text = "a. " * (MOST * 2 + 1)
    found = sentences(text)
    assert len(found) <= MOST
    assert text[slice(*found[0])] == "a. a. a."
    assert found[-1][1] == len(text.rstrip())
    assert len(sentences("a. " * MOST)) == MOST


@given(st.text(alphabet="ab .!?\n\"'🕊", max_size=200))
def test_sentences_hold_every_word_in_order(text):
    found = sentences(text)
    kept = "".join("".join(text[start:end].split()) for start, end in found)
    assert kept == "".join(text.split())
    assert all(first[1] <= second[0] for first, second in pairwise(found))


@given(st.text(max_size=50))
def test_utf16_counts_as_javascript_does(text):
    place = Utf16(text)
    for i in range(len(text) + 1):
        assert place[i] == len(text[:i].encode("utf-16-le", "surrogatepass")) // 2


def test_plain_text_counts_alike():
    assert Utf16("plain")[5] == 5
    assert Utf16("")[7] == 7
