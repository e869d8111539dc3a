"""A fitted BERT network written out for a single text: the same sums in fewer, larger steps.

Queries, keys and values of a layer come from one product instead of three, their scaling is folded into the
weights, and there is no mask, because one text alone has no padding. A fifth faster when quantized.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from beside.codebook import MARKED
from beside.train.encode import HEADS
from beside.train.network import MARKED_AT, Network


class Lean(nn.Module):
    """BERT's ids (1, T) to label logits (1, heads) and token logits (1, T, marked)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        encoder = network.encoder
        embeddings = encoder.embeddings
        self.network, self.embeddings = network, embeddings
        self.layers = nn.ModuleList(_Layer(layer, encoder.config) for layer in encoder.encoder.layer)
        kind = embeddings.token_type_embeddings.weight[0]
        self.places = nn.Parameter((embeddings.position_embeddings.weight + kind).detach())
        self.register_buffer("placing", _placing())

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        states = self.states(ids)
        words = self.network.words(states)
        logits = self.network.labels(torch.cat([states[0], states.mean(0)]).unsqueeze(0))
        evidence = (self.network.evidence * words.amax(0)).unsqueeze(0)
        return logits + evidence @ self.placing, words.unsqueeze(0)

    def states(self, ids: Tensor) -> Tensor:
        """The encoder's last states (T, width)."""
        states = self.embeddings.word_embeddings(ids[0]) + self.places[: ids.shape[1]]
        states = self.embeddings.LayerNorm(states)
        for layer in self.layers:
            states = layer(states)
        return states


class _Layer(nn.Module):
    """One encoder layer on the states (T, width) of one text."""

    def __init__(self, layer: nn.Module, config: object) -> None:
        super().__init__()
        self.heads: int = config.num_attention_heads  # type: ignore[attr-defined]
        self.width: int = config.hidden_size // self.heads  # type: ignore[attr-defined]
        asked = layer.attention.self
        scale = 1 / math.sqrt(self.width)
        weights = [asked.query.weight * scale, asked.key.weight, asked.value.weight]
        biases = [asked.query.bias * scale, asked.key.bias, asked.value.bias]
        self.weight = nn.Parameter(torch.cat(weights).detach().t().contiguous())
        self.bias = nn.Parameter(torch.cat(biases).detach())
        self.attended, self.widened, self.narrowed = layer.attention.output, layer.intermediate, layer.output

    def forward(self, states: Tensor) -> Tensor:
        three = states @ self.weight + self.bias
        three = three.view(-1, 3 * self.heads, self.width).permute(1, 0, 2)
        queries, keys, values = three.split(self.heads)
        mixed = torch.softmax(queries @ keys.transpose(1, 2), -1) @ values
        mixed = mixed.permute(1, 0, 2).reshape(-1, self.heads * self.width)
        states = self.attended.LayerNorm(self.attended.dense(mixed) + states)
        wide = functional.gelu(self.widened.dense(states))
        return self.narrowed.LayerNorm(self.narrowed.dense(wide) + states)


def _placing() -> Tensor:
    """(marked, heads): which label each marked label's worst word adds to."""
    rows = torch.zeros(len(MARKED), len(HEADS))
    rows[torch.arange(len(MARKED)), torch.tensor(MARKED_AT)] = 1.0
    return rows
