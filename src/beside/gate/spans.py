"""Which words earned a label: token scores to character ranges of the text as written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from beside.gate.reading import Span

Floats = NDArray[np.float32]
_GAP = 2


def spans_of(label: str, scores: Floats, places: Sequence[tuple[int, int]], cutoff: float) -> list[Span]:
    """The runs of tokens at or over the cut-off, small gaps bridged.

    `scores` (T,) for one label, `places` (T) each token's character range, empty for special tokens.
    Where no token reaches the cut-off, though the text carries the label, the strongest token's run at
    half its own score stands in.
    """
    real = [index for index, (start, end) in enumerate(places) if end > start]
    if not real:
        return []
    top = float(max(scores[index] for index in real))
    marked = [index for index in real if scores[index] >= min(cutoff, top / 2 if top < cutoff else cutoff)]
    runs: list[list[int]] = []
    for index in marked:
        if runs and index - runs[-1][1] <= _GAP + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return [Span(label, places[first][0], places[last][1]) for first, last in runs]


def as_written(spans: Sequence[Span], offsets: Sequence[int], text: str) -> tuple[Span, ...]:
    """Ranges in the canonical text as ranges in the text as written."""
    return tuple(
        Span(span.label, offsets[span.start], min(offsets[span.end - 1] + 1, len(text))) for span in spans
    )
