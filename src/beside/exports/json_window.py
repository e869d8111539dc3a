"""A window that moves over a long JSON text: what has been read and not yet used."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import TextIO

from beside.exports.rows import Json

_CHUNK = 1 << 17
LONGEST_VALUE = 32 * 2**20
DEEPEST_VALUE = 200
TOO_DEEP = "it is nested too deeply to be a message"
_SPACE = re.compile(r"[ \t\n\r\ufeff]*+")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_STEP = re.compile(_STRING.pattern + r'|[\[\]{}"]', re.DOTALL)
_SCALAR = re.compile(r"[^\s,\]}\[{:\"]++")


class Doubled(dict[str, Json]):
    """An object in which a name stands twice: what is read here may not be what is shown elsewhere."""


def _object(members: list[tuple[str, Json]]) -> dict[str, Json]:
    read = dict(members)
    return read if len(read) == len(members) else Doubled(read)


# A control character inside a string is a fault of the writer that loses nothing; NaN is kept by name.
_DECODER = json.JSONDecoder(strict=False, parse_constant=str, object_pairs_hook=_object)


class BrokenJsonError(Exception):
    """The text is not JSON from here on; `reason` says in plain words why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BrokenValueError(BrokenJsonError):
    """A value that is broken in itself and has been taken whole (`raw`); reading can go on after it."""

    def __init__(self, reason: str, raw: str) -> None:
        super().__init__(reason)
        self.raw = raw


def parse(raw: str, start: int = 0) -> tuple[Json, int]:
    """The value at `start` and where it ends; `ValueError` or `RecursionError` if it is none."""
    value: Json
    value, end = _DECODER.raw_decode(raw, start)
    return value, end


def whole_value_end(text: str, start: int) -> int | None:
    """Where the value at `start` ends going by its brackets and quotes alone; None if it does not."""
    if text[start] not in "[{":
        match = (_STRING if text[start] == '"' else _SCALAR).match(text, start)
        return match.end() if match else None
    depth = 0
    for step in _STEP.finditer(text, start):
        if step[0] == '"':
            return None
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(step[0], 0)
        if depth == 0:
            return step.end()
    return None


def is_too_deep(raw: str) -> bool:
    """Whether a value has more brackets open at once than any message with its replies.

    The limit is far below the interpreter's own, which depends on who calls: the same value must be
    read in the same way each time.
    """
    if raw.count("{") + raw.count("[") <= DEEPEST_VALUE:
        return False
    steps = ({"[": 1, "{": 1, "]": -1, "}": -1}.get(step[0], 0) for step in _STEP.finditer(raw))
    return any(depth > DEEPEST_VALUE for depth in accumulate(steps))


class Window:
    """The text from the first character not yet taken; `line` is where it stands, from 1."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._at = 0
        self._ended = False
        self._buffer = ""
        self.line = 1
        self.taken = 0

    def _more(self, characters: int = _CHUNK) -> bool:
        piece = "" if self._ended else self._text.read(characters)
        self._ended = not piece
        if piece:
            self._buffer = self._buffer[self._at :] + piece
            self._at = 0
        return bool(piece)

    def see(self, characters: int) -> str:
        """The next characters, at most so many, without taking them."""
        while len(self._buffer) - self._at < characters and self._more(max(characters, _CHUNK)):
            pass
        return self._buffer[self._at : self._at + characters]

    def take(self, characters: int) -> str:
        """Take the next characters, which have been seen."""
        taken = self._buffer[self._at : self._at + characters]
        self._at += characters
        self.line += taken.count("\n")
        self.taken += characters
        return taken

    def space(self) -> str:
        """Take white space (and a stray byte order mark)."""
        gathered = ""
        while match := _SPACE.match(self._buffer, self._at):
            gathered += self.take(match.end() - self._at)
            if self._at < len(self._buffer) or not self._more():
                break
        return gathered

    def next(self) -> str:
        """The next character, or nothing at the end."""
        if self._at >= len(self._buffer) and not self._more():
            return ""
        return self._buffer[self._at]

    def value(self) -> tuple[str, Json]:
        """Take a whole value: its text and what it says.

        `BrokenValueError` if it is taken but cannot be read; `BrokenJsonError` if it has no end.
        """
        while True:
            try:
                value, end = parse(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                broken = self._end_of_broken()
                if broken is not None:
                    raise BrokenValueError(_reason(error), self.take(broken - self._at)) from None
            else:
                if not self._may_go_on(end):
                    return self.take(end - self._at), value
            self._read_on()

    def _end_of_broken(self) -> int | None:
        if self._at >= len(self._buffer):
            return None
        end = whole_value_end(self._buffer, self._at)
        if end is None and self._buffer[self._at] not in '"[{':
            raise BrokenJsonError(f'there should be a message here, not "{self._buffer[self._at]}"')
        return None if end is None or self._may_go_on(end) else end

    def _may_go_on(self, end: int) -> bool:
        """A number at the very end of the window may go on in what has not been read yet."""
        return end == len(self._buffer) and not self._ended and self._buffer[self._at] not in '"[{'

    def _read_on(self) -> None:
        held = len(self._buffer) - self._at
        if held > LONGEST_VALUE:
            raise BrokenJsonError("it is too large to be a message")
        # Reading on by as much as is held keeps the work in proportion to the length of the value.
        if not self._more(max(_CHUNK, held)) and (held == 0 or self._buffer[self._at] in '"[{'):
            raise BrokenJsonError("the file ends in the middle of it")

    def rest(self) -> str:
        """Take a piece of what is left; nothing at the end."""
        if self._at >= len(self._buffer) and not self._more():
            return ""
        return self.take(min(len(self._buffer) - self._at, _CHUNK))


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return TOO_DEEP
    return "it is not valid JSON"
