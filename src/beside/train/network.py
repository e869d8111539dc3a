"""The network: a pretrained encoder, a head per label, and a head per token for the words that hurt."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from beside.codebook import MARKED, NAMES
from beside.train.encode import HEADS

MARKED_AT = [NAMES.index(name) for name in MARKED]


class Network(nn.Module):
    """Token ids (B, T) and a mask (B, T) to label logits (B, heads) and token logits (B, T, marked)."""

    def __init__(self, encoder: nn.Module, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder: nn.Module = encoder
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(2 * width, len(HEADS))
        self.words = nn.Linear(width, len(MARKED))
        self.evidence = nn.Parameter(torch.full((len(MARKED),), 0.3))
        nn.init.constant_(self.labels.bias, -2.0)
        nn.init.constant_(self.words.bias, -2.0)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The worst word adds to its label: a hurt is one clause, however much kindness surrounds it."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        words = self.words(hidden)
        worst = words.masked_fill(mask.unsqueeze(-1) == 0, -30.0).amax(1)
        logits = self.labels(torch.cat([hidden[:, 0], mean], dim=-1))
        return logits.index_add(1, _index(logits), (self.evidence * worst).to(logits.dtype)), words


def _index(like: Tensor) -> Tensor:
    return torch.tensor(MARKED_AT, device=like.device)


def pretrained(folder: Path, layers: int | None = None) -> Network:
    """A network on the encoder in `folder`, on its first `layers` layers where that is given."""
    encoder = AutoModel.from_pretrained(str(folder), attn_implementation="eager")
    if layers is not None:
        encoder.encoder.layer = encoder.encoder.layer[:layers]
    encoder.pooler = None
    return Network(encoder, encoder.config.hidden_size)
