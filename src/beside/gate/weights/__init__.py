"""The shipped model: files, checksums, and the scale that its scores are read by.

A folder of weights holds the files of `FILES` and `card.json`; the card names the model, gives the sha256 of
each other file, and the scale. Nothing is loaded that does not match.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beside.codebook import NAMES
from beside.gate.grams import Grams
from beside.gate.policy import Caution, Scale

SHIPPED = Path(__file__).parent
FILES = ("model.onnx", "tokenizer.json", "language.npy", "grams.npy", "rarity.npy")


class WeightsError(RuntimeError):
    """Weights that cannot be used; the message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A model in memory. `language` (buckets,), `marking` the score from which a token is marked,
    `second` the share that the second opinion has in a text's logits, `witness` how much the logit for
    delivery counts against a crisis."""

    name: str
    model: bytes
    tokenizer: bytes
    language: NDArray[np.float32]
    language_bias: float
    scale: Scale
    marking: float
    grams: Grams
    second: float
    witness: float


def load(folder: Path = SHIPPED) -> Weights:
    """The weights of a folder, each file checked against the card. Raises `WeightsError`."""
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        files = {name: _checked(folder / name, card["sha256"][name]) for name in FILES}
        return Weights(
            name=str(card["name"]),
            model=files["model.onnx"],
            tokenizer=files["tokenizer.json"],
            language=_array(files["language.npy"]).astype(np.float32),
            language_bias=float(card["language_bias"]),
            scale=_scale(card["scale"]),
            marking=float(card["marking"]),
            grams=Grams(
                table=_array(files["grams.npy"]),
                rarity=_array(files["rarity.npy"]).astype(np.float32),
                scale=np.array(card["grams"]["scale"], dtype=np.float32),
                bias=np.array(card["grams"]["bias"], dtype=np.float32),
            ),
            second=float(card["second"]),
            witness=float(card["witness"]),
        )
    except WeightsError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise WeightsError(f"the weights in {folder} cannot be read: {problem!r}") from problem


def _array(content: bytes) -> NDArray[Any]:
    return np.load(io.BytesIO(content), allow_pickle=False)  # type: ignore[no-any-return]


def _checked(path: Path, wanted: str) -> bytes:
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != wanted:
        raise WeightsError(
            f"{path.name} is not the file that the card names (sha256 {found[:12]}…); install it anew"
        )
    return content


def _scale(data: Mapping[str, object]) -> Scale:
    cutoffs, levels = data["cutoffs"], data["levels"]
    if not isinstance(cutoffs, dict) or not isinstance(levels, dict):
        raise TypeError("cutoffs and levels must be tables")
    numbers = {name: float(str(data[name])) for name in ("slope", "facts", "change", "bias")}
    return Scale(
        cutoffs={name: float(cutoffs[name]) for name in NAMES},
        levels={str(level): float(levels[level]) for level in Caution},
        **numbers,
    )
