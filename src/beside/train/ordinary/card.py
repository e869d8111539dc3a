"""The card of the model for ordinary comments: its checksum, and what makes its logits probabilities."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beside.api.ordinary import CARD, MODEL, Ordinary
from beside.api.scores import MET, ORDINARY
from beside.train.ordinary.comments import OTHERS, Comment

Floats = NDArray[np.float64]
_STEPS = 60
_CERTAIN = 1e-6
_START = np.array([1.0, 0.0])


def finish(folder: Path, kept: Sequence[Comment]) -> None:
    """Writes the card of the model in `folder`, its lines fitted on comments of ours."""
    checksum = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    known = [comment for comment in kept if comment.source not in OTHERS]
    _write(folder, checksum, {name: [1.0, 0.0] for name in ORDINARY})
    reader = Ordinary(folder)
    logits = _logits([list(reader.scores(comment.text).values()) for comment in known])
    wanted = np.stack([comment.wanted for comment in known]).astype(np.float64)
    lines = {name: line(logits[:, column], wanted[:, column]) for column, name in enumerate(ORDINARY)}
    _write(folder, checksum, lines)


def _write(folder: Path, checksum: str, lines: dict[str, list[float]]) -> None:
    card = {"name": f"ordinary-{checksum[:8]}", "sha256": checksum, "lines": lines}
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _logits(scores: Sequence[Sequence[float]]) -> Floats:
    likely = np.clip(np.array(scores), _CERTAIN, 1 - _CERTAIN)
    return np.log(likely / (1 - likely))


def line(logits: Floats, wanted: Floats) -> list[float]:
    """Slope and height of a logistic regression on one logit, hardly pulled to (1, 0).

    The rarer side weighs more, by the root of what would make both weigh the same: most labels are rare, and
    a score that is right on average would hardly ever reach 0.5.
    """
    rows = np.stack([logits, np.ones_like(logits)], axis=1)
    share = np.clip(wanted.mean(), _CERTAIN, 1 - _CERTAIN)
    weights = np.where(wanted > MET, np.sqrt(0.5 / share), np.sqrt(0.5 / (1 - share)))
    found = _START
    for _ in range(_STEPS):
        guess = 1 / (1 + np.exp(-np.clip(rows @ found, -40, 40)))
        slope = rows.T @ ((guess - wanted) * weights) + (found - _START)
        bend = (rows * (weights * guess * (1 - guess))[:, None]).T @ rows + np.eye(2)
        step = np.linalg.solve(bend, slope)
        best = _loss(rows, wanted, weights, found) + _CERTAIN
        while _loss(rows, wanted, weights, found - step) > best:
            step = step / 2  # Newton's step leads too far where every guess is sure
        found = found - step
    return [round(float(number), 6) for number in found]


def _loss(rows: Floats, wanted: Floats, weights: Floats, found: Floats) -> float:
    margins = rows @ found
    each = weights * (np.logaddexp(0, margins) - wanted * margins)
    return float(each.sum() + ((found - _START) ** 2).sum() / 2)
