"""What a run found, as plain values: made by the measuring files, read by the page and the plot."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from beside.train.measure import Figure


@dataclass(frozen=True, slots=True)
class Spread:
    """Several repeats of one figure."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(min(values), statistics.median(values), max(values))

    def times(self, factor: float) -> Spread:
        return Spread(self.low * factor, self.median * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Quality:
    """How a system treats labelled messages. Leak and hush are at its makers' threshold."""

    leak: Figure
    hush: Figure
    auc: Figure


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds for one message, messages a second, seconds to the first decision, and megabytes."""

    p50: Spread
    p99: Spread
    new: Spread
    again: Spread
    start: Spread
    memory: Spread
    alone: int
    together: Spread


@dataclass(frozen=True, slots=True)
class System:
    """One row. `missing` says why there is nothing to show: not installed, or what went wrong."""

    name: str
    version: str
    rule: str
    quality: Quality | None = None
    speed: Speed | None = None
    missing: str = ""

    def without(self, why: str) -> System:
        return replace(self, missing=why)

    def measured(self, quality: Quality, speed: Speed | None) -> System:
        return replace(self, quality=quality, speed=speed)


@dataclass(frozen=True, slots=True)
class Sifted:
    """A post of `comments` comments sifted from a CSV; `share` is its part of a famous post."""

    title: str
    comments: int
    distinct: int
    share: int
    seconds: Spread
    memory: Spread


@dataclass(frozen=True, slots=True)
class Results:
    """One run."""

    date: str
    command: str
    tiny: bool
    repeats: int
    sifts: int
    machine: Sequence[tuple[str, str]]
    messages: int
    characters: tuple[float, float]
    systems: Sequence[System]
    posts: Sequence[Sifted]
