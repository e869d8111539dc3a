"""A database of its own for processes that a test starts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4


@contextmanager
def fresh_database(folder: Path) -> Iterator[dict[str, str]]:
    """The surroundings of such a process: a file in `folder`, or where the tests run on PostgreSQL a database
    that is dropped at the end."""
    surroundings = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "beside.server.settings",
        "BESIDE_DATA": str(folder / "data"),
    }
    url = os.environ.get("BESIDE_DATABASE")
    if not url:
        yield surroundings
        return
    name = f"test_{uuid4().hex}"
    _do(url, f"CREATE DATABASE {name}")
    try:
        yield {**surroundings, "BESIDE_DATABASE": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
    finally:
        _do(url, f"DROP DATABASE {name} WITH (FORCE)")


def _do(url: str, command: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(command)
