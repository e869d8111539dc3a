"""VADER: sentiment from a lexicon and rules."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import Peer


class Adapter(Peer):
    name = "vaderSentiment"
    package = "vaderSentiment"
    # Its makers call a compound score of -0.05 and less negative; here it is moved from -1..1 to 0..1.
    threshold = 0.475
    rule = "not negative (compound over -0.05)"

    def load(self) -> None:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        self._feel = SentimentIntensityAnalyzer().polarity_scores

    def scores(self, texts: Sequence[str]) -> list[float]:
        return [(float(self._feel(text)["compound"]) + 1.0) / 2.0 for text in texts]
