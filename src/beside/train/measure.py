"""The figures of a gate on labelled messages, each with its count and a 95 % interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beside.codebook import BY_NAME, NAMES, Rule
from beside.gate.policy import PRESETS, Policy, Scale, decide, support
from beside.gate.reading import Action, Reading
from beside.train.corpus import Message

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure: value, the count it rests on, and its 95 % interval."""

    value: float
    count: int
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.4f} (n = {self.count}, 95 % {self.low:.4f} to {self.high:.4f})"


def share(hits: int, count: int) -> Figure:
    """A proportion with Wilson's interval."""
    if count == 0:
        return Figure(math.nan, 0, 0.0, 1.0)
    z, p = 1.96, hits / count
    middle = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return Figure(p, count, max(0.0, middle - half), min(1.0, middle + half))


def right_rule(labels: frozenset[str], policy: Policy) -> Action:
    """What is right to do with a message of these labels under a policy."""
    if "crisis" in labels:
        return Action.HOLD
    rules = [policy.labels[name] for name in labels]
    if Rule.DECLINE in rules:
        return Action.DECLINE
    supported = any(BY_NAME[name].supports and policy.labels[name] is Rule.WELCOME for name in labels)
    return Action.DELIVER if supported and set(rules) == {Rule.WELCOME} else Action.HOLD


def auc(wanted: Sequence[bool], scores: Sequence[float]) -> float:
    """The area under the ROC curve: how often a right message scores above a wrong one."""
    order = np.asarray(scores, dtype=np.float64)
    ranks = np.empty(len(order))
    places = order.argsort(kind="stable")
    ranks[places] = np.arange(1, len(order) + 1)
    for value in np.unique(order):
        same = order == value
        ranks[same] = ranks[same].mean()
    truth = np.asarray(wanted, dtype=bool)
    good, bad = int(truth.sum()), int((~truth).sum())
    return float((ranks[truth].sum() - good * (good + 1) / 2) / (good * bad))


def auc_figure(wanted: Sequence[bool], scores: Sequence[float], rounds: int = 300) -> Figure:
    """AUC with a bootstrap interval, seeded."""
    truth, values = np.asarray(wanted, dtype=bool), np.asarray(scores)
    chance = np.random.default_rng(11)
    drawn = []
    for _ in range(rounds):
        rows = chance.integers(0, len(truth), len(truth))
        if 0 < truth[rows].sum() < len(rows):
            drawn.append(auc(truth[rows].tolist(), values[rows].tolist()))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Figure(auc(wanted, scores), len(truth), float(low), float(high))


def calibration_error(wanted: Sequence[bool], scores: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    truth, values = np.asarray(wanted, dtype=float), np.asarray(scores, dtype=float)
    places = np.minimum((values * bins).astype(int), bins - 1)
    gaps = [
        abs(truth[places == place].mean() - values[places == place].mean()) * (places == place).sum()
        for place in range(bins)
        if (places == place).any()
    ]
    return float(sum(gaps) / len(truth))


def macro_f1(
    messages: Sequence[Message], readings: Sequence[Reading], scales: Sequence[Scale]
) -> dict[str, float]:
    """F1 per label at its cut-off, and their mean under `macro`."""
    scores = {}
    for name in NAMES:
        truth = np.array([name in message.labels for message in messages])
        found = np.array(
            [
                reading.scores[name] >= scale.cutoffs[name]
                for reading, scale in zip(readings, scales, strict=True)
            ]
        )
        scores[name] = 2 * int((truth & found).sum()) / max(1, int(truth.sum() + found.sum()))
    scores["macro"] = float(np.mean([scores[name] for name in NAMES]))
    return scores


def marked_f1(messages: Sequence[Message], readings: Sequence[Reading]) -> Figure:
    """Token F1 of the marked words over the messages that are kind first and hurtful then."""
    hit = found = wanted = count = 0
    for message, reading in zip(messages, readings, strict=True):
        if not message.spans or not (message.labels & {"comfort", "practical_help", "shared_loss", "faith"}):
            continue
        count += 1
        truth = _words_in(message.text, [(span.start, span.end) for span in message.spans])
        guess = _words_in(message.text, [(span.start, span.end) for span in reading.spans])
        hit, found, wanted = hit + len(truth & guess), found + len(guess), wanted + len(truth)
    value = 2 * hit / max(1, found + wanted)
    return _exactly(value, count)


def _words_in(text: str, ranges: Sequence[tuple[int, int]]) -> set[int]:
    words, start = set(), 0
    for word in text.split():
        start = text.index(word, start)
        end = start + len(word)
        if any(first < end and start < last for first, last in ranges):
            words.add(start)
        start = end
    return words


def figures(
    messages: Sequence[Message], readings: Sequence[Reading], policy: Policy, scales: Sequence[Scale]
) -> dict[str, Figure]:
    """Leak, hush, leak of what is to be declined, crisis recall, AUC and calibration under one policy.

    `scales`: the scale by which each message is judged, so that none has to be judged by its own.
    """
    right = [right_rule(message.labels, policy) for message in messages]
    pairs = list(zip(readings, scales, strict=True))
    got = [decide(reading, policy, scale) for reading, scale in pairs]
    certain = [support(reading, policy, scale) for reading, scale in pairs]
    deliver = [action is Action.DELIVER for action in right]
    sent = [decision.action is Action.DELIVER for decision in got]
    found = {
        "leak": _among(sent, [not flag for flag in deliver]),
        "hush": _among([not flag for flag in sent], deliver),
        "leak of decline": _among(sent, [action is Action.DECLINE for action in right]),
        "crisis recall": _among(
            ["crisis" in decision.labels for decision in got],
            ["crisis" in message.labels for message in messages],
        ),
        "calibration error": _exactly(calibration_error(deliver, certain), len(messages)),
    }
    return found | ({"auc": auc_figure(deliver, certain)} if any(deliver) else {})


def _exactly(value: float, count: int) -> Figure:
    return Figure(value, count, value, value)


def _among(flags: Sequence[bool], chosen: Sequence[bool]) -> Figure:
    return share(sum(flag for flag, take in zip(flags, chosen, strict=True) if take), sum(chosen))


def all_presets(
    messages: Sequence[Message], readings: Sequence[Reading], scales: Sequence[Scale]
) -> dict[str, dict[str, Figure]]:
    """The figures under every preset."""
    return {name: figures(messages, readings, policy, scales) for name, policy in PRESETS.items()}
