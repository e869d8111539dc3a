"""What every export is made of, whatever its format: messages, and what cannot be read as one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

# Longer than any message that a gate reads (it holds what is over 40,960 characters); a line or a
# cell beyond this is damage, and taking it in pieces keeps memory flat.
LONGEST_LINE = 4 * 2**20

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class ExportError(Exception):
    """A file that cannot be read as it is; the message says what to do about it.

    `columns` are the names to choose from when it does not say which of them holds the messages.
    """

    def __init__(self, message: str, columns: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.columns = tuple(columns)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its words for the gate, and the row that it came in.

    `line` counts from 1 (rows, for Parquet). `author` and `date` are empty where the export has none;
    `date` is as the export writes it.
    """

    text: str
    row: Json
    line: int
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A piece of a file that cannot be read as a message: where, why, and what it holds."""

    line: int
    reason: str
    row: str


Entry: TypeAlias = Message | Unreadable
Remains: TypeAlias = Callable[[Sequence[bool]], list[str]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a file that is written or left out together: a row, or a thread with its replies.

    `remains` takes one yes or no per entry (to keep it or not) and gives back what is left of the
    stretch, as written in the file: nothing, itself, or the replies that were lifted out of it.
    """

    entries: tuple[Entry, ...]
    remains: Remains


class Export(Protocol):
    """One file, opened as what it is."""

    kind: str
    notes: tuple[str, ...]

    def position(self) -> int:
        """How many bytes of the file `units` has taken in so far."""

    def units(self) -> Iterator[Unit]:
        """The file from its beginning, always in the same order, in memory that does not grow with it."""

    def write(self, keep: Iterator[bool], out: BinaryIO) -> None:
        """Write the file again without the entries that `keep` (one per entry, in order) says no to."""


def one(entry: Entry, raw: str) -> Unit:
    """A unit of one entry that stands or falls with its own text."""
    return Unit((entry,), lambda keep: [raw] if keep[0] else [])


def passed_on(raw: str) -> Unit:
    """A stretch without messages (a header, a blank line), written as it is."""
    return Unit((), lambda _: [raw])


def lost(line: int, reason: str, raw: str) -> Unit:
    """A stretch that cannot be read, and so is never delivered."""
    return Unit((Unreadable(line, reason, visible(raw)),), lambda _: [])


def take(keep: Iterator[bool], unit: Unit) -> list[bool]:
    """The answers for the entries of one unit, off the front of `keep`."""
    return [next(keep) for _ in unit.entries]


def readable(text: str) -> str:
    """`text` with lone surrogates, which no file or tokenizer can hold, replaced one for one."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def visible(raw: str) -> str:
    """`raw` for a log: bytes that could not be decoded (marked U+DC00 to U+DCFF) as \\x80, NUL as \\x00."""
    shown = re.sub("[\udc00-\udcff]", lambda mark: f"\\x{ord(mark[0]) - 0xDC00:02x}", raw)
    return readable(shown.replace("\0", "\\x00"))


def damage(raw: str) -> str:
    """Why a stretch of decoded text cannot be trusted as a message; empty if it can."""
    if "\0" in raw:
        return "there is a NUL byte in it"
    if _LONE_SURROGATE.search(raw):
        return "there are bytes in it that are no letters in this file's encoding"
    return ""


def pieces(line: int, reason: str, raw: Iterable[str]) -> Iterator[Unit]:
    """The rest of a damaged file as unreadable stretches, none larger than the next can bear."""
    for piece in raw:
        yield lost(line, reason, piece)
        line += piece.count("\n")
