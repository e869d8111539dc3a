"""Text in, Reading out: canonical form, language, the model over windows, and the words that hurt.

Each text runs through the model by itself, so its scores are the same alone, in any batch and in any
order; two threads share one session. Nothing here decides anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from beside.codebook import MARKED, NAMES
from beside.gate.blows import is_open
from beside.gate.canonical import Canonical, canonical, garbled
from beside.gate.language import LanguageReader
from beside.gate.parts import (
    AT,
    MOST,
    SURE,
    SUSPECTED,
    WELL,
    in_lines,
    in_pieces,
    parts,
    set_blows,
    without_emoji,
)
from beside.gate.reading import Reading, Span, unread
from beside.gate.runtime import CLS, SEP, Memory, session, word_pieces
from beside.gate.spans import Floats, as_written, spans_of
from beside.gate.weights import Weights
from beside.gate.windows import windows, worst_of

_CRISIS = NAMES.index("crisis")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the model said of one canonical text; spans are ranges of that text."""

    labels: tuple[float, ...]
    deliver: float
    spans: tuple[Span, ...]


class Reader:
    """Reads texts with one model. Safe to use from several threads. `apart`: whether parts are read by
    themselves too; the scale of a model is made without."""

    def __init__(self, weights: Weights, remembered: int = 50_000, *, apart: bool = True) -> None:
        self._reads_apart = apart
        self._session = session(weights.model)
        self._pieces = word_pieces(weights.tokenizer)
        self._known = known_words(self._pieces)
        self._language = LanguageReader(weights.language, weights.language_bias)
        self._grams, self._second, self._witness = weights.grams, weights.second, weights.witness
        self._scale, self._marking = weights.scale, weights.marking
        self.model = weights.name
        self._memory: Memory[_Seen] = Memory(remembered)

    def read(self, text: str) -> Reading:
        """The reading of one text of any length and content."""
        return self._reading(text, canonical(text, self._known))

    def read_many(self, texts: Sequence[str], threads: int = 2) -> list[Reading]:
        """The readings of many texts, in their order, each as `read` would give it."""
        if len(texts) < 4 or threads < 2:
            return [self.read(text) for text in texts]
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(self.read, texts, chunksize=max(1, min(64, len(texts) // (2 * threads)))))

    def _reading(self, text: str, form: Canonical) -> Reading:
        if form.too_long:
            return unread("too_long", self.model)
        if not form.text:
            return unread("empty", self.model)
        lines = in_lines(form, text)
        seen = self._seen(lines, without_emoji(form, text, lines))
        return Reading(
            scores=dict(zip(NAMES, seen.labels, strict=True)),
            deliver=seen.deliver,
            spans=as_written(seen.spans, form.offsets, text),
            language=self._language.language(form),
            flags=("disguised",) if form.disguised or garbled(form, self._known) else (),
            model=self.model,
        )

    def _seen(self, text: str, bare: str) -> _Seen:
        key = text if bare == text else text + bare  # as many letters twice: never the same as another text
        return self._memory.get(key, lambda: self._look(text, bare))

    def _look(self, text: str, bare: str) -> _Seen:
        encoding = self._pieces.encode(text, add_special_tokens=False)
        rows, words = self._run(encoding.ids)
        labels, deliver = worst_of(rows)
        if not all(map(math.isfinite, (*labels, deliver))):
            raise FloatingPointError("the model gave a score that is no number")
        spans = [
            span
            for name, column in zip(MARKED, words.T, strict=True)
            if labels[NAMES.index(name)] >= self._scale.cutoffs[name]
            for span in spans_of(name, column, encoding.offsets, self._marking)
        ]
        if self._reads_apart:
            found = [part for part in parts(bare) if not is_open(bare[slice(*part)])]
            spans += set_blows(bare, found, labels)
            if deliver >= WELL and max(labels[at] for at in AT) < SURE:
                spans += self._apart(encoding, found, labels)
        return _Seen(tuple(labels), deliver, tuple(sorted(spans, key=lambda span: (span.start, span.end))))

    def _apart(self, encoding: Encoding, found: list[tuple[int, int]], labels: list[float]) -> list[Span]:
        """Raises the labels of a text to those of a part that hurts by itself; what to mark for it."""
        for start, end in self._suspected(encoding, found):
            rows, _ = self._run(encoding.ids[start:end])
            seen, _ = worst_of(rows)
            at = max(AT, key=seen.__getitem__)
            if seen[at] >= SURE:
                labels[at] = seen[at]
                return [Span(NAMES[at], encoding.offsets[start][0], encoding.offsets[end - 1][1])]
        return []

    def _suspected(self, encoding: Encoding, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The parts, in word pieces, that the second opinion takes for hurtful, the worst first."""
        ranges = in_pieces(found, encoding.offsets)
        if ranges in ([], [(0, len(encoding.ids))]):  # the whole text was read already
            return []
        ids, places = _in_a_row([[CLS, *encoding.ids[start:end], SEP] for start, end in ranges])
        seen = probability(self._grams.logits_of(ids, places, AT)).max(1)
        worst = sorted(zip(seen.tolist(), ranges, strict=True), reverse=True)
        return [found for score, found in worst[:MOST] if score >= SUSPECTED]

    def _run(self, ids: list[int]) -> tuple[list[list[float]], Floats]:
        """Per window its probabilities, and per token (T, marked) the highest of its windows."""
        words = np.zeros((len(ids), len(MARKED)), dtype=np.float32)
        rows = []
        for start, end in windows(len(ids)):
            window = np.array([[CLS, *ids[start:end], SEP]], dtype=np.int64)
            labels, marks = self._session.run(None, {"ids": window})
            both = (1 - self._second) * labels[0] + self._second * self._grams.logits(window[0])
            # who is in danger writes nothing that should be delivered: the head for delivery is a witness too
            both[_CRISIS] -= self._witness * both[-1]
            rows.append(probability(both).tolist())
            words[start:end] = np.maximum(words[start:end], probability(marks[0, 1:-1]))
        return rows, words


def _in_a_row(texts: Sequence[list[int]]) -> tuple[NDArray[np.int64], list[tuple[int, int]]]:
    """Several texts' word pieces one after the other, and where each stands."""
    ends = list(accumulate(map(len, texts)))
    return np.array([piece for text in texts for piece in text]), list(pairwise([0, *ends]))


def known_words(pieces: Tokenizer) -> frozenset[str]:
    """The whole words of a tokenizer's vocabulary."""
    return frozenset(piece for piece in pieces.get_vocab(with_added_tokens=False) if piece.isalpha())


def probability(logits: Floats) -> Floats:
    """Logits as probabilities, without overflow."""
    return (1.0 / (1.0 + np.exp(-np.clip(logits, -40, 40)))).astype(np.float32)
