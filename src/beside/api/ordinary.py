"""Scores for ordinary comments, about anything: the seven that Perspective's and OpenAI's callers know.

A model of its own, trained on comments of all kinds (`docs/model-card.md`), because the gate's was trained on
replies to the bereaved and knows nothing else. It reads the gate's canonical form, so disguises are undone,
and it decides nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from beside.api.scores import ORDINARY
from beside.gate.canonical import canonical
from beside.gate.reader import known_words, probability
from beside.gate.runtime import CLS, SEP, Memory, session, word_pieces
from beside.gate.weights import SHIPPED as GATE
from beside.gate.weights import WeightsError
from beside.gate.windows import windows

SHIPPED = Path(__file__).parent / "weights"
MODEL, CARD = "ordinary.onnx", "card.json"
Scores = Mapping[str, float]


class Ordinary:
    """Reads comments with one model. Safe to use from several threads. Raises `WeightsError`."""

    def __init__(self, folder: Path = SHIPPED, remembered: int = 10_000) -> None:
        model, card = _checked(folder)
        self._session = session(model)
        self._pieces = word_pieces((GATE / "tokenizer.json").read_bytes())
        self._known = known_words(self._pieces)
        self._lines = np.array([card["lines"][name] for name in ORDINARY], dtype=np.float32)
        self.model = str(card["name"])
        self._memory: Memory[Scores] = Memory(remembered)

    def scores(self, text: str) -> Scores:
        """From 0 to 1 for each of `ORDINARY`, the highest of a long text's windows."""
        plain = canonical(text, self._known).text
        return self._memory.get(plain, lambda: self._look(plain))

    def _look(self, text: str) -> Scores:
        if not text:
            return dict.fromkeys(ORDINARY, 0.0)
        ids = self._pieces.encode(text, add_special_tokens=False).ids
        rows = [self._logits([CLS, *ids[start:end], SEP]) for start, end in windows(len(ids))]
        likely = probability(np.max(rows, axis=0) * self._lines[:, 0] + self._lines[:, 1])
        return dict(zip(ORDINARY, likely.tolist(), strict=True))

    def _logits(self, ids: list[int]) -> np.ndarray:
        (found,) = self._session.run(None, {"ids": np.array([ids], dtype=np.int64)})
        return found[0]  # type: ignore[no-any-return]


def _checked(folder: Path) -> tuple[bytes, dict[str, dict[str, list[float]]]]:
    try:
        model = (folder / MODEL).read_bytes()
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        if hashlib.sha256(model).hexdigest() != card["sha256"]:
            raise WeightsError(f"{MODEL} is not the file that its card names; install it anew")
    except (OSError, ValueError, KeyError) as problem:
        raise WeightsError(f"the weights in {folder} cannot be read: {problem!r}") from problem
    return model, card
