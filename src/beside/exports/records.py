"""JSON records of any make: objects with a member that holds the words, and perhaps replies inside."""

from __future__ import annotations

from collections.abc import Sequence

from beside.exports import columns, json_cut
from beside.exports.json_cut import Node
from beside.exports.json_window import Doubled
from beside.exports.rows import Entry, ExportError, Json, Message, Unit, Unreadable, one, readable, visible

NO_WORDS = "there are no words in it"
TWICE = "a name stands twice in it, so what it says is not certain"
_REPLIES = ("replies", "comments", "children", "responses", "answers")


def scalar(value: Json) -> str:
    """A member as text: empty for what is absent or no single value."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return readable(str(value))


def within(value: Json, path: Sequence[str]) -> Json:
    """The value under `path`; None if the way ends before."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


class Strings:
    """An array of strings, a message each."""

    kind = "json"

    def unit(self, raw: str, value: Json, line: int) -> Unit:
        """One message, or an unreadable one if it is no string."""
        if isinstance(value, str):
            return one(Message(readable(value), readable(value), line), raw)
        return one(Unreadable(line, NO_WORDS, visible(raw)), raw)


class Records:
    """Objects with named members; `text` may be a path with dots ("data.text")."""

    kind = "json"

    def __init__(self, found: columns.Columns) -> None:
        self._found = found
        self._path = found.text.split(".")

    def unit(self, raw: str, value: Json, line: int) -> Unit:
        """A message with the replies inside it, if there are any."""
        return json_cut.thread(self._node(raw, value, line))

    def _node(self, raw: str, value: Json, line: int) -> Node:
        entry = self._entry(raw, value, line)
        nested = self._replies(value)
        hole = json_cut.locate(raw, [nested]) if nested else None
        if hole is None:
            return Node(raw, entry)
        replies = [
            self._node(raw[piece.start : piece.end], piece.value, line + raw.count("\n", 0, piece.start))
            for piece in json_cut.elements(raw, hole.start)
        ]
        return Node(raw, entry, replies, (hole.start + 1, hole.end - 1))

    def _entry(self, raw: str, value: Json, line: int) -> Entry:
        words = self._words(value)
        if isinstance(value, Doubled):
            return Unreadable(line, TWICE, visible(raw))
        if not isinstance(value, dict) or words is None:
            return Unreadable(line, NO_WORDS, visible(raw))
        author, date = value.get(self._found.author), value.get(self._found.date)
        if isinstance(author, dict):
            author = author.get("name") or author.get("username") or author.get("displayName")
        return Message(words, value, line, scalar(author), scalar(date))

    def _words(self, value: Json) -> str | None:
        held = value.get(self._found.text) if isinstance(value, dict) else None
        held = within(value, self._path) if held is None else held
        return readable(held) if isinstance(held, str) else None

    def _replies(self, value: Json) -> str:
        """The member that holds replies of the same make, so that none is passed on unread."""
        if not isinstance(value, dict):
            return ""
        for name in _REPLIES:
            held = value.get(name)
            if isinstance(held, list) and any(self._words(reply) is not None for reply in held):
                return name
        return ""


def records(sample: Json, text_column: str | None, file: str) -> Records | None:
    """A reader for records like `sample`; None if nothing in it looks like the words of a message."""
    if not isinstance(sample, dict):
        return None
    if text_column is not None:
        held = sample.get(text_column, within(sample, text_column.split(".")))
        return Records(_named(sample, text_column)) if isinstance(held, str) else None
    names = [name for name, value in sample.items() if isinstance(value, str)]
    found = columns.guess(names)
    if len(found) > 1:
        raise ExportError(
            f"{file} has more than one member that may hold the messages: {', '.join(found)}. "
            f'Say which: --text-column "{found[0]}"'
        )
    return Records(_named(sample, found[0])) if found else None


def _named(sample: dict[str, Json], text: str) -> columns.Columns:
    others = columns.find([*sample, text], text, "")
    return columns.Columns(text, others.author, others.date)
