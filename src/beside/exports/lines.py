"""The physical lines of a text, one at a time, none longer than memory can bear."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TextIO

from beside.exports.rows import LONGEST_LINE


class Lines(Iterator[str]):
    """Lines with their ends; `number` is that of the line given out last, from 1.

    A line over the limit comes in parts: all but its last are as long as the limit and have no end.
    """

    def __init__(self, text: TextIO, longest: int = LONGEST_LINE) -> None:
        self._text = text
        self._longest = longest
        self._returned: deque[str] = deque()
        self._inside = False
        self.number = 0

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else self._text.readline(self._longest)
        if not line:
            raise StopIteration
        self.number += not self._inside
        self._inside = not line.endswith(("\n", "\r"))
        return line

    def put_back(self, lines: Sequence[str]) -> None:
        """Give out `lines`, which must be whole and the last ones given, once more."""
        self._returned.extendleft(reversed(lines))
        self.number -= len(lines)
        self._inside = False

    def is_part(self, line: str) -> bool:
        """Whether `line`, given out just now, is only the beginning of an overlong one."""
        return len(line) >= self._longest and not line.endswith(("\n", "\r"))

    def rest(self) -> Iterator[str]:
        """The other parts of an overlong line."""
        for part in self:
            yield part
            if not self._inside:
                return
