"""Messages in, decisions out; whatever goes wrong on the way, the answer is hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from beside import codebook
from beside.exports import Message
from beside.gate.reading import Action, Decision

# What a host must not meet beside a kind message, in a place where nobody looks for it: a name.
_NOT_IN_A_NAME = frozenset(codebook.MARKED)


class Gate(Protocol):
    """What sift needs of a gate."""

    def decide_many(self, texts: list[str], policy: Any = None) -> list[Decision]:
        """A decision for each text, in order, the same whatever else is in the batch."""


class Judge:
    """A gate under one policy that never raises."""

    def __init__(self, gate: Gate, policy: object) -> None:
        self._gate = gate
        self._policy = policy

    @property
    def model(self) -> str:
        """The version of the gate's model, as its decisions carry it."""
        return self.decide(["I am so sorry."])[0].model

    def decide(self, texts: Sequence[str]) -> list[Decision]:
        """A decision for each text, in order."""
        if not texts:
            return []
        try:
            decisions = self._gate.decide_many(list(texts), self._policy)
            if len(decisions) == len(texts):
                return decisions
        except Exception:  # noqa: BLE001, S110
            pass  # A failing gate must neither deliver nor stop the run: each text is tried alone below.
        return [_failed()] if len(texts) == 1 else [self.decide([text])[0] for text in texts]

    def names(self, messages: Sequence[Message]) -> list[str]:
        """The senders' names as they may be shown: none in place of one that hurts."""
        asked = sorted({message.author for message in messages if message.author.strip()})
        shown = {name for name, read in zip(asked, self.decide(asked), strict=True) if _is_harmless(read)}
        return [message.author if message.author in shown else "" for message in messages]


def _is_harmless(read: Decision) -> bool:
    # A name says nothing kind by itself, so most are held; only what hurts counts against one.
    unread = any("failed" in code for code in read.codes)
    return not (unread or read.action is Action.DECLINE or _NOT_IN_A_NAME.intersection(read.labels))


def _failed() -> Decision:
    return Decision(
        Action.HOLD,
        reasons=("It could not be read, so a person should read it first.",),
        codes=("gate_failed",),
    )
