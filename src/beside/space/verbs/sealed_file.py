"""Files of long jobs at rest: sealed piece by piece with the space's key, under a random name.

A piece is bound to its file, its place in it, and to being the last one or not, so that a file that was cut,
shuffled or put together from others does not open.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from django.conf import settings

from beside.space.models import Space
from beside.space.sealed import vault
from beside.space.vault import Damaged

PIECE = 1 << 20
_MORE, _LAST = b"\0", b"\1"
_LENGTH = 4


def new_name() -> str:
    """A name that says nothing."""
    return secrets.token_hex(16)


def path_of(name: str) -> Path:
    """Where a finished file lies."""
    return folder() / name


def folder() -> Path:
    """The private storage of jobs, made when missing."""
    place = Path(settings.BESIDE_JOBS)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def remove(name: str) -> None:
    """The file goes, finished or not. Done twice, it is done once."""
    if name:
        path_of(name).unlink(missing_ok=True)
        _unfinished(name).unlink(missing_ok=True)


class Writer:
    """Seals what is written to it. The file is there, whole and on disk, once `close` returns."""

    def __init__(self, space: Space, name: str) -> None:
        self.name = name
        self.size = 0
        self._key = space.key_id()
        self._number = 0
        self._waiting = bytearray()
        handle = os.open(_unfinished(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "wb")

    def write(self, data: bytes) -> int:
        """Takes bytes of any length."""
        self._waiting += data
        self.size += len(data)
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), _MORE)
            del self._waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Nothing: a piece is sealed when it is full."""

    def close(self) -> None:
        """Seals the last piece and gives the file its name."""
        self._seal(bytes(self._waiting), _LAST)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        _unfinished(self.name).replace(path_of(self.name))

    def drop(self) -> None:
        """What was written goes."""
        self._file.close()
        remove(self.name)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.drop()

    def _seal(self, plain: bytes, mark: bytes) -> None:
        sealed = vault().seal(self._key, plain, _place(self.name, self._number, mark))
        self._file.write(mark + len(sealed).to_bytes(_LENGTH) + sealed)
        self._number += 1


def read(name: str) -> Iterator[bytes]:
    """The plain bytes, piece by piece. Raises `FileNotFoundError`, `KeyGone` and `Damaged`."""
    with path_of(name).open("rb") as file:
        number, mark = 0, _MORE
        while mark != _LAST:
            mark, sealed = _next(file)
            yield vault().unseal(sealed, _place(name, number, mark))
            number += 1


@contextmanager
def unsealed(name: str, called: str) -> Iterator[Path]:
    """The plain file while it is needed, in memory where the system can; its name ends as `called` ends."""
    ending = re.sub(r"[^a-z0-9.]", "", Path(called).suffix.lower())[:10]
    with tempfile.TemporaryDirectory(prefix="beside-") as place:
        path = Path(place) / f"file{ending}"
        if sys.platform == "linux":
            handle = os.memfd_create("beside")
            path.symlink_to(f"/proc/self/fd/{handle}")
        else:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in read(name):
                file.write(piece)
            file.flush()
            yield path


def _next(file: BinaryIO) -> tuple[bytes, bytes]:
    head = file.read(1 + _LENGTH)
    if len(head) <= _LENGTH:
        raise Damaged("a file of a job was cut")
    return head[:1], file.read(int.from_bytes(head[1:]))


def _place(name: str, number: int, mark: bytes) -> str:
    return f"job.{name}.{number}.{mark.hex()}"


def _unfinished(name: str) -> Path:
    return folder() / f"{name}.part"
