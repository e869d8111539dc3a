"""The weights of the language reader: logistic regression over hashed n-grams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from beside.gate.canonical import canonical
from beside.gate.language import BUCKETS, LanguageReader, features, words_of

Floats = NDArray[np.float32]
_RUNS = 40_000
_MARGIN = 0.9  # what is left between the two tails is mostly other languages


def fit_language(english: Sequence[str], other: Sequence[str], seed: int = 3) -> tuple[Floats, float]:
    """Weights (BUCKETS,) and bias such that English texts score above 0.

    Fitted on runs of three to twelve words, as many of either kind, so that short texts count too.
    """
    chance = np.random.default_rng(seed)
    sides = [
        [words for words in (words_of(canonical(text)) for text in texts) if len(words) >= 3]
        for texts in (other, english)
    ]
    runs = [_run(side, chance) for side in sides for _ in range(_RUNS)]
    wanted = np.repeat([0, 1], _RUNS)
    model = LogisticRegression(C=30.0, max_iter=300).fit(_matrix(runs), wanted)
    weights = model.coef_[0].astype(np.float32)
    return weights, _bias(weights, sides[1], sides[0])


def _run(texts: Sequence[list[str]], chance: np.random.Generator) -> list[str]:
    words = texts[int(chance.integers(len(texts)))]
    size = int(chance.integers(3, 13))
    start = int(chance.integers(0, max(1, len(words) - size + 1)))
    return words[start : start + size]


def _matrix(runs: Sequence[list[str]]) -> csr_matrix:
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for words in runs:
        for word in words:
            places = features(word)
            columns.extend(places)
            values.extend([1 / (len(places) * len(words))] * len(places))
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(runs), BUCKETS))


def _bias(weights: Floats, english: Sequence[list[str]], other: Sequence[list[str]]) -> float:
    """The bias between the tails of the two sides, nearer to the other one.

    A foreign text that slips by still has to be recognised as support; an English one has no second chance.
    """
    reader = LanguageReader(weights, 0.0)
    low = np.quantile([reader.score(words) for words in english if len(words) >= 5], 0.001)
    high = np.quantile([reader.score(words) for words in other if len(words) >= 5], 0.97)
    return float(-(0.7 * low + 0.3 * high)) - _MARGIN
