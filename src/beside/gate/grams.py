"""A second opinion: a linear model over runs of one to three word pieces.

It errs in other places than the encoder does, costs some twenty microseconds, and the two together are better
than either (see `docs/model-card.md`). Word-piece runs are hashed into `BUCKETS` places; a text's vector is
that of its runs, each weighing by its rarity, scaled to length one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 18
BUCKETS = 1 << BITS
_LONGEST_RUN = 3
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FOLD, _TOP = np.uint64(31), np.uint64(64 - BITS)

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


def places(ids: NDArray[np.int64]) -> Places:
    """The sorted, distinct buckets of the runs of a text's word pieces (T,)."""
    return np.unique(np.concatenate(_runs(ids)))


def _runs(ids: NDArray[np.int64]) -> list[Places]:
    """The buckets of the runs of one piece (T,), of two (T - 1,), and so on, by where a run begins."""
    pieces = ids.astype(np.uint64)
    state = pieces + np.uint64(1)
    found = [(state * _MIX) >> _TOP]
    for run in range(2, _LONGEST_RUN + 1):
        if run > len(pieces):
            break
        state = state[:-1] * _MIX + pieces[run - 1 :]
        state ^= state >> _FOLD
        found.append((state * _MIX) >> _TOP)
    return [at.astype(np.int64) for at in found]


def weighed(at: Places, rarity: Floats) -> Floats:
    """How much each bucket of a text counts: its rarity, the whole scaled to length one."""
    weights = rarity[at]
    return (weights / max(float(np.sqrt((weights * weights).sum())), 1e-9)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Grams:
    """`table` (BUCKETS, heads) in int8, `rarity` (BUCKETS,), `scale` and `bias` (heads,)."""

    table: NDArray[np.int8]
    rarity: Floats
    scale: Floats
    bias: Floats

    def logits(self, ids: NDArray[np.int64]) -> Floats:
        """One logit per head (heads,) for the word pieces of a text, its special tokens included."""
        at = places(ids)
        rows = self.table[at].astype(np.float32)
        return (weighed(at, self.rarity) @ rows * self.scale + self.bias).astype(np.float32)

    def logits_of(
        self, ids: NDArray[np.int64], ranges: Sequence[tuple[int, int]], heads: Sequence[int]
    ) -> Floats:
        """The logits (ranges, heads) of ranges of word pieces, all in one go. A run counts as often as it
        occurs, so they differ a little from what `logits` says of a range by itself."""
        sums = np.zeros((len(ranges), len(heads)), dtype=np.float32)
        length = np.zeros((len(ranges), 1), dtype=np.float32)
        first = np.array([start for start, _ in ranges])
        last = np.array([end for _, end in ranges])
        columns = np.array(heads)
        for more, at in enumerate(_runs(ids)):  # runs of `more` pieces beyond the first
            rarity = self.rarity[at][:, None]
            rows = _summed(self.table[at[:, None], columns] * rarity)
            weights = _summed(rarity * rarity)
            begin = np.minimum(first, len(at))
            end = np.maximum(last - more, begin)
            sums += rows[end] - rows[begin]
            length += weights[end] - weights[begin]
        scaled = sums / np.sqrt(np.maximum(length, 1e-9)) * self.scale[columns] + self.bias[columns]
        return scaled.astype(np.float32)  # type: ignore[no-any-return]


def _summed(rows: Floats) -> Floats:
    """Running sums over the first axis, from nothing on."""
    return np.concatenate([np.zeros_like(rows[:1]), np.cumsum(rows, axis=0)])
