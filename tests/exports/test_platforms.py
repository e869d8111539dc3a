"""What Instagram, Facebook, YouTube and Reddit give people."""

from __future__ import annotations

import json

from beside.exports import Message
from beside.exports.meta import repaired


def broken(text: str) -> str:
    """Text as Meta breaks it."""
    return text.encode().decode("latin-1")


def test_meta_messages_are_repaired_for_reading_and_left_for_writing(desk):
    data = {
        "participants": [{"name": broken("Renée")}],
        "messages": [
            {"sender_name": broken("Renée"), "timestamp_ms": 1700000000000, "content": broken("❤ café")},
            {"sender_name": "B", "timestamp_ms": 2, "content": "bad"},
            {"sender_name": "C", "timestamp_ms": 3, "photos": [{"uri": "p.jpg"}]},
            {
                "sender_name": "D",
                "timestamp_ms": 4,
                "content": "look",
                "share": {"link": "http://bad.example"},
            },
        ],
        "title": "us",
    }
    raw = json.dumps(data)
    export = desk.open("message_1.json", raw)
    first = desk.entries(export)[0]
    row = {"sender_name": "Renée", "timestamp_ms": 1700000000000, "content": "❤ café"}
    assert "\\u00e2\\u009d\\u00a4" in raw
    assert first == Message("❤ café", row, 1, "Renée", "1700000000000")
    assert desk.texts(export)[1:] == ["bad", "", "look\nhttp://bad.example"]
    assert desk.whole(export) == raw.encode()
    left = json.loads(desk.rewritten(export))
    assert left == {**data, "messages": [data["messages"][0], data["messages"][2]]}


def test_repair_leaves_alone_what_is_not_broken():
    assert [repaired(text) for text in ("café", "❤", "plain", broken("é"))] == ["café", "❤", "plain", "é"]


def test_encrypted_messenger_chats(desk):
    data = {
        "participants": ["A"],
        "messages": [{"senderName": "A", "text": "so sorry ❤", "timestamp": 1700000000000}],
    }
    export = desk.open("chat.json", json.dumps(data))
    assert [(e.text, e.author, e.date) for e in desk.entries(export)] == [
        ("so sorry ❤", "A", "1700000000000")
    ]


def test_instagram_comments_old_new_and_in_another_language(desk):
    new = {
        "string_map_data": {
            "Comment": {"value": "new"},
            "Media Owner": {"value": "o"},
            "Time": {"timestamp": 9},
        }
    }
    dutch = {
        "string_map_data": {
            "Opmerking": {"value": "lief"},
            "Media-eigenaar": {"value": "o"},
            "Tijd": {"timestamp": 8},
        }
    }
    old = {"title": "o", "string_list_data": [{"value": "old", "timestamp": 7}]}
    export = desk.open("a.json", json.dumps({"comments_media_comments": [new, dutch, old]}))
    assert [(e.text, e.date) for e in desk.entries(export)] == [("new", "9"), ("lief", "8"), ("old", "7")]
    assert desk.texts(desk.open("b.json", json.dumps([new]))) == ["new"]


def test_facebook_comments(desk):
    one = {
        "timestamp": 5,
        "data": [{"comment": {"timestamp": 5, "comment": broken("já"), "author": "A"}}],
        "title": "t",
    }
    two = {
        "timestamp": 6,
        "data": [{"comment": {"timestamp": 6, "comment": "bad", "author": "B"}}],
        "title": "t",
    }
    export = desk.open("comments.json", json.dumps({"comments_v2": [one, two]}))
    assert [(e.text, e.author, e.date) for e in desk.entries(export)] == [("já", "A", "5"), ("bad", "B", "6")]
    assert json.loads(desk.rewritten(export)) == {"comments_v2": [one]}


def comment(text: str, **more: str) -> dict[str, object]:
    return {"kind": "youtube#comment", "snippet": {"textDisplay": text, **more}}


def test_youtube_threads_and_their_replies(desk):
    top = comment(
        'so<br>sorry &amp; <a href="http://x.example">here</a>',
        authorDisplayName="A",
        publishedAt="2024-01-01T00:00:00Z",
    )
    kept = {
        "kind": "youtube#commentThread",
        "snippet": {"topLevelComment": top},
        "replies": {"comments": [comment("bad")]},
    }
    headless = {
        "kind": "youtube#commentThread",
        "replies": {"comments": [comment("r1"), comment("bad"), comment("r2")]},
        "snippet": {"topLevelComment": comment("bad"), "totalReplyCount": 3},
    }
    gone = {"kind": "youtube#commentThread", "snippet": {"topLevelComment": comment("bad")}}
    data = {"kind": "youtube#commentThreadListResponse", "items": [kept, headless, gone]}
    export = desk.open("a.json", json.dumps(data))
    entries = desk.entries(export)
    assert (entries[0].text, entries[0].author) == ("so\nsorry & here (http://x.example)", "A")
    assert desk.texts(export)[1:] == ["bad", "bad", "r1", "bad", "r2", "bad"]
    assert json.loads(desk.rewritten(export))["items"] == [
        {**kept, "replies": {"comments": []}},
        {
            "kind": "youtube#commentThread",
            "replies": {"comments": [comment("r2")]},
            "snippet": {"topLevelComment": comment("r1"), "totalReplyCount": 3},
        },
    ]
    pages = json.dumps([data, data])
    assert len(desk.entries(desk.open("pages.json", pages))) == 2 * len(entries)
    assert desk.whole(desk.open("pages.json", pages)) == pages.encode()


def listing(*children: object) -> dict[str, object]:
    return {"kind": "Listing", "data": {"after": None, "children": list(children)}}


def t1(body: str, *replies: object) -> dict[str, object]:
    return {
        "kind": "t1",
        "data": {"author": "u", "replies": listing(*replies) if replies else "", "body": body},
    }


def test_reddit_trees_lift_replies_and_leave_the_post(desk):
    post = {"kind": "t3", "data": {"title": "Arlo", "selftext": "my own bad day"}}
    more = {"kind": "more", "data": {"children": ["x"]}}
    data = [
        listing(post),
        listing(t1("a &amp; b", t1("bad", t1("deep"), t1("bad")), more), t1("bad"), t1("z")),
    ]
    raw = json.dumps(data, indent=2)
    export = desk.open("a.json", raw)
    assert export.kind == "reddit"
    assert desk.texts(export) == ["a & b", "bad", "deep", "bad", "bad", "z"]
    assert desk.whole(export) == raw.encode()
    assert json.loads(desk.rewritten(export)) == [
        listing(post),
        listing(t1("a &amp; b", t1("deep"), more), t1("z")),
    ]


def test_reddit_lines_of_archives(desk):
    lines = '{"subreddit":"s","author":"u","body":"love","created_utc":1700000000}\n'
    lines += '{"subreddit":"s","body":"bad"}\n'
    export = desk.open("RC.jsonl", lines)
    assert [(e.text, e.author, e.date) for e in desk.entries(export)] == [
        ("love", "u", "1700000000"),
        ("bad", "", ""),
    ]
    assert desk.rewritten(export) == lines.splitlines(keepends=True)[0].encode()
