"""Leak, hush and AUC of systems on the validation messages."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import Judged
from bench.results import Quality
from beside import Action, Policy
from beside.gate.policy import decide
from beside.gate.weights import SHIPPED
from beside.train.corpus import Message
from beside.train.measure import auc_figure, right_rule, share
from beside.train.pack import readings
from beside.train.report import crossed as cut_off_by_others


def quality(messages: Sequence[Message], judged: Sequence[Judged]) -> Quality:
    """Right is what the default policy does with a message's labels."""
    right = [right_rule(message.labels, Policy()) is Action.DELIVER for message in messages]
    passed = [flag for _, flag in judged]
    leaked = sum(flag for flag, wanted in zip(passed, right, strict=True) if not wanted)
    hushed = sum(not flag for flag, wanted in zip(passed, right, strict=True) if wanted)
    return Quality(
        leak=share(leaked, len(right) - sum(right)),
        hush=share(hushed, sum(right)),
        auc=auc_figure(right, [score for score, _ in judged]),
    )


def crossed(messages: Sequence[Message]) -> list[Judged]:
    """Beside with cut-offs and levels made on the other authors' messages, author by author.

    The shipped ones may have been set on these very messages, which flatters leak and hush.
    """
    texts = [message.text for message in messages]
    scales = cut_off_by_others(messages, readings(SHIPPED, texts, apart=False))
    found = [
        decide(reading, Policy(), scale)
        for reading, scale in zip(readings(SHIPPED, texts), scales, strict=True)
    ]
    return [(one.support, one.action is Action.DELIVER) for one in found]
