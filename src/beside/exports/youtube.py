"""YouTube: comment threads as its Data API gives them, and the words of a Takeout comment.

Sources: developers.google.com/youtube/v3/docs/commentThreads (a thread has `snippet.topLevelComment`
and `replies.comments`; `textDisplay` is HTML, `textOriginal` is seen by its author only) and Takeout
files: the cell "Comment text" is plain in old ones, since 2023 JSON, either
{"takeoutSegments":[{"text":...}]} or segments with commas between them but no brackets around.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from beside.exports import json_cut
from beside.exports.html_text import words_of
from beside.exports.json_cut import Piece
from beside.exports.records import NO_WORDS, scalar, within
from beside.exports.rows import Entry, Json, Message, Unit, Unreadable, one, readable, visible

_TOP = ("snippet", "topLevelComment")
_REPLIES = ("replies", "comments")


def is_takeout(header: Sequence[str]) -> bool:
    """Whether a first row (names in plain form) is that of Takeout's comments or live chats."""
    return "channel id" in header and ("comment text" in header or "live chat text" in header)


def takeout_text(cell: str) -> str:
    """The words of a Takeout cell, whichever of the three ways it is written."""
    if not cell.startswith("{"):
        return cell
    try:
        held: Json = json.loads(f"[{cell}]", strict=False)
    except (ValueError, RecursionError):
        return cell
    return readable("".join(_segments(held))) or cell


def _segments(value: Json) -> Iterator[str]:
    for segment in value if isinstance(value, list) else []:
        if isinstance(segment, dict) and isinstance(segment.get("text"), str):
            yield str(segment["text"])
        elif isinstance(segment, dict):
            yield from _segments(segment.get("takeoutSegments"))


def is_thread(value: Json) -> bool:
    """Whether a value is a thread or a comment of the Data API."""
    return isinstance(within(value, _TOP), dict) or _words(value) is not None


class Threads:
    """Threads; when the comment goes but replies stay, the first of them takes its place."""

    kind = "youtube"

    def unit(self, raw: str, value: Json, line: int) -> Unit:
        """A thread, or a single comment."""
        if not isinstance(within(value, _TOP), dict):
            return one(_entry(raw, value, line), raw)
        top = json_cut.locate(raw, _TOP)
        replies = json_cut.locate(raw, _REPLIES) if isinstance(within(value, _REPLIES), list) else None
        if top is None:
            return one(Unreadable(line, NO_WORDS, visible(raw)), raw)
        inside = list(json_cut.elements(raw, replies.start)) if replies else []
        comments = [top, *inside]
        entries = tuple(
            _entry(raw[c.start : c.end], c.value, line + raw.count("\n", 0, c.start)) for c in comments
        )
        return Unit(entries, lambda keep: _remains(raw, comments, replies, keep))


def _remains(raw: str, comments: list[Piece], replies: Piece | None, keep: Sequence[bool]) -> list[str]:
    left = [raw[c.start : c.end] for c, stays in zip(comments, keep, strict=True) if stays]
    if len(left) == len(comments):
        return [raw]
    if not left:
        return []
    changes = [(comments[0].start, comments[0].end, left[0])]
    if replies:
        changes.append((replies.start + 1, replies.end - 1, ", ".join(left[1:])))
    # From the back, so that the places in front stay true whichever of the two comes first.
    for start, end, new in sorted(changes, reverse=True):
        raw = raw[:start] + new + raw[end:]
    return [raw]


def _entry(raw: str, comment: Json, line: int) -> Entry:
    words, snippet = _words(comment), within(comment, ["snippet"])
    if words is None or not isinstance(snippet, dict):
        return Unreadable(line, NO_WORDS, visible(raw))
    author, date = scalar(snippet.get("authorDisplayName")), scalar(snippet.get("publishedAt"))
    return Message(words, comment, line, author, date)


def _words(comment: Json) -> str | None:
    original, display = (within(comment, ["snippet", name]) for name in ("textOriginal", "textDisplay"))
    if isinstance(original, str):
        return readable(original)
    return readable(words_of(display)) if isinstance(display, str) else None
