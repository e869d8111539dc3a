"""Cutting inside the text of one JSON value, so that what stays is the same to the character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from beside.exports.json_window import parse
from beside.exports.rows import Entry, Json, Unit

_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value inside a text: where it begins and ends, and what it says."""

    start: int
    end: int
    value: Json


@dataclass(frozen=True, slots=True)
class Node:
    """A message with its replies. `replies` lie in `raw` between the characters of `hole`."""

    raw: str
    entry: Entry | None
    replies: list[Node] = field(default_factory=list)
    hole: tuple[int, int] = (0, 0)


def _past_space(raw: str, start: int) -> int:
    match = _SPACE.match(raw, start)
    return match.end() if match else start


def members(raw: str, start: int) -> Iterator[tuple[str, Piece]]:
    """Name and value of each member of the object whose bracket stands at `start`."""
    at = _past_space(raw, start + 1)
    while raw[at] != "}":
        key, at = parse(raw, at)
        begin = _past_space(raw, _past_space(raw, at) + 1)
        value, end = parse(raw, begin)
        yield str(key), Piece(begin, end, value)
        at = _past_space(raw, end)
        at = _past_space(raw, at + 1) if raw[at] == "," else at


def elements(raw: str, start: int) -> Iterator[Piece]:
    """The values of the array whose bracket stands at `start`."""
    at = _past_space(raw, start + 1)
    while raw[at] != "]":
        value, end = parse(raw, at)
        yield Piece(at, end, value)
        at = _past_space(raw, end)
        at = _past_space(raw, at + 1) if raw[at] == "," else at


def locate(raw: str, path: Sequence[str], start: int = 0) -> Piece | None:
    """The value under `path` in the object that begins at `start`; None if there is none.

    Of two members with one name the last counts, as it does where the value is read.
    """
    if raw[start : start + 1] != "{":
        return None
    found = next((piece for key, piece in reversed(list(members(raw, start))) if key == path[0]), None)
    return found if found is None or len(path) == 1 else locate(raw, path[1:], found.start)


def thread(root: Node) -> Unit:
    """A unit of a message and its replies; replies of a message that goes are lifted to its place."""
    return Unit(tuple(_entries(root)), lambda keep: _remains(root, iter(keep))[0])


def _entries(node: Node) -> Iterator[Entry]:
    if node.entry is not None:
        yield node.entry
    for reply in node.replies:
        yield from _entries(reply)


def _remains(node: Node, keep: Iterator[bool]) -> tuple[list[str], bool]:
    """What is left of a node, and whether that is the node as it was."""
    stays = node.entry is None or next(keep)
    answers = [_remains(reply, keep) for reply in node.replies]
    left = [raw for raws, _ in answers for raw in raws]
    if not stays:
        return left, False
    if all(same for _, same in answers):
        return [node.raw], True
    begin, end = node.hole
    return [node.raw[:begin] + ", ".join(left) + node.raw[end:]], False
