"""How many rows went where: what the friend's report shows and the caller gets back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

OUTCOMES = ("deliver", "hold", "decline", "unreadable")


@dataclass(slots=True)
class Counts:
    """Rows of one file, or of all, by outcome; `rows` is always the sum of the others."""

    delivered: int = 0
    held: int = 0
    declined: int = 0
    unreadable: int = 0

    @property
    def rows(self) -> int:
        """All rows."""
        return self.delivered + self.held + self.declined + self.unreadable

    def add(self, outcome: str) -> None:
        """Count one row."""
        name = {"deliver": "delivered", "hold": "held", "decline": "declined"}.get(outcome, "unreadable")
        setattr(self, name, getattr(self, name) + 1)


@dataclass(slots=True)
class Tally:
    """Counts per file (in the order given) and, of what was not delivered, per kind."""

    files: list[Counts]
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> Counts:
        """The counts of all files together."""
        return Counts(
            *(
                sum(getattr(counts, name) for counts in self.files)
                for name in ("delivered", "held", "declined", "unreadable")
            )
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: counts per file and in all, where the reports lie, and what to tell about the files."""

    names: tuple[str, ...]
    files: tuple[Counts, ...]
    total: Counts
    report: Path
    friend_report: Path
    notes: tuple[str, ...] = ()
