"""Reddit's JSON: listings of comments with trees of replies, as its site and API give them.

Source: Reddit's own `/comments/ID.json` (an array of two listings: the post, then its comments) and
github.com/reddit-archive/reddit/wiki/JSON: `kind` is t1 for a comment, t3 for a post, more for a stub;
`data.replies` is a listing or an empty string; text is HTML-escaped unless asked for with raw_json=1.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from beside.exports import json_cut
from beside.exports.json_cut import Node
from beside.exports.records import NO_WORDS, scalar, within
from beside.exports.rows import Entry, Json, Message, Unit, Unreadable, readable, visible

_REPLIES = ("data", "replies", "data", "children")
CHILDREN = ("data", "children")


def is_thing(value: Json) -> bool:
    """Whether a value is one of Reddit's wrapped comments, posts or stubs."""
    return (
        isinstance(value, dict)
        and value.get("kind") in ("t1", "t3", "more")
        and isinstance(value.get("data"), dict)
    )


def is_flat(value: Json) -> bool:
    """Whether a value is a comment without its wrapping, as archives keep them."""
    return isinstance(value, dict) and isinstance(value.get("body"), str) and "subreddit" in value


class Things:
    """Wrapped or flat comments; replies of a comment that goes take its place in the tree.

    With `posts_are_hers` a post (t3) is the host's own and is passed on unread; stubs ("more") hold
    no words and always stay. Counts and parent ids are written as they were.
    """

    kind = "reddit"

    def __init__(self, *, posts_are_hers: bool = False) -> None:
        self._posts_are_hers = posts_are_hers

    def unit(self, raw: str, value: Json, line: int) -> Unit:
        """A comment with its tree of replies."""
        return json_cut.thread(self._node(raw, value, line))

    def _node(self, raw: str, value: Json, line: int) -> Node:
        hole = json_cut.locate(raw, _REPLIES) if _has_replies(value) else None
        if hole is None:
            return Node(raw, self._entry(raw, value, line))
        replies = [
            self._node(raw[piece.start : piece.end], piece.value, line + raw.count("\n", 0, piece.start))
            for piece in json_cut.elements(raw, hole.start)
        ]
        return Node(raw, self._entry(raw, value, line), replies, (hole.start + 1, hole.end - 1))

    def _entry(self, raw: str, value: Json, line: int) -> Entry | None:
        kind = value.get("kind") if isinstance(value, dict) else None
        if kind == "more" or (kind == "t3" and self._posts_are_hers):
            return None
        data = value.get("data") if is_thing(value) and isinstance(value, dict) else value
        words = _words(data)
        if words is None or not isinstance(data, dict):
            return Unreadable(line, NO_WORDS, visible(raw))
        row = {name: held for name, held in data.items() if name != "replies"}
        return Message(words, row, line, scalar(data.get("author")), scalar(data.get("created_utc")))


def _has_replies(value: Json) -> bool:
    return isinstance(within(value, _REPLIES), list)


def _words(data: Json) -> str | None:
    parts = [within(data, [name]) for name in ("body", "title", "selftext")]
    found = [html.unescape(part) for part in parts if isinstance(part, str) and part]
    return readable("\n".join(found)) if found else None


def holds_post(path: Sequence[str]) -> bool:
    """Whether a listing at `path` is the first half of a page of comments: the post itself."""
    return tuple(path) == ("0", *CHILDREN)
