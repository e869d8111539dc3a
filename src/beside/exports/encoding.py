"""Which bytes a file is made of: one pass for its checksum, its encoding and its damage."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

_CHUNK = 1 << 20
_MARKED = re.compile("[\udc00-\udcff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _mark(error: UnicodeError) -> tuple[str | bytes, int]:
    """Turn each byte that cannot be decoded into U+DC00 + byte, and back again when encoding."""
    if isinstance(error, UnicodeDecodeError):
        return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end
    if isinstance(error, UnicodeEncodeError):
        marked = error.object[error.start : error.end]
        if _MARKED.fullmatch(marked[0]):
            return bytes([ord(marked[0]) - 0xDC00]), error.start + 1
    raise error


MARK = "beside.mark"
codecs.register_error(MARK, _mark)


@dataclass(frozen=True, slots=True)
class Survey:
    """A file's size, checksum and encoding; `bom` is written again, `note` tells what was assumed."""

    path: Path
    size: int
    sha256: str
    encoding: str
    bom: bytes = b""
    note: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell about the file, if anything."""
        return (self.note,) if self.note else ()

    def open(self) -> TextIO:
        """The text after the byte order mark, line ends untouched, undecodable bytes marked."""
        raw = self.path.open("rb")
        raw.seek(len(self.bom))
        return io.TextIOWrapper(raw, encoding=self.encoding, errors=MARK, newline="")

    def encode(self, text: str) -> bytes:
        """`text` as bytes of this file; the inverse of what `open` decodes."""
        if not self.encoding.startswith("utf-16"):
            return text.encode(self.encoding, MARK)
        # Python's UTF-16 takes no single bytes from an error handler.
        parts = re.split(f"({_MARKED.pattern}+)", text)
        return b"".join(
            bytes(ord(mark) - 0xDC00 for mark in part) if place % 2 else part.encode(self.encoding)
            for place, part in enumerate(parts)
        )

    def head(self, characters: int = 1 << 16) -> str:
        """The beginning of the text."""
        with self.open() as text:
            return text.read(characters)


def survey(path: Path) -> Survey:
    """Read `path` once, in chunks.

    UTF-8 or UTF-16 by their byte order mark, else UTF-16 by its NULs, else UTF-8 if it decodes;
    else UTF-8 with damaged rows if most of what is not ASCII decodes, and Windows-1252 if not.
    """
    digest, size, decoder, valid = hashlib.sha256(), 0, codecs.getincrementaldecoder("utf-8")(), True
    for chunk in _chunks(path):
        digest.update(chunk)
        size += len(chunk)
        valid = valid and _decodes(decoder, chunk)
    valid = valid and _decodes(decoder, b"", final=True)
    encoding, bom, note = _encoding(path, valid)
    return Survey(path, size, digest.hexdigest(), encoding, bom, note)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(path: Path, valid: bool) -> tuple[str, bytes, str]:
    with path.open("rb") as file:
        head = file.read(4096)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, bom, ""
    if wide := _wide(head):
        return wide, b"", ""
    if valid:
        return "utf-8", b"", ""
    if _mostly_utf8(path):
        return "utf-8", b"", f"{path.name}: some rows hold bytes that are not UTF-8."
    return "cp1252", b"", f"{path.name} is not UTF-8; it was read as Windows-1252."


def _wide(head: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of Western text is NUL."""
    pairs = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if pairs >= 4 and odd > 0.3 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if pairs >= 4 and even > 0.3 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return ""


def _mostly_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")(MARK)
    good = bad = 0
    for chunk in _chunks(path):
        text = decoder.decode(chunk)
        marked = len(_MARKED.findall(text))
        bad += marked
        good += sum(1 for _ in re.finditer(r"[^\x00-\x7f]", text)) - marked
    return good > bad
