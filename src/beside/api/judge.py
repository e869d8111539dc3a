"""Texts in, what the gate saw and decided out, off the event loop; whatever fails on the way is a hold."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from beside.api.pressure import Lane, Late
from beside.gate import Action, Decision, Policy, Reading
from beside.gate.reading import unread
from beside.gate.reasons import words_for

_SHORT = 2_000
_EACH = 60  # what a text costs besides its characters
_FAILED = ("failed",)


class Comments(Protocol):
    """What reads ordinary comments: see `beside.api.ordinary.Ordinary`."""

    def scores(self, text: str) -> Mapping[str, float]: ...


class Gate(Protocol):
    """What the API needs of a gate."""

    @property
    def model(self) -> str: ...

    def read(self, text: str) -> Reading: ...

    def judge(self, reading: Reading, policy: Policy | None = None) -> Decision: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """One text as the gate saw it, what happens to it, and its scores as a comment where asked for."""

    reading: Reading
    decision: Decision
    ordinary: Mapping[str, float]


class Judge:
    """A gate behind two lanes, so that a few long texts never keep short ones waiting."""

    def __init__(
        self, gate: Gate, comments: Comments, short: Lane, long: Lane, timed: Callable[[float], None]
    ) -> None:
        self._gate, self._comments = gate, comments
        self._short, self._long, self._timed = short, long, timed

    @property
    def model(self) -> str:
        """Name and version of the model."""
        return self._gate.model

    @property
    def full(self) -> bool:
        """Whether even a short request would be refused now."""
        return self._short.full

    async def see(
        self, texts: Sequence[str], policy: Policy, deadline: float | None = None, *, ordinary: bool = False
    ) -> list[Seen]:
        """What the gate makes of each text, and with `ordinary` its scores as a comment about anything.

        Raises `Busy` or `Late`.
        """
        length = sum(map(len, texts))
        lane = self._short if length + _EACH * len(texts) <= _SHORT else self._long
        return await lane.run(
            length + _EACH * len(texts),
            lambda given_up: self._all(texts, policy, ordinary, given_up),
            deadline,
        )

    def _all(self, texts: Sequence[str], policy: Policy, ordinary: bool, given_up: Event) -> list[Seen]:
        seen = []
        for text in texts:
            if given_up.is_set():
                raise Late
            start = time.perf_counter()
            seen.append(self._one(text, policy, ordinary))
            self._timed(time.perf_counter() - start)
        return seen

    def _one(self, text: str, policy: Policy, ordinary: bool) -> Seen:
        try:
            reading = self._gate.read(text)
            scores = self._comments.scores(text) if ordinary else {}
            return Seen(reading, self._gate.judge(reading, policy), scores)
        except Exception:  # noqa: BLE001  a text must never get through by breaking the gate
            return self._failed()

    def _failed(self) -> Seen:
        reading = unread(model=self._gate.model)
        decision = Decision(Action.HOLD, codes=_FAILED, reasons=words_for(_FAILED), model=self._gate.model)
        return Seen(reading, decision, {})
