"""The gate: text in, Decision out.

Pure: no network, no clock, no randomness. Whatever goes wrong inside, the answer is hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from beside.gate import weights as _weights
from beside.gate.policy import Caution, Policy, PolicyError, Scale, decide
from beside.gate.reader import Reader
from beside.gate.reading import Action, Decision, Reading, Span, unread

__all__ = ["Action", "Caution", "Decision", "Gate", "Policy", "PolicyError", "Reading", "Span"]


class Gate:
    """Reads texts and decides. One per process is enough; it may be used from several threads.

    `weights` is a folder of weights; without it the shipped ones. Raises
    `beside.gate.weights.WeightsError` when they are damaged: a gate that cannot read must not start.
    """

    def __init__(self, weights: str | Path | None = None) -> None:
        loaded = _weights.load(Path(weights) if weights is not None else _weights.SHIPPED)
        self._reader = Reader(loaded)
        self._scale: Scale = loaded.scale
        self._default = Policy()

    @property
    def model(self) -> str:
        """Name and version of the model."""
        return self._reader.model

    def read(self, text: str) -> Reading:
        """What the gate sees in one text, before any rules. Never raises for a string."""
        try:
            return self._reader.read(text)
        except Exception:  # noqa: BLE001  a text must never be able to open the gate by breaking it
            return unread(model=self.model)

    def decide(self, text: str, policy: Policy | None = None) -> Decision:
        """What happens to one text under a policy (the default one if none is given)."""
        return self.judge(self.read(text), policy)

    def decide_many(self, texts: Sequence[str], policy: Policy | None = None) -> list[Decision]:
        """What happens to many texts, in their order, each as `decide` would decide it."""
        try:
            readings = self._reader.read_many(texts)
        except Exception:  # noqa: BLE001  one bad text must not take the others with it
            readings = [self.read(text) for text in texts]
        return [self.judge(reading, policy) for reading in readings]

    def judge(self, reading: Reading, policy: Policy | None = None) -> Decision:
        """What happens, under a policy, to a text that was read before: nothing is read again."""
        rules = policy or self._default
        try:
            return decide(reading, rules, self._scale)
        except Exception:  # noqa: BLE001  fail closed
            return decide(unread(model=self.model), rules, self._scale)
