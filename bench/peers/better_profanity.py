"""better-profanity: a word list that knows common disguises."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import Peer


class Adapter(Peer):
    name = "better-profanity"
    package = "better-profanity"
    threshold = 0.5
    rule = "`contains_profanity` is false"

    def load(self) -> None:
        from better_profanity import profanity

        self._contains = profanity.contains_profanity

    def scores(self, texts: Sequence[str]) -> list[float]:
        return [float(not self._contains(text)) for text in texts]
