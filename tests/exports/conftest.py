"""A desk to open made-up files on."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from beside.exports import Entry, Export, Message, Unreadable, open_export


class Desk:
    """Writes files, opens them, and writes them again without what is unreadable or says "bad"."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, name: str, data: str | bytes, text_column: str | None = None) -> Export:
        path = self._folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return open_export(path, text_column=text_column)

    def entries(self, export: Export) -> list[Entry]:
        return [entry for unit in export.units() for entry in unit.entries]

    def texts(self, export: Export) -> list[str]:
        return [entry.text for entry in self.entries(export) if isinstance(entry, Message)]

    def unreadable(self, export: Export) -> list[tuple[int, str]]:
        return [(e.line, e.reason) for e in self.entries(export) if isinstance(e, Unreadable)]

    def rewritten(
        self, export: Export, stays: Callable[[Message], bool] = lambda m: "bad" not in m.text
    ) -> bytes:
        answers = [isinstance(e, Message) and stays(e) for e in self.entries(export)]
        out = io.BytesIO()
        export.write(iter(answers), out)
        return out.getvalue()

    def whole(self, export: Export) -> bytes:
        """The file written again with every message in it."""
        return self.rewritten(export, lambda _: True)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
