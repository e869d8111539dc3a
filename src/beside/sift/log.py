"""What has been decided so far, on disk, so that a run that is killed can go on.

`rows.log` has a line per row: outcome, number of the file, and what the outputs need. `journal` has a
line per chunk, written after the chunk is safely on disk: number of the file, its rows done, and the
length of `rows.log`. Whatever lies beyond the last whole line of the journal is done again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from beside.exports import Json


@dataclass(frozen=True, slots=True)
class Place:
    """How far a run has come."""

    file: int = 0
    rows: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True)
class Logged:
    """One row of the log; `payload` is the JSON text of what is kept of it."""

    outcome: str
    file: int
    payload: str

    def data(self) -> dict[str, Json]:
        """The payload, parsed."""
        data: dict[str, Json] = json.loads(self.payload)
        return data

    def line(self) -> bytes:
        """The row as it is written."""
        return f"{self.outcome}\t{self.file}\t{self.payload}\n".encode()


class Log:
    """The log in a folder; opened for going on where the journal says that the last run stopped."""

    def __init__(self, folder: Path) -> None:
        self._rows_path, self._journal_path = folder / "rows.log", folder / "journal"
        self.place = _last_place(self._journal_path)
        if self.place.length > _size(self._rows_path):
            # A disk that lost what it was told to keep: begin again rather than go on with a gap.
            self._journal_path.unlink()
            self.place = Place()
        self._rows = _open_at(self._rows_path, self.place.length)
        self._journal = self._journal_path.open("ab")

    def append(self, rows: Iterable[Logged], file: int, done: int) -> None:
        """Write a chunk; when this returns it survives a power cut. `done`: rows of `file` so far."""
        for row in rows:
            self._rows.write(row.line())
        _settle(self._rows)
        self.place = Place(file, done, self._rows.tell())
        self._journal.write(f"{file} {done} {self.place.length}\n".encode())
        _settle(self._journal)

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()
        self._journal.close()

    def read(self) -> Iterator[Logged]:
        """Every row, from the first."""
        with self._rows_path.open(encoding="utf-8", newline="\n") as rows:
            for line in rows:
                outcome, file, payload = line.rstrip("\n").split("\t", 2)
                yield Logged(outcome, int(file), payload)


def _last_place(journal: Path) -> Place:
    """The last whole line; a torn one is cut off, so that the next is not written behind it."""
    if not journal.exists():
        return Place()
    whole = journal.read_bytes()
    whole = whole[: whole.rfind(b"\n") + 1]
    os.truncate(journal, len(whole))
    return Place(*map(int, whole.splitlines()[-1].split())) if whole else Place()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _open_at(path: Path, length: int) -> BinaryIO:
    file = path.open("r+b" if path.exists() else "w+b")
    file.truncate(length)
    file.seek(length)
    return file


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
