"""Beside itself, under the default policy."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import Judged, Peer


class Adapter(Peer):
    """Delivered is more than `support` over a level, so the gate's own decision counts."""

    name = "Beside"
    package = "beside"
    threshold = 0.0
    rule = "delivered under the default policy"

    def load(self) -> None:
        from beside import Gate

        self._gate = Gate()

    def scores(self, texts: Sequence[str]) -> list[float]:
        return [decision.support for decision in self._gate.decide_many(texts)]

    def judged(self, texts: Sequence[str]) -> list[Judged]:
        return [(found.support, found.action == "deliver") for found in self._gate.decide_many(texts)]
