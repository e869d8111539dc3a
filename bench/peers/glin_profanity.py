"""glin-profanity: a word list; its leetspeak detection, off as shipped, is switched on."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import Peer


class Adapter(Peer):
    name = "glin-profanity"
    package = "glin-profanity"
    threshold = 0.5
    rule = "`is_profane` is false (leetspeak on)"

    def load(self) -> None:
        from glin_profanity import Filter

        self._profane = Filter({"detect_leetspeak": True}).is_profane

    def scores(self, texts: Sequence[str]) -> list[float]:
        return [float(not self._profane(text)) for text in texts]
