"""alt-profanity-check: a linear model over words, trained on profanity."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import Peer


class Adapter(Peer):
    name = "alt-profanity-check"
    package = "alt-profanity-check"
    threshold = 0.5
    rule = "`predict` says 0"

    def load(self) -> None:
        from profanity_check import predict_prob

        self._profane = predict_prob

    def scores(self, texts: Sequence[str]) -> list[float]:
        return [1.0 - float(profane) for profane in self._profane(list(texts))]
