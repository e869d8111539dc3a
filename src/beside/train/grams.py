"""The second opinion's weights: logistic regression per head over hashed runs of word pieces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from beside.gate.grams import BUCKETS, Grams, Places, places, weighed
from beside.train.encode import HEADS, Example

_EPOCHS, _RATE, _BATCH = 6, 0.3, 128


def fit_grams(examples: Sequence[Example], seed: int = 5) -> Grams:
    """Fits on labelled examples and rounds the weights to int8, a scale per head."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    found = [places(example.ids) for example in examples]
    rarity = _rarity(found)
    wanted = torch.from_numpy(np.stack([example.targets for example in examples]))
    table = nn.EmbeddingBag(BUCKETS, len(HEADS), mode="sum", sparse=True)
    bias = nn.Parameter(torch.full((len(HEADS),), -2.0))
    nn.init.zeros_(table.weight)
    steps = (torch.optim.Adagrad([table.weight], lr=_RATE), torch.optim.SGD([bias], lr=0.5))
    for _ in range(_EPOCHS):
        order = chance.permutation(len(examples))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            logits = table(*_bags([found[row] for row in rows], rarity)) + bias
            loss = functional.binary_cross_entropy_with_logits(logits, wanted[rows], reduction="none")
            for step in steps:
                step.zero_grad()
            loss.sum(1).mean().backward()
            for step in steps:
                step.step()
    return _rounded(table.weight.detach().numpy(), rarity, bias.detach().numpy())


def _rarity(found: Sequence[Places]) -> NDArray[np.float32]:
    """Inverse document frequency, in half precision as it is stored."""
    counts = np.bincount(np.concatenate(found), minlength=BUCKETS)
    return (np.log((1 + len(found)) / (1 + counts)) + 1).astype(np.float16).astype(np.float32)


def _bags(found: Sequence[Places], rarity: NDArray[np.float32]) -> tuple[Tensor, Tensor, Tensor]:
    starts = np.cumsum([0, *(len(at) for at in found[:-1])])
    weights = np.concatenate([weighed(at, rarity) for at in found])
    return torch.from_numpy(np.concatenate(found)), torch.from_numpy(starts), torch.from_numpy(weights)


def _rounded(weights: NDArray[np.float32], rarity: NDArray[np.float32], bias: NDArray[np.float32]) -> Grams:
    # a few buckets stand far out; cutting them off leaves the others finer steps
    scale = np.quantile(np.abs(weights[np.abs(weights).max(1) > 0]), 0.9995, axis=0) / 127
    scale = np.maximum(scale, 1e-6).astype(np.float32)
    table = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    return Grams(table, rarity, scale, bias.astype(np.float32))
