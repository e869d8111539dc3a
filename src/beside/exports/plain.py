"""Plain text: one message a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from beside.exports.encoding import Survey
from beside.exports.lines import Lines
from beside.exports.rows import Message, Unit, damage, lost, one, passed_on, take


class Plain:
    """A text file, a message a line; blank lines are no messages and are passed on. See `rows.Export`."""

    kind = "text"

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._position = 0
        self.notes = survey.notes

    def position(self) -> int:
        """See `rows.Export`."""
        return self._position

    def units(self) -> Iterator[Unit]:
        """See `rows.Export`."""
        self._position = 0
        with self._survey.open() as text:
            lines = Lines(text)
            for line in lines:
                self._position += len(line)
                if lines.is_part(line):
                    yield from _overlong(lines, line)
                else:
                    yield _unit(line, lines.number)

    def write(self, keep: Iterator[bool], out: BinaryIO) -> None:
        """See `rows.Export`; each line that stays is the same to the byte."""
        out.write(self._survey.bom)
        for unit in self.units():
            for raw in unit.remains(take(keep, unit)):
                out.write(self._survey.encode(raw))


def _unit(line: str, number: int) -> Unit:
    words = line.rstrip("\r\n")
    if not words.strip():
        return passed_on(line)
    if problem := damage(line):
        return lost(number, problem, line)
    return one(Message(words, words, number), line)


def _overlong(lines: Lines, first: str) -> Iterator[Unit]:
    number, reason = lines.number, "the line is too long to be a message"
    yield lost(number, reason, first)
    for part in lines.rest():
        yield lost(number, reason, part)
