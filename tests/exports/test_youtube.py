"""YouTube."""

from __future__ import annotations

import itertools
import json

import pytest

from beside.exports import Unreadable
from beside.exports.youtube import Threads, is_takeout, is_thread, takeout_text


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        (["channel id", "comment text"], True),
        (["channel id", "live chat text"], True),
        (["channel id", "text"], False),
        (["comment text"], False),
        ([], False),
    ],
)
def test_what_is_takeout(header, answer):
    assert is_takeout(header) is answer


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ('{"text":"so "},{"text":"sorry"}', "so sorry"),
        ('{"takeoutSegments":[{"text":"a"},{"text":"❤"}]}', "a❤"),
        ('{"text":"line\nbreak"}', "line\nbreak"),
        ('{"text":"lone \\ud83d"}', "lone \ufffd"),
        ('{"text":7}', '{"text":7}'),
        ('{"text":"cut', '{"text":"cut'),
        ("{smiles}", "{smiles}"),
        ("{}", "{}"),
        ('{"a":' * 5000, '{"a":' * 5000),
    ],
)
def test_the_words_of_a_cell(cell, text):
    assert takeout_text(cell) == text


def comment(text, **more):
    return {"snippet": {"textDisplay": text, **more}}


def thread(top, *replies):
    return {"snippet": {"topLevelComment": comment(top)}, "replies": {"comments": [*map(comment, replies)]}}


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (thread("a"), True),
        (comment("a"), True),
        ({"snippet": {"textOriginal": "a"}}, True),
        ({"snippet": {"title": "a"}}, False),
        ({"snippet": "a"}, False),
        ([], False),
    ],
)
def test_what_is_a_thread(value, answer):
    assert is_thread(value) is answer


def unit(value):
    return Threads().unit(json.dumps(value), value, 1)


def said(value):
    top = value["snippet"]["topLevelComment"]
    return [c["snippet"]["textDisplay"] for c in (top, *value["replies"]["comments"])]


@pytest.mark.parametrize("keep", list(itertools.product([True, False], repeat=4)))
@pytest.mark.parametrize("backwards", [False, True])
def test_whatever_goes_the_rest_stays_in_order(keep, backwards):
    value = thread("a", "b", "c", "d")
    value = dict(reversed(value.items())) if backwards else value
    left = unit(value).remains(keep)
    expected = [text for text, stays in zip("abcd", keep, strict=True) if stays]
    assert [text for raw in left for text in said(json.loads(raw))] == expected
    assert len(left) == bool(expected)


def test_what_its_author_wrote_comes_before_what_is_displayed():
    value = comment("so <b>sorry</b>", textOriginal="so *sorry*", authorDisplayName="A", publishedAt="2024")
    entry = unit(value).entries[0]
    assert (entry.text, entry.author, entry.date) == ("so *sorry*", "A", "2024")


def test_displayed_words_are_html():
    shown = 'love<br>&lt;3 <a href="http://shop.example">x</a>'
    assert unit(comment(shown)).entries[0].text == "love\n<3 x (http://shop.example)"


def test_a_reply_without_words_is_unreadable_and_goes():
    value = thread("a", "b")
    value["replies"]["comments"][0] = {"snippet": {"id": 1}}
    made = unit(value)
    raw = json.dumps({"snippet": {"id": 1}})
    assert made.entries[1] == Unreadable(1, "there are no words in it", raw)
    assert said(json.loads(made.remains([True, False])[0])) == ["a"]


def test_a_comment_that_the_html_parser_gives_up_on_is_still_read(desk):
    data = json.dumps({"items": [thread("<![x[ lol", "love")]})
    export = desk.open("a.json", data)
    assert export.kind == "youtube"
    assert desk.texts(export) == ["<![x[ lol", "love"]
