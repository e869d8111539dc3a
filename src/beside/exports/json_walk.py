"""Through a JSON text of any size: what holds messages comes out as units, all else as it is written.

An array is asked about by its first elements; where it holds messages, each element becomes a unit.
Everything around is passed on character by character, so that the file can be written again unchanged.
A text that breaks off or turns into something else gives its rest as unreadable, and what was open is
closed, so that what is written again is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TextIO, TypeAlias

from beside.exports.columns import TEXT_NAMES, plain_name
from beside.exports.json_window import (
    TOO_DEEP,
    BrokenJsonError,
    BrokenValueError,
    Window,
    is_too_deep,
    parse,
    whole_value_end,
)
from beside.exports.rows import Json, Unit, damage, lost, pieces

_SAMPLE = 1 << 20
_SAMPLES = 20
_DEEPEST = 100
Path: TypeAlias = tuple[str, ...]


class Shape(Protocol):
    """How one element of an array holds its messages."""

    kind: str

    def unit(self, raw: str, value: Json, line: int) -> Unit:
        """The messages in `raw`, which says `value` and begins on `line`."""


Choose: TypeAlias = Callable[[Path, Sequence[Json]], "Shape | None"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Text around the messages, written as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """One element of an array of messages, and what stands before it: space, and a comma if not the first."""

    lead: str
    unit: Unit


Event: TypeAlias = Frame | Held


class Walk:
    """One walk through a text; `window` tells how far it has come."""

    def __init__(self, text: TextIO, choose: Choose) -> None:
        self.window = Window(text)
        self._choose = choose
        self._open: list[str] = []

    def events(self) -> Iterator[Event]:
        """The whole text, in order."""
        try:
            yield from self._value((), self.window.space())
            yield Frame(self.window.space())
            if self.window.next():
                raise BrokenJsonError("there is something after the end of the JSON")
        except BrokenJsonError as broken:
            rest = iter(self.window.rest, "")
            for unit in pieces(self.window.line, f"from here on it cannot be read: {broken.reason}", rest):
                yield Held("", unit)
            yield Frame("".join(reversed(self._open)))

    def _value(self, path: Path, lead: str) -> Iterator[Event]:
        """A value, after `lead`: what stands before it and is only written if the value begins."""
        mark = self.window.next()
        if len(path) > _DEEPEST:
            raise BrokenJsonError("it is nested too deeply")
        if mark == "{":
            yield from self._object(path, lead)
        elif mark == "[":
            yield from self._array(path, lead)
        else:
            yield from self._scalar(path, lead)

    def _scalar(self, path: Path, lead: str) -> Iterator[Event]:
        line = self.window.line
        raw, value = self.window.value()
        if isinstance(value, str) and value and _may_be_words(path):
            # An array that was not seen to hold messages holds one all the same: never pass it on unread.
            yield Held("", lost(line, "it stands where no message was expected", raw))
            raw = '""'
        yield Frame(lead + raw)

    def _object(self, path: Path, lead: str) -> Iterator[Event]:
        yield Frame(lead + self._begin("}"))
        before = self.window.space()
        while self.window.next() != "}":
            if self.window.next() != '"':
                raise BrokenJsonError("a name in quotation marks is missing")
            raw, key = self.window.value()
            before += raw + self._colon()
            yield from self._value((*path, str(key)), before)
            before = self._between("}")
        yield Frame(before + self._end())

    def _array(self, path: Path, lead: str) -> Iterator[Event]:
        yield Frame(lead + self._begin("]"))
        shape = self._choose(path, self._samples())
        before = self.window.space()
        index = 0
        while self.window.next() != "]":
            if shape is None:
                yield from self._value((*path, str(index)), before)
                before = self._between("]")
            else:
                yield self._held(shape, before)
                before = self._between("]")
            index += 1
        yield Frame(before + self._end())

    def _held(self, shape: Shape, lead: str) -> Held:
        line = self.window.line
        try:
            raw, value = self.window.value()
        except BrokenValueError as broken:
            return Held("", lost(line, broken.reason, broken.raw))
        if problem := damage(raw) or (TOO_DEEP if is_too_deep(raw) else ""):
            return Held("", lost(line, problem, raw))
        return Held(lead, shape.unit(raw, value, line))

    def _begin(self, closing: str) -> str:
        self._open.append(closing)
        return self.window.take(1)

    def _end(self) -> str:
        self._open.pop()
        return self.window.take(1)

    def _colon(self) -> str:
        space = self.window.space()
        if self.window.next() != ":":
            raise BrokenJsonError("a colon is missing")
        return space + self.window.take(1) + self.window.space()

    def _between(self, closing: str) -> str:
        """The comma after an element with the space around it, or the space before the closing mark."""
        space = self.window.space()
        mark = self.window.next()
        if mark == closing:
            return space
        if mark != ",":
            raise BrokenJsonError("a comma is missing" if mark else "the file ends too early")
        return space + self.window.take(1) + self.window.space()

    def _samples(self) -> list[Json]:
        """The first elements of the array that has just begun, as far as they are short enough."""
        values: list[Json] = []
        text, at = self.window.see(_SAMPLE), 0
        for _ in range(_SAMPLES):
            at += len(text[at : at + 4096]) - len(text[at : at + 4096].lstrip(" \t\n\r,"))
            end = whole_value_end(text, at) if at < len(text) else None
            if end is None:
                break
            # One that is broken or too deep says nothing about the others.
            if not is_too_deep(text[at:end]):
                with suppress(ValueError):
                    values.append(parse(text, at)[0])
            at = end
        return values


def _may_be_words(path: Path) -> bool:
    return len(path) >= 2 and path[-2].isdecimal() and plain_name(path[-1]) in TEXT_NAMES
