"""Long texts in windows: every window is read, and the worst counts."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE = 128  # a text of so many tokens is read in one piece
LONGEST = 48  # of a longer one, each window is small enough that no kindness around a blow can hide it
STRIDE = 24


def windows(length: int) -> list[tuple[int, int]]:
    """Token ranges that cover `length` tokens; a text that fits is one window."""
    if length <= WHOLE:
        return [(0, length)]
    starts = range(0, length - LONGEST + STRIDE, STRIDE)
    return [(start, min(start + LONGEST, length)) for start in starts]


def worst_of(rows: Sequence[Sequence[float]]) -> tuple[list[float], float]:
    """Label probabilities and deliver probability of a text from those of its windows.

    Each row holds the labels' probabilities, then that anything is unwelcome, then that the window by
    itself should be delivered. A window of plain story need not be support by itself, but no window
    may hold what is unwelcome, and one at least must be support.
    """
    labels = [max(column) for column in zip(*(row[:-2] for row in rows), strict=True)]
    best = max(row[-1] for row in rows)
    return labels, min(best, *(max(row[-1], 1 - row[-2]) for row in rows)) if len(rows) > 1 else best
