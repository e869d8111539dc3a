"""A folder of weights: model, tokenizer, language weights, and the card with checksums and scale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from beside.codebook import NAMES
from beside.gate.policy import Scale
from beside.gate.reader import Reader
from beside.gate.reading import Reading
from beside.gate.weights import FILES, Weights, load
from beside.train.calibrate import scale_of
from beside.train.corpus import Message
from beside.train.language import Floats

_ROUND = 6
_MARKING = 0.3


def write_card(
    folder: Path, name: str, scale: Scale, language_bias: float, marking: float, notes: dict[str, object]
) -> None:
    """Writes `card.json` for the files that stand in `folder`."""
    card = {
        "name": name,
        "sha256": {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in FILES},
        "scale": _rounded(asdict(scale)),
        "language_bias": round(language_bias, _ROUND),
        "marking": marking,
        **notes,
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def finish(folder: Path, validation: Sequence[Message], language_bias: float, trained_on: int) -> Scale:
    """Sets the scale on the quantized model's readings of the validation messages and writes the card."""
    neutral = Scale(dict.fromkeys(NAMES, 0.5), {"open": 0.4, "careful": 0.6, "very careful": 0.8})
    name = f"beside-{hashlib.sha256((folder / 'model.onnx').read_bytes()).hexdigest()[:8]}"
    notes: dict[str, object] = {"trained_on": trained_on, "calibrated_on": len(validation)}
    write_card(folder, name, neutral, language_bias, _MARKING, notes)
    scale = scale_of(validation, readings(folder, [message.text for message in validation]))
    write_card(folder, name, scale, language_bias, _MARKING, notes)
    return scale


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, _ROUND)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return value


def write_tokenizer(source: Path, folder: Path) -> None:
    """Copies a tokenizer without padding, truncation and the spaces of a pretty print."""
    data = json.loads(source.read_text(encoding="utf-8"))
    data["padding"] = data["truncation"] = None
    (folder / "tokenizer.json").write_text(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def write_language(weights: Floats, folder: Path) -> None:
    """Language weights as float16: half the size, and no answer changes."""
    np.save(folder / "language.npy", weights.astype(np.float16), allow_pickle=False)


def readings(
    folder: Path, texts: list[str], scale: Scale | None = None, marking: float | None = None
) -> list[Reading]:
    """What the model of a folder reads in texts, with another scale or marking where one is given."""
    weights: Weights = load(folder)
    weights = replace(weights, scale=scale or weights.scale, marking=marking or weights.marking)
    return Reader(weights, remembered=1).read_many(texts)
