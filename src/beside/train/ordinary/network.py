"""The network for ordinary comments: the student's encoder with a head for each label of `ORDINARY`."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from beside.api.scores import ORDINARY
from beside.train.fit import Batch
from beside.train.lean import Lean
from beside.train.network import Network


class Plain(nn.Module):
    """Token ids (B, T) and a mask (B, T) to logits (B, labels)."""

    def __init__(self, encoder: nn.Module, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder: nn.Module = encoder
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(2 * width, len(ORDINARY))
        nn.init.constant_(self.labels.bias, -2.0)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return self.labels(torch.cat([hidden[:, 0], mean], dim=-1))


class LeanPlain(Lean):
    """The same for the ids (1, T) of one text, as it is exported."""

    def forward(self, ids: Tensor) -> Tensor:
        states = self.states(ids)
        return self.network.labels(torch.cat([states[0], states.mean(0)]).unsqueeze(0))


def beginning(student: Network) -> Plain:
    """A network that begins with what the student learnt: it knows hurt already."""
    return Plain(student.encoder, student.words.in_features)


def known_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Cross-entropy over what is known: targets below 0 take no part."""
    ids, mask, wanted, _ = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(ids, mask)
    known = (wanted >= 0).float()
    each = functional.binary_cross_entropy_with_logits(logits.float(), wanted.clamp(min=0), reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1)
