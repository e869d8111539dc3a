"""A keystore of its own for a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beside.space import sealed


@contextmanager
def keystore(folder: Path, settings) -> Iterator[None]:
    """Keys, photos and jobs lie in `folder`; no key of another test is known."""
    settings.BESIDE_KEYSTORE = str(folder / "keys")
    settings.BESIDE_MASTER_KEY = str(folder / "master.key")
    settings.MEDIA_ROOT = str(folder / "photos")
    settings.BESIDE_JOBS = folder / "jobs"
    sealed.vault.cache_clear()
    yield
    sealed.vault.cache_clear()
