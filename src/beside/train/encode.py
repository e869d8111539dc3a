"""Messages as numbers: token ids, a target per label, and a target per token for the marked labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from beside.codebook import MARKED, NAMES, Rule
from beside.gate.canonical import canonical
from beside.gate.reader import known_words
from beside.train.corpus import Message

Floats = NDArray[np.float32]
HEADS: tuple[str, ...] = (*NAMES, "unwelcome", "deliver")
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Example:
    """`ids` (T,), `targets` (labels + 2,), `tokens` (T, marked labels)."""

    ids: NDArray[np.int64]
    targets: Floats
    tokens: Floats


def tokenizer(path: Path) -> Tokenizer:
    """The word-piece tokenizer without padding or truncation."""
    loaded = Tokenizer.from_file(str(path))
    loaded.no_padding()
    loaded.no_truncation()
    return loaded


_words: dict[int, frozenset[str]] = {}


def _known(pieces: Tokenizer) -> frozenset[str]:
    if id(pieces) not in _words:
        _words[id(pieces)] = known_words(pieces)
    return _words[id(pieces)]


def targets(message: Message) -> Floats:
    """One 0 or 1 per head: the labels, whether anything on it is unwelcome, and whether to deliver."""
    row = np.array([name in message.labels for name in NAMES], dtype=np.float32)
    blocked = any(name in message.labels for name in NAMES if _held(name))
    return np.append(row, [float(blocked), float(message.rule is Rule.WELCOME)]).astype(np.float32)


def _held(name: str) -> bool:
    return Message("", frozenset({name, "comfort"})).rule is not Rule.WELCOME


def encode(message: Message, pieces: Tokenizer) -> Example:
    """One message as the network sees it, cut at `LONGEST` tokens."""
    form = canonical(message.text, _known(pieces))
    encoding = pieces.encode(form.text)
    ids = np.array(encoding.ids[:LONGEST], dtype=np.int64)
    tokens = np.zeros((len(ids), len(MARKED)), dtype=np.float32)
    for place, (start, end) in enumerate(encoding.offsets[: len(ids)]):
        if start == end:
            continue
        first, last = form.offsets[start], form.offsets[end - 1]
        for span in message.spans:
            if span.start <= last and first < span.end:
                tokens[place, MARKED.index(span.label)] = 1.0
    return Example(ids, targets(message), tokens)
