"""The scale of a model: cut-offs, levels of caution and the calibration of `support`.

Made on the quantized model's readings of messages that it never saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from beside.codebook import NAMES, Rule
from beside.gate.policy import _DEFAULTS, PRESETS, Caution, Scale, _log_deliverable, support
from beside.gate.reading import Action, Reading
from beside.train.corpus import Message
from beside.train.measure import right_rule

Floats = NDArray[np.float64]
_GRID = np.round(np.arange(0.10, 0.91, 0.01), 2)
CRISIS_RECALL = 0.965
FALSE_ALARMS = 0.0008
WELCOME_AT_MOST = 0.35
HUSHES = {Caution.OPEN: 0.005, Caution.CAREFUL: 0.02, Caution.VERY_CAREFUL: 0.06}


def scale_of(messages: Sequence[Message], readings: Sequence[Reading]) -> Scale:
    """Cut-offs by F1 (crisis by recall), `support` by logistic regression, levels by what they may hush."""
    cutoffs = {name: _cutoff(name, messages, readings) for name in NAMES}
    scale = _calibrated(Scale(cutoffs, dict.fromkeys(map(str, Caution), 0.5)), messages, readings)
    kind = [
        reading for message, reading in zip(messages, readings, strict=True) if message.rule is Rule.WELCOME
    ]
    certain = [support(reading, PRESETS["support only"], scale) for reading in kind]
    levels = {str(level): float(np.quantile(certain, hush)) for level, hush in HUSHES.items()}
    return replace(scale, levels=levels)


def _cutoff(name: str, messages: Sequence[Message], readings: Sequence[Reading]) -> float:
    truth = np.array([name in message.labels for message in messages])
    scores = np.array([reading.scores[name] for reading in readings])
    if name == "crisis":
        return float(np.clip(np.quantile(scores[truth], 1 - CRISIS_RECALL), 0.02, 0.5))
    f1 = [2 * (truth & (scores >= at)).sum() / max(1, truth.sum() + (scores >= at).sum()) for at in _GRID]
    smooth = np.convolve(np.pad(f1, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    best = float(_GRID[int(smooth.argmax())])
    if _DEFAULTS[name] is Rule.WELCOME:
        return min(best, WELCOME_AT_MOST)
    # `support` weighs the doubtful cases; a cut-off alone should hardly ever stop what is kind
    kind = np.array([message.rule is Rule.WELCOME for message in messages])
    return max(best, min(0.9, float(np.quantile(scores[kind], 1 - FALSE_ALARMS))))


def _calibrated(scale: Scale, messages: Sequence[Message], readings: Sequence[Reading]) -> Scale:
    rows, wanted = [], []
    for policy in PRESETS.values():
        if policy.name == "quiet":
            continue
        for message, reading in zip(messages, readings, strict=True):
            own = min(max(reading.deliver, 1e-6), 1 - 1e-6)
            usual = _log_deliverable(reading.scores, _DEFAULTS)
            change = _log_deliverable(reading.scores, policy.labels) - usual
            rows.append([np.log(own / (1 - own)), usual, change, 1.0])
            wanted.append(right_rule(message.labels, policy) is Action.DELIVER)
    slope, facts, change, bias = _logistic(np.array(rows), np.array(wanted, dtype=float))
    return replace(scale, slope=slope, facts=facts, change=max(change, facts), bias=bias)


def _logistic(rows: Floats, wanted: Floats, steps: int = 4000) -> list[float]:
    """Logistic regression with no negative slope, by projected gradient steps (Newton-scaled)."""
    weights = np.array([1.0, 0.1, 1.0, 0.0])
    for _ in range(steps):
        guess = 1 / (1 + np.exp(-np.clip(rows @ weights, -40, 40)))
        slope = rows.T @ (guess - wanted) / len(rows)
        bend = (rows * (guess * (1 - guess))[:, None]).T @ rows / len(rows) + 1e-4 * np.eye(4)
        weights = weights - 0.3 * np.linalg.solve(bend, slope)
        weights[:3] = np.maximum(weights[:3], 0.0)
        weights[2] = max(weights[2], weights[1])
    return [float(weight) for weight in weights]
