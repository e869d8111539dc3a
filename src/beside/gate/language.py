"""Whether a text is in a language that the model reads, told from its letters alone.

A linear classifier over hashed character n-grams (one to four letters, word by word). It answers "en",
"other", or "" where there are too few words to tell: names, emoji, a set phrase.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from beside.gate.canonical import Canonical
from beside.gate.words import SET_PHRASES

BUCKETS = 1 << 15
_FEWEST_WORDS = 5
_FAR = -2.0
_PUNCTUATION = ".,;:!?\"'()[]…-*_~#@"


@lru_cache(maxsize=65536)
def features(word: str) -> tuple[int, ...]:
    """The buckets of a word's n-grams and of the word itself."""
    padded = f"<{word}>"
    grams = {padded} | {padded[i : i + n] for n in (1, 2, 3, 4) for i in range(len(padded) - n + 1)}
    return tuple(sorted(zlib.crc32(gram.encode()) % BUCKETS for gram in grams))


def words_of(form: Canonical) -> list[str]:
    """The words that somebody wrote in letters: no names of emoji, no set phrases."""
    written = _without_set_phrases(" ".join(_written(form)))
    return [word for word in (part.strip(_PUNCTUATION) for part in written.split()) if _lettered(word)]


def _lettered(word: str) -> bool:
    return word.isalpha() or word.replace("'", "").replace("-", "").isalpha()


def _written(form: Canonical) -> Iterator[str]:
    """The words that stand in the text itself; every letter of an emoji's name has one and the same place."""
    start = 0
    for word in form.text.split():
        start = form.text.index(word, start)
        end = start + len(word)
        if len(word) == 1 or form.offsets[start] != form.offsets[end - 1]:
            yield word
        start = end


class LanguageReader:
    """`weights` (BUCKETS,) and `bias`: positive scores mean English."""

    def __init__(self, weights: NDArray[np.float32], bias: float) -> None:
        self._weights, self._bias = weights, bias
        self._score = lru_cache(maxsize=65536)(self._word)

    def _word(self, word: str) -> float:
        places = list(features(word))
        return float(self._weights[places].mean())

    def score(self, words: list[str]) -> float:
        """The mean evidence for English; above 0 it is English."""
        return sum(self._score(word) for word in words) / len(words) + self._bias

    def language(self, form: Canonical) -> str:
        """ "en", "other", or "" for a text with too few words to tell."""
        words = words_of(form)
        if len(words) < _FEWEST_WORDS - 1:
            return ""
        score = self.score(words)
        if len(words) < _FEWEST_WORDS:  # four words may be four names: only what is far from English counts
            return "other" if score < _FAR else ""
        return "en" if score > 0 else "other"


def _without_set_phrases(canonical: str) -> str:
    for phrase in SET_PHRASES:
        if phrase in canonical:
            canonical = canonical.replace(phrase, " ")
    return canonical
