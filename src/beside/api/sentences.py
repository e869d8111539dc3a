"""Places in a text: its sentences, and how JavaScript and Perspective count characters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

_ENDS = frozenset(".!?…。！？")
_CLOSING = frozenset("\"')]”’»")
MOST = 64


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences as ranges of characters without the blanks around them; at most `MOST`.

    A text of more sentences comes in as many pieces of several neighbours each.
    """
    found = [trimmed for start, end in _cut(text) if (trimmed := _trimmed(text, start, end))]
    if len(found) <= MOST:
        return found
    size = -(-len(found) // MOST)
    return [(found[i][0], found[min(i + size, len(found)) - 1][1]) for i in range(0, len(found), size)]


def _cut(text: str) -> Iterable[tuple[int, int]]:
    start, place, length = 0, 0, len(text)
    while place < length:
        char = text[place]
        place += 1
        if char in _ENDS:
            while place < length and (text[place] in _ENDS or text[place] in _CLOSING):
                place += 1
            if place < length and not text[place].isspace():  # 9.5 weeks, and addresses
                continue
        elif char != "\n":
            continue
        yield start, place
        start = place
    yield start, length


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


class Utf16:
    """Counts in UTF-16 units: characters beyond the basic plane, such as most emoji, are two."""

    def __init__(self, text: str) -> None:
        self._before = None if text.isascii() else [0, *accumulate(1 + (char > "\uffff") for char in text)]

    def __getitem__(self, place: int) -> int:
        return place if self._before is None else self._before[place]
