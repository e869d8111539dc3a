"""JSON lines: a value a line, of any make that a JSON file may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from beside.exports.encoding import Survey
from beside.exports.json_file import shape_of
from beside.exports.json_walk import Shape
from beside.exports.json_window import TOO_DEEP, is_too_deep, parse
from beside.exports.lines import Lines
from beside.exports.records import Strings
from beside.exports.rows import ExportError, Json, Unit, damage, lost, passed_on, take

_LOOK_AT = 200


class JsonLines:
    """A file with one JSON value a line. See `rows.Export`."""

    def __init__(self, survey: Survey, text_column: str | None) -> None:
        self._survey = survey
        self._text_column = text_column
        self._position = 0
        self._shape = self._find()
        self.kind = "jsonl"
        self.notes = survey.notes

    def position(self) -> int:
        """See `rows.Export`."""
        return self._position

    def units(self) -> Iterator[Unit]:
        """See `rows.Export`."""
        self._position = 0
        for _, unit in self._lines():
            yield unit

    def write(self, keep: Iterator[bool], out: BinaryIO) -> None:
        """See `rows.Export`; a line that stays whole is the same to the byte."""
        out.write(self._survey.bom)
        for line, unit in self._lines():
            left = unit.remains(take(keep, unit))
            ending = line[len(line.rstrip("\r\n")) :]
            for raw in left:
                whole = raw if raw.endswith(("\n", "\r")) else raw + (ending or "\n" * (len(left) > 1))
                whole = line if raw == line.strip() else whole
                out.write(self._survey.encode(whole))

    def _lines(self) -> Iterator[tuple[str, Unit]]:
        with self._survey.open() as text:
            lines = Lines(text)
            for line in lines:
                self._position += len(line)
                if lines.is_part(line):
                    for part in (line, *lines.rest()):
                        yield part, lost(lines.number, "the line is too long to be a message", part)
                else:
                    yield line, self._unit(line, lines.number)

    def _unit(self, line: str, number: int) -> Unit:
        raw = line.strip()
        if not raw:
            return passed_on(line)
        value, problem = _parsed(raw)
        if problem := problem or damage(raw):
            return lost(number, problem, line)
        return self._shape.unit(raw, value, number)

    def _find(self) -> Shape:
        """The shape of the first line that has one; an error if none of the first lines does."""
        with self._survey.open() as text:
            for _, line in zip(range(_LOOK_AT), Lines(text), strict=False):
                value, problem = _parsed(line.strip())
                if not problem and (shape := self._shape_of(value)):
                    return shape
        raise ExportError(
            f"No messages found in the first lines of {self._survey.path.name}. Say which member of each "
            "line holds the message: --text-column NAME"
        )

    def _shape_of(self, value: Json) -> Shape | None:
        if isinstance(value, str):
            return Strings()
        return shape_of((), value, self._text_column, self._survey.path.name)


def _parsed(raw: str) -> tuple[Json, str]:
    try:
        value, end = parse(raw)
    except RecursionError:
        return None, TOO_DEEP
    except (ValueError, StopIteration):
        return None, "the line is not valid JSON"
    if is_too_deep(raw):
        return None, TOO_DEEP
    return value, "there is more than one value on the line" if raw[end:].strip() else ""
