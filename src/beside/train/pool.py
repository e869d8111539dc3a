"""Texts for a teacher to read: sentences of the corpus, taken from their messages and put together anew."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import onnxruntime as ort
from tokenizers import Tokenizer

from beside.gate.reader import probability
from beside.train.corpus import Message
from beside.train.encode import Example, encode

_LONGEST = 500
_ENDS = ".!?…\n"


def sentences(text: str) -> list[str]:
    """A text in sentences, each with its own punctuation."""
    found, start = [], 0
    for place, char in enumerate(text):
        following = text[place + 1 : place + 2]
        if char in _ENDS and following not in _ENDS and (following.isspace() or char == "\n"):
            found.append(text[start : place + 1].strip())
            start = place + 1
    found.append(text[start:].strip())
    return [sentence for sentence in found if len(sentence) > 1]


def recombined(messages: Sequence[Message], count: int, seed: int = 13) -> list[str]:
    """`count` different texts: single sentences, parts of messages, sentences of several people."""
    chance = Random(seed)
    split = [sentences(message.text) for message in messages]
    every = [sentence for part in split for sentence in part]
    longer = [part for part in split if len(part) > 1]
    texts: dict[str, None] = {}
    while len(texts) < count:
        text = _combined(every, longer, chance)
        if len(text) < _LONGEST:
            texts[text] = None
    return list(texts)


def _combined(every: list[str], longer: list[list[str]], chance: Random) -> str:
    roll = chance.random()
    if roll < 0.3:
        return chance.choice(chance.choice(longer))
    if roll < 0.6:
        part = chance.choice(longer)
        start = chance.randrange(len(part))
        return " ".join(part[start : chance.randrange(start + 1, len(part) + 1)])
    return " ".join(chance.choice(every) for _ in range(chance.choice((2, 2, 2, 3))))


def taught(texts: Sequence[str], model: Path, pieces: Tokenizer) -> list[Example]:
    """What the teacher in the ONNX file `model` reads in texts, as examples to learn from."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def read(text: str) -> Example:
        ids = encode(Message(text, frozenset()), pieces).ids
        labels, words = session.run(None, {"ids": ids[None]})
        tokens = probability(words[0])
        tokens[[0, -1]] = 0.0
        return Example(ids, probability(labels[0]), tokens)

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(read, texts))
