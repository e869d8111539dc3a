"""Every setting of the API, each with a default that suits one small machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How one process of the API runs.

    `open` serves this machine without keys. `policies` is a folder of policy files, `keys` the file of
    keys. Sizes are bytes, lengths characters, times seconds. `url` is how callers reach the API, where
    that differs from what they send as their host.
    """

    open: bool = False
    host: str = "127.0.0.1"
    port: int = 8001
    url: str = ""
    policies: Path | None = None
    keys: Path | None = None
    weights: Path | None = None
    body: int = 1_000_000
    body_seconds: float = 10.0
    texts: int = 256
    characters: int = 200_000
    threads: int = 2
    # A short request waits behind at most this many characters; what comes then is refused at once.
    queue: int = 8_000
    long_queue: int = 400_000
    deadline: float = 0.4
    long_deadline: float = 20.0
    # Coral's own setting for an external phase starts at 200 ms, and what comes later is published.
    coral_deadline: float = 0.15
    shelf_seconds: float = 1.0


LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))


def problem_of(settings: Settings) -> str:
    """Why the API must not start like this, with what to do; empty if it may."""
    if settings.open and settings.host not in LOOPBACK:
        return (
            f"--open answers whoever asks, so it serves this machine only, not {settings.host}. "
            "Leave out --host, or leave out --open and make a key: beside api key create NAME"
        )
    if not settings.open and settings.keys is None:
        return "Without keys nobody could ask anything. Name a file with --keys, or try it with --open"
    return ""
