"""What is acknowledged must outlive a power cut: the database is asked at the start whether it will."""

from __future__ import annotations

from django.db import connection
from django.db.backends.utils import CursorWrapper

_SQLITE = {"synchronous": 2, "journal_mode": "wal", "secure_delete": 1}
_POSTGRES = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "remote_write", "remote_apply"),
}


class NotDurableError(Exception):
    """The database may lose what it has acknowledged; the text says which setting to mend."""


def check() -> None:
    """Raises `NotDurableError` for a database with weaker settings than Beside needs."""
    with connection.cursor() as cursor:
        for name, found, wanted in _found(cursor):
            if found not in wanted:
                raise NotDurableError(
                    f"the database has {name} = {found}, and could lose messages that it has acknowledged. "
                    f"Set {name} to {wanted[0]}."
                )


def _found(cursor: CursorWrapper) -> list[tuple[str, object, tuple[object, ...]]]:
    if connection.vendor == "sqlite":
        return [(name, _asked(cursor, f"PRAGMA {name}"), (wanted,)) for name, wanted in _SQLITE.items()]
    return [(name, _asked(cursor, f"SHOW {name}"), wanted) for name, wanted in _POSTGRES.items()]


def _asked(cursor: CursorWrapper, question: str) -> object:
    cursor.execute(question)
    row = cursor.fetchone()
    return row[0] if row else None
