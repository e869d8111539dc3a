"""Reddit."""

from __future__ import annotations

import itertools
import json

import pytest

from beside.exports import Message, Unreadable
from beside.exports.reddit import Things, holds_post, is_flat, is_thing


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"kind": "t1", "data": {}}, True),
        ({"kind": "t3", "data": {}}, True),
        ({"kind": "more", "data": {}}, True),
        ({"kind": "t5", "data": {}}, False),
        ({"kind": "t1"}, False),
        ({"kind": "t1", "data": []}, False),
        ([], False),
    ],
)
def test_what_is_a_thing(value, answer):
    assert is_thing(value) is answer


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"body": "x", "subreddit": "s"}, True),
        ({"body": "x"}, False),
        ({"subreddit": "s"}, False),
        ("x", False),
    ],
)
def test_what_is_flat(value, answer):
    assert is_flat(value) is answer


def test_where_the_post_stands():
    assert holds_post(("0", "data", "children"))
    assert not holds_post(("1", "data", "children"))
    assert not holds_post(("data", "children"))


def t1(body, *replies):
    inside = {"kind": "Listing", "data": {"children": list(replies)}} if replies else ""
    return {"kind": "t1", "data": {"author": "u", "created_utc": 17.0, "replies": inside, "body": body}}


def unit(value, **named):
    return Things(**named).unit(json.dumps(value), value, 1)


def bodies(things):
    found = []
    for thing in things:
        found.append(thing["data"]["body"])
        inside = thing["data"]["replies"]
        found += bodies(inside["data"]["children"]) if inside else []
    return found


@pytest.mark.parametrize("keep", list(itertools.product([True, False], repeat=4)))
def test_whatever_goes_the_rest_stays(keep):
    made = unit(t1("a", t1("b", t1("c")), t1("d")))
    assert [entry.text for entry in made.entries] == ["a", "b", "c", "d"]
    left = bodies([json.loads(raw) for raw in made.remains(keep)])
    assert sorted(left) == [text for text, stays in zip("abcd", keep, strict=True) if stays]


def test_the_row_holds_no_other_message():
    entry = unit(t1("love &gt; all &amp; &#39;x&#39;", t1("lol"))).entries[0]
    row = {"author": "u", "created_utc": 17.0, "body": "love &gt; all &amp; &#39;x&#39;"}
    assert entry == Message("love > all & 'x'", row, 1, "u", "17.0")


def test_a_post_is_hers_only_where_it_opens_the_page():
    post = {"kind": "t3", "data": {"title": "Arlo", "selftext": "lol"}}
    assert unit(post, posts_are_hers=True).entries == ()
    assert unit(post).entries[0].text == "Arlo\nlol"


def test_a_stub_is_no_message_and_stays():
    stub = {"kind": "more", "data": {"children": ["x"]}}
    assert unit(stub).entries == ()
    assert unit(stub).remains([]) == [json.dumps(stub)]


@pytest.mark.parametrize("value", [{"kind": "t1", "data": {"id": 1}}, {"kind": "t1", "data": {"body": 7}}, 3])
def test_no_words(value):
    assert unit(value).entries == (Unreadable(1, "there are no words in it", json.dumps(value)),)


def test_replies_of_what_cannot_be_read_are_still_read():
    value = t1("", t1("lol"))
    assert [getattr(e, "text", None) for e in unit(value).entries] == [None, "lol"]
    assert unit(value).remains([False, False]) == []
