"""Leak, hush and AUC of systems on the validation messages."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import Judged
from bench.results import Quality
from beside import Action, Gate, Policy
from beside.gate.policy import decide
from beside.train.calibrate import scale_of
from beside.train.corpus import Message
from beside.train.measure import auc_figure, right_rule, share


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
    gate = Gate()
    readings = [gate.read(message.text) for message in messages]
    judged: dict[int, Judged] = {}
    for author in {message.author for message in messages}:
        others = [place for place, message in enumerate(messages) if message.author != author]
        scale = scale_of([messages[place] for place in others], [readings[place] for place in others])
        for place in set(range(len(messages))).difference(others):
            found = decide(readings[place], Policy(), scale)
            judged[place] = (found.support, found.action is Action.DELIVER)
    return [judged[place] for place in range(len(messages))]
