"""Fine-tuning: one loop for the teacher and the student, seeded."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from beside.train.encode import HEADS, Example
from beside.train.network import Network


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fit. `mpnet`: the encoder numbers its word pieces as mpnet does. `average`: decay of the
    running mean of the weights that is kept in the end."""

    epochs: int
    rate: float
    head_rate: float = 1e-3
    batch: int = 32
    seed: int = 7
    mpnet: bool = False
    average: float = 0.998


Batch = tuple[Tensor, Tensor, Tensor, Tensor]
_WEIGHTS = torch.tensor([1.0] * (len(HEADS) - 2) + [3.0, 4.0])
_CHUNK = 24
Fitted = TypeVar("Fitted", bound=nn.Module)


class _Feed(Protocol):
    def __len__(self) -> int: ...

    def draw(self, chance: Random) -> Iterator[Example]: ...


def fit(
    network: Fitted,
    feed: _Feed,
    recipe: Recipe,
    report: Callable[[str], None] = print,
    loss_of: Callable[[nn.Module, Batch], Tensor] | None = None,
) -> Fitted:
    """Fits in place and returns the network with its averaged weights, by the codebook's loss or another."""
    loss_of = loss_of or codebook_loss
    torch.manual_seed(recipe.seed)
    chance = Random(recipe.seed)
    for name, weight in network.named_parameters():
        if name.startswith("encoder.embeddings"):  # freezing them costs nothing and saves a third of the time
            weight.requires_grad_(False)
    optimizer = _optimizer(network, recipe)
    steps = recipe.epochs * math.ceil(len(feed) / recipe.batch)
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.average))
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    began = time.perf_counter()
    for epoch in range(recipe.epochs):
        network.train()
        losses = []
        for batch in _batches(feed, recipe, chance):
            losses.append(_step(network, loss_of(network, batch), optimizer))
            scheduler.step()
            average.update_parameters(network)
        spent = time.perf_counter() - began
        report(f"epoch {epoch + 1}/{recipe.epochs}: loss {np.mean(losses):.4f}, {spent:.0f} s")
    network.load_state_dict(average.module.state_dict())
    return network.eval()


def _step(network: nn.Module, loss: Tensor, optimizer: torch.optim.Optimizer) -> float:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _rate(step: int, steps: int) -> float:
    warm = max(1, steps // 16)
    return min((step + 1) / warm, max(0.02, (steps - step) / (steps - warm)))


def _optimizer(network: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    body = [
        weight
        for name, weight in network.named_parameters()
        if name.startswith("encoder") and weight.requires_grad
    ]
    head = [weight for name, weight in network.named_parameters() if not name.startswith("encoder")]
    groups = [{"params": body, "lr": recipe.rate}, {"params": head, "lr": recipe.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def codebook_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy over the labels and, weighing more, over the marked words."""
    ids, mask, wanted, words = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, marks = network(ids, mask)
    labels = functional.binary_cross_entropy_with_logits(logits.float(), wanted, reduction="none")
    tokens = functional.binary_cross_entropy_with_logits(marks.float(), words, reduction="none")
    real = mask.unsqueeze(-1).float()
    return (labels * _WEIGHTS).mean() + 3.0 * (tokens * real).sum() / (real.sum() * words.shape[-1])


def _batches(feed: _Feed, recipe: Recipe, chance: Random) -> Iterator[Batch]:
    """Batches of texts of like length, in random order."""
    drawn = feed.draw(chance)
    while chunk := list(islice(drawn, recipe.batch * _CHUNK)):
        chunk.sort(key=lambda example: len(example.ids))
        groups = [chunk[start : start + recipe.batch] for start in range(0, len(chunk), recipe.batch)]
        chance.shuffle(groups)
        yield from (collate(group, recipe.mpnet) for group in groups)


def collate(examples: Sequence[Example], mpnet: bool) -> Batch:
    """A padded batch of examples."""
    longest = max(len(example.ids) for example in examples)
    ids = np.zeros((len(examples), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    words = np.zeros((len(examples), longest, examples[0].tokens.shape[1]), dtype=np.float32)
    for row, example in enumerate(examples):
        ids[row, : len(example.ids)] = example.ids
        mask[row, : len(example.ids)] = 1
        words[row, : len(example.ids)] = example.tokens
    wanted = np.stack([example.targets for example in examples])
    if mpnet:
        ids = mpnet_ids(ids)
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(wanted), torch.from_numpy(words)


def mpnet_ids(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """BERT's ids as mpnet's: the same word pieces four places higher, its own special tokens first."""
    out = ids + 4
    for bert, mpnet in ((0, 1), (100, 104), (101, 0), (102, 2)):
        out[ids == bert] = mpnet
    return out


@torch.no_grad()
def predict(
    network: Network, examples: Sequence[Example], mpnet: bool = False
) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
    """Label probabilities (N, heads) and, per message, token probabilities (T, marked)."""
    network.eval()
    order = sorted(range(len(examples)), key=lambda index: len(examples[index].ids))
    labels = np.zeros((len(examples), len(HEADS)), dtype=np.float32)
    tokens: list[NDArray[np.float32]] = [np.zeros((0, 0), dtype=np.float32)] * len(examples)
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        ids, mask, _, _ = collate([examples[row] for row in rows], mpnet)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, words = network(ids, mask)
        for place, row in enumerate(rows):
            labels[row] = torch.sigmoid(logits[place].float()).numpy()
            tokens[row] = torch.sigmoid(words[place, : len(examples[row].ids)].float()).numpy()
    return labels, tokens
