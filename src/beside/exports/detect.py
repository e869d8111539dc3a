"""What a file is, by its content first and its name second."""

from __future__ import annotations

import re
from pathlib import Path

from beside.exports.encoding import Survey, survey
from beside.exports.json_file import JsonFile
from beside.exports.json_window import parse
from beside.exports.jsonl import JsonLines
from beside.exports.parquet import Parquet
from beside.exports.plain import Plain
from beside.exports.rows import Export, ExportError
from beside.exports.separated import Separated
from beside.exports.wxr import Wxr

_NOT_YET = (
    (b"PK\x03\x04", "is a ZIP or an Excel file. Unpack it, or save the sheet as CSV, and give that file"),
    (b"\x1f\x8b", "is compressed with gzip. Unpack it (gunzip) and give the file inside"),
    (b"%PDF", "is a PDF. Beside needs the messages as CSV, JSON or plain text"),
    (b"SQLite format 3", "is an SQLite database. Export the table as CSV and give that file"),
)


def open_export(path: Path, *, text_column: str | None = None) -> Export:
    """The file at `path`, ready to be read; reads it once for its checksum and encoding.

    `ExportError` says what to do if the file is missing, empty, of an unknown format, or does not
    say which column holds the messages.
    """
    return open_surveyed(look(path), text_column=text_column)


def look(path: Path) -> Survey:
    """The survey of `path`, or an error if there is nothing to read."""
    if not path.exists():
        raise ExportError(f"{path} does not exist.")
    if not path.is_file():
        raise ExportError(f"{path} is a folder. Give the files in it that hold messages.")
    try:
        found = survey(path)
    except PermissionError:
        raise ExportError(f"{path} may not be read by you.") from None
    if found.size == len(found.bom):
        raise ExportError(f"{path.name} is empty.")
    return found


def open_surveyed(found: Survey, *, text_column: str | None = None) -> Export:
    """Like `open_export`, for a file that has been looked at."""
    with found.path.open("rb") as file:
        magic = file.read(16)
    if magic.startswith(b"PAR1"):
        return Parquet(found, text_column)
    for start, advice in _NOT_YET:
        if magic.startswith(start):
            raise ExportError(f"{found.path.name} {advice}.")
    return _by_text(found, text_column)


def _by_text(found: Survey, text_column: str | None) -> Export:
    head = found.head()
    start, ending = head.lstrip("\ufeff \t\r\n"), found.path.suffix.lower()
    if ending in (".csv", ".tsv", ".tab"):
        return Separated(found, text_column, None if ending == ".csv" else "\t")
    if ending in (".txt", ".text"):
        return Plain(found)
    if ending in (".jsonl", ".ndjson") or _is_lines_of_json(start):
        return JsonLines(found, text_column)
    if start[:1] in ("{", "[") or ending == ".json":
        return JsonFile(found, text_column)
    if start.startswith("<"):
        return _markup(found, start, text_column)
    return _unnamed(found, text_column)


def _markup(found: Survey, start: str, text_column: str | None) -> Export:
    if "wordpress.org/export" in start:
        return Wxr(found)
    if re.match(r"<!doctype\s+html|<html", start, re.IGNORECASE):
        raise ExportError(
            f"{found.path.name} is a web page. Ask the site for JSON instead of HTML (Instagram and "
            'Facebook: "Download your information", format JSON) and give that file.'
        )
    if found.path.suffix.lower() == ".xml" or start.startswith("<?xml"):
        raise ExportError(f"{found.path.name} is XML, but not a WordPress export; Beside knows no other XML.")
    return _unnamed(found, text_column)


def _is_lines_of_json(start: str) -> bool:
    """Whether the text goes on with another value after its first one, on a line of its own."""
    first = start.split("\n", 1)[0]
    try:
        _, end = parse(first)
    except (ValueError, RecursionError):
        return False
    return first[:1] == "{" and not first[end:].strip() and start[len(first) :].lstrip()[:1] == "{"


def _unnamed(found: Survey, text_column: str | None) -> Export:
    """A file whose name says nothing: a table if its first row names a column of messages."""
    try:
        return Separated(found, text_column)
    except ExportError:
        raise ExportError(
            f"Beside cannot tell what {found.path.name} is. If it holds one message a line, name it .txt; "
            "if it is a table whose first row names the columns, name it .csv or .tsv and say which "
            "column holds the messages: --text-column NAME."
        ) from None
