"""A folder of weights: model, tokenizer, language weights, second opinion, and the card with the scale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from beside.codebook import NAMES
from beside.gate.grams import Grams
from beside.gate.policy import Caution, Scale
from beside.gate.reader import Reader
from beside.gate.reading import Reading
from beside.gate.weights import FILES, load
from beside.train.calibrate import scale_of
from beside.train.corpus import Message
from beside.train.encode import Floats

_ROUND = 6


@dataclass(frozen=True, slots=True)
class Parts:
    """What the card says beside checksums and scale."""

    language_bias: float
    grams: Grams
    trained_on: int
    second: float = 0.5
    witness: float = 0.2
    marking: float = 0.3


def write_tokenizer(source: Path, folder: Path) -> None:
    """Copies a tokenizer without padding, truncation and the spaces of a pretty print."""
    data = json.loads(source.read_text(encoding="utf-8"))
    data["padding"] = data["truncation"] = None
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(content, encoding="utf-8")


def write_language(weights: Floats, folder: Path) -> None:
    """Language weights as float16: half the size, and no answer changes."""
    np.save(folder / "language.npy", weights.astype(np.float16), allow_pickle=False)


def write_card(folder: Path, scale: Scale, parts: Parts) -> None:
    """Writes `card.json` for the files that stand in `folder`."""
    checksums = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in FILES}
    card = {
        "name": f"beside-{checksums['model.onnx'][:8]}",
        "sha256": checksums,
        "scale": asdict(scale),
        "language_bias": parts.language_bias,
        "grams": {"scale": parts.grams.scale.tolist(), "bias": parts.grams.bias.tolist()},
        "second": parts.second,
        "witness": parts.witness,
        "marking": parts.marking,
        "trained_on": parts.trained_on,
    }
    (folder / "card.json").write_text(json.dumps(_rounded(card), indent=2) + "\n", encoding="utf-8")


def finish(folder: Path, validation: Sequence[Message], parts: Parts) -> Scale:
    """Sets the scale on the quantized model's readings of the validation messages and writes the card."""
    np.save(folder / "grams.npy", parts.grams.table, allow_pickle=False)
    np.save(folder / "rarity.npy", parts.grams.rarity.astype(np.float16), allow_pickle=False)
    neutral = Scale(dict.fromkeys(NAMES, 0.5), dict.fromkeys(map(str, Caution), 0.5))
    write_card(folder, neutral, parts)
    plain = readings(folder, [message.text for message in validation], apart=False)
    scale = scale_of(validation, plain)
    write_card(folder, scale, parts)
    return scale


def readings(folder: Path, texts: list[str], *, apart: bool = True) -> list[Reading]:
    """What the model of a folder reads in texts. A scale is made without `apart`: the few messages of which a
    part is read by itself would push the cut-offs up for all."""
    return Reader(load(folder), remembered=1, apart=apart).read_many(texts)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, _ROUND)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
