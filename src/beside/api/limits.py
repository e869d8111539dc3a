"""How fast one caller may ask: a bucket of tokens that fills by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from beside.api.keys import Key


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Limits:
    """The buckets of all keys. Several texts in one request cost as much as several requests."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, key: Key) -> float:
        """Takes one token; the seconds to wait where there is none, otherwise 0."""
        if key.rate <= 0:
            return 0.0
        bucket = self._filled(key)
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / key.rate
        bucket.tokens -= 1
        return 0.0

    def charge(self, key: Key, more: int) -> None:
        """Takes more tokens after the fact; the bucket may go into debt, which later requests wait for."""
        if key.rate > 0 and more > 0:
            self._filled(key).tokens -= more

    def _filled(self, key: Key) -> _Bucket:
        now = self._clock()
        full = float(max(key.burst, 1))
        bucket = self._buckets.setdefault(key.name, _Bucket(full, now))
        bucket.tokens = min(full, bucket.tokens + (now - bucket.filled) * key.rate)
        bucket.filled = now
        return bucket
