"""CSV and TSV: rows of cells, with a first row that names the columns.

Rows are cut out of the file as they are and written again unchanged; the standard library's reader
(RFC 4180 and what Excel makes of it) decides where a row ends and what its cells are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from beside.exports import columns, youtube
from beside.exports.encoding import Survey
from beside.exports.lines import Lines
from beside.exports.rows import LONGEST_LINE, ExportError, Message, Unit, damage, lost, one, passed_on, take

_DELIMITERS = ",;\t|"


class _TooLongError(Exception):
    """A physical line is longer than any row may be."""


@dataclass(slots=True)
class _Record:
    line: int
    raw: str
    cells: list[str] = field(default_factory=list)
    problem: str = ""


class _Records(Iterator[_Record]):
    """Rows as the csv module sees them, each with its own text; a broken one with its problem."""

    def __init__(self, lines: Lines, delimiter: str) -> None:
        self._lines = lines
        self._used: list[str] = []
        self._delimiter = delimiter
        self._reader = csv.reader(self._feed(), delimiter=delimiter)

    def _feed(self) -> Iterator[str]:
        for line in self._lines:
            self._used.append(line)
            if self._lines.is_part(line):
                raise _TooLongError
            yield line

    def __next__(self) -> _Record:
        self._used = []
        start = self._lines.number + 1
        try:
            cells = next(self._reader)
        except _TooLongError:
            return self._overlong(start)
        except csv.Error as error:
            return self._runaway(start, str(error))
        if self._quote_went_astray():
            return self._runaway(start, "")
        return _Record(start, "".join(self._used), cells)

    def _overlong(self, start: int) -> _Record:
        raw = "".join(self._used)
        # The generator ended with the exception, so the reader needs a new one for what follows.
        self._reader = csv.reader(self._feed(), delimiter=self._delimiter)
        return _Record(start, raw, problem="the line is too long to be a message")

    def _runaway(self, start: int, error: str) -> _Record:
        """A quote that never closes would swallow the rest: give up its first line only."""
        first, *others = self._used
        self._lines.put_back(others)
        self._reader = csv.reader(self._feed(), delimiter=self._delimiter)
        open_quote = others or not error
        problem = (
            "a quotation mark is opened and never closed" if open_quote else f"the row is broken ({error})"
        )
        return _Record(start, first, problem=problem)

    def _quote_went_astray(self) -> bool:
        """Whether a quote runs to the end of the file, or over lines to a quote that opens another cell."""
        last = self._used[-1]
        if len(self._used) == 1 and (last.endswith(("\n", "\r")) or '"' not in last):
            return False
        strict = csv.reader(iter(self._used), delimiter=self._delimiter, strict=True)
        try:
            next(strict)
        except csv.Error as error:
            return len(self._used) > 1 or "unexpected end of data" in str(error)
        return False


class Separated:
    """A CSV or TSV file; see `rows.Export`."""

    def __init__(self, survey: Survey, text_column: str | None, delimiter: str | None = None) -> None:
        csv.field_size_limit(LONGEST_LINE)
        self._survey = survey
        self._position = 0
        self._delimiter = delimiter or _delimiter(survey)
        self._header = self._first_row()
        self._columns = columns.find(self._header, text_column, survey.path.name)
        self._words = _words(self._header)
        self.kind = "tsv" if self._delimiter == "\t" else "csv"
        self.notes = survey.notes

    def position(self) -> int:
        """See `rows.Export`."""
        return self._position

    def units(self) -> Iterator[Unit]:
        """See `rows.Export`."""
        self._position = 0
        with self._survey.open() as text:
            lines = Lines(text)
            records = _Records(lines, self._delimiter)
            yield passed_on(next(records).raw)
            for record in records:
                self._position += len(record.raw)
                yield self._unit(record)
                if lines.is_part(record.raw):
                    for part in lines.rest():
                        yield lost(record.line, record.problem, part)

    def write(self, keep: Iterator[bool], out: BinaryIO) -> None:
        """See `rows.Export`; each row that stays is the same to the byte."""
        out.write(self._survey.bom)
        for unit in self.units():
            for raw in unit.remains(take(keep, unit)):
                out.write(self._survey.encode(raw))

    def _first_row(self) -> list[str]:
        with self._survey.open() as text:
            record = next(_Records(Lines(text), self._delimiter), None)
        if record is None or record.problem:
            raise ExportError(f"The first row of {self._survey.path.name} must name its columns.")
        return _distinct(record.cells)

    def _unit(self, record: _Record) -> Unit:
        problem = record.problem or damage(record.raw)
        if not record.cells and not problem:
            return passed_on(record.raw)
        problem = problem or self._ragged(record.cells)
        if problem:
            return lost(record.line, problem, record.raw)
        return one(self._message(record), record.raw)

    def _ragged(self, cells: list[str]) -> str:
        """A row with too few or too many cells has its words cut or spread: not safe to read."""
        width = len(self._header)
        if len(cells) < width or any(cells[width:]):
            return f"the row has {len(cells)} cells, the first row of the file has {width}"
        return ""

    def _message(self, record: _Record) -> Message:
        row = dict(zip(self._header, record.cells, strict=False))
        return Message(
            text=self._words(row[self._columns.text]),
            row=dict(row),
            line=record.line,
            author=row.get(self._columns.author, ""),
            date=row.get(self._columns.date, ""),
        )


def _words(header: list[str]) -> Callable[[str], str]:
    if youtube.is_takeout([columns.plain_name(name) for name in header]):
        return youtube.takeout_text
    return str


def _distinct(names: list[str]) -> list[str]:
    """Column names made distinct: a second "name" becomes "name (2)"."""
    taken, counted, distinct = set(names), dict.fromkeys(names, 0), []
    for name in names:
        free = name
        counted[name] += 1
        while counted[name] > 1 and (free := f"{name} ({counted[name]})") in taken:
            counted[name] += 1
        taken.add(free)
        distinct.append(free)
    return distinct


def _delimiter(survey: Survey) -> str:
    """The delimiter that finds most columns in the first row; a comma if none does."""
    first = re.split("[\r\n]", survey.head(), maxsplit=1)[0]
    widths = {mark: len(next(csv.reader([first], delimiter=mark), [])) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: widths[mark])
