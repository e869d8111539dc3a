"""`python -m beside.train`: corpus to shipped weights, stage by stage; none is done twice.

Stages leave their work in `build/train/`; remove a file there to have its stage run anew. The time that
each took goes into `build/train/times.json`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from beside.gate.weights import SHIPPED
from beside.train.base import minilm, mpnet
from beside.train.corpus import Message, load, read_texts
from beside.train.encode import Example, encode, tokenizer
from beside.train.feed import Feed
from beside.train.fit import Recipe, fit
from beside.train.grams import fit_grams
from beside.train.language import fit_language
from beside.train.network import Network, pretrained
from beside.train.pack import Parts, finish, write_language, write_tokenizer
from beside.train.pool import recombined, taught
from beside.train.quantize import export

BUILD = Path("build/train")
CORPUS = Path("corpus")
TEACHER = Recipe(epochs=2, rate=4e-5, mpnet=True, average=0.995)
STUDENT = Recipe(epochs=4, rate=1.5e-4)
POLISH = Recipe(epochs=2, rate=6e-5, head_rate=3e-4, seed=8)
POOL = 20_000


def _timed(name: str, done: Path, stage: Callable[[], None]) -> None:
    if done.exists():
        print(f"{name}: done before ({done})")
        return
    began = time.perf_counter()
    print(f"{name} …", flush=True)
    stage()
    times = BUILD / "times.json"
    known = json.loads(times.read_text(encoding="utf-8")) if times.exists() else {}
    known[name] = round(time.perf_counter() - began)
    times.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    print(f"{name}: {known[name]} s", flush=True)


def _teach(messages: Sequence[Message], pieces: Tokenizer) -> None:
    network = fit(pretrained(mpnet()), Feed(messages, pieces), TEACHER, _say)
    torch.save(network.state_dict(), BUILD / "teacher.pt")
    export(network, BUILD / "teacher.onnx", mpnet=True)


def _read_pool(messages: Sequence[Message], pieces: Tokenizer) -> None:
    texts = [message.text for message in messages]
    texts += recombined(messages, POOL)
    examples = taught(texts, BUILD / "teacher.onnx", pieces)
    with (BUILD / "taught.npz").open("wb") as file:
        np.savez(file, allow_pickle=False, **_packed(examples))


def _packed(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    return {
        "lengths": np.array([len(example.ids) for example in examples]),
        "ids": np.concatenate([example.ids for example in examples]).astype(np.int32),
        "targets": np.stack([example.targets for example in examples]).astype(np.float16),
        "tokens": np.concatenate([example.tokens for example in examples]).astype(np.float16),
    }


def _unpacked(path: Path) -> list[Example]:
    data = np.load(path, allow_pickle=False)
    ends = np.cumsum(data["lengths"])
    ids, tokens = np.split(data["ids"], ends[:-1]), np.split(data["tokens"], ends[:-1])
    return [
        Example(one.astype(np.int64), target.astype(np.float32), token.astype(np.float32))
        for one, target, token in zip(ids, data["targets"], tokens, strict=True)
    ]


def _study(messages: Sequence[Message], pieces: Tokenizer) -> None:
    network = fit(pretrained(minilm()), _feed(messages, pieces), STUDENT, _say)
    torch.save(network.state_dict(), BUILD / "student.pt")


def _polish(messages: Sequence[Message], pieces: Tokenizer) -> None:
    """More rounds at a lower rate; with the student kept, this is how a grown corpus is taken in."""
    network = fit(_student("student.pt"), _feed(messages, pieces), POLISH, _say)
    torch.save(network.state_dict(), BUILD / "polished.pt")


def _feed(messages: Sequence[Message], pieces: Tokenizer) -> Feed:
    examples = _unpacked(BUILD / "taught.npz")
    return Feed(messages, pieces, taught=examples[: len(messages)], pool=examples[len(messages) :])


def _student(file: str) -> Network:
    network = pretrained(minilm())
    network.load_state_dict(torch.load(BUILD / file, weights_only=True))
    return network


def _pack(messages: Sequence[Message], pieces: Tokenizer) -> None:
    export(_student("polished.pt"), SHIPPED / "model.onnx")
    write_tokenizer(minilm() / "tokenizer.json", SHIPPED)
    odd = [text for _, text in read_texts(CORPUS / "language" / "english_odd.txt")]
    other = [text for _, text in read_texts(CORPUS / "language" / "train.txt")]
    weights, bias = fit_language([message.text for message in messages] + odd * 30, other)
    write_language(weights, SHIPPED)
    grams = fit_grams([encode(message, pieces) for message in messages])
    finish(SHIPPED, load(CORPUS / "validation"), Parts(bias, grams, len(messages)))


def _say(line: str) -> None:
    print(f"  {line}", flush=True)


def main() -> int:
    """All stages in order."""
    BUILD.mkdir(parents=True, exist_ok=True)
    messages = load(CORPUS / "train")
    pieces = tokenizer(minilm() / "tokenizer.json")
    _timed("teacher", BUILD / "teacher.onnx", lambda: _teach(messages, pieces))
    _timed("pool", BUILD / "taught.npz", lambda: _read_pool(messages, pieces))
    _timed("student", BUILD / "student.pt", lambda: _study(messages, pieces))
    _timed("polish", BUILD / "polished.pt", lambda: _polish(messages, pieces))
    _timed("pack", BUILD / "never", lambda: _pack(messages, pieces))
    return 0


if __name__ == "__main__":
    sys.exit(main())
