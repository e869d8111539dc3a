"""Readers and writers of files and platform exports.

In: a path. Out: an `Export`, whose `units` are its messages, each with the row it came in, and whose
`write` writes the file again without some of them. A new format is a class with those two, a line in
`detect.py`, and a test of its round trip in `tests/exports`.
"""

from beside.exports.detect import look, open_export, open_surveyed
from beside.exports.encoding import Survey
from beside.exports.rows import Entry, Export, ExportError, Json, Message, Unit, Unreadable

__all__ = [
    "Entry",
    "Export",
    "ExportError",
    "Json",
    "Message",
    "Survey",
    "Unit",
    "Unreadable",
    "look",
    "open_export",
    "open_surveyed",
]
