"""A fitted network as an ONNX file with int8 weights that onnxruntime reads, one text at a time."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from beside.train.fit import mpnet_ids
from beside.train.lean import Lean
from beside.train.network import Network

_VOCABULARY = 30_522


class _Mpnet(nn.Module):
    """An mpnet network on a single text in BERT's ids (1, T): no padding and so no mask to give."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("numbers", torch.from_numpy(mpnet_ids(np.arange(_VOCABULARY))))

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        ids = self.numbers[ids]
        return self.network(ids, torch.ones_like(ids))


def export(network: Network, path: Path, mpnet: bool = False) -> None:
    """Writes the int8 model; scores are logits, outputs `labels` (1, heads) and `words` (1, T, marked).

    Whatever the encoder, the model takes BERT's ids, so that one tokenizer serves all.
    """
    network.eval()
    module = _Mpnet(network) if mpnet else Lean(network)
    write_int8(module.eval(), path, {"labels": {}, "words": {1: "tokens"}})


def write_int8(module: nn.Module, path: Path, outputs: dict[str, dict[int, str]]) -> None:
    """Writes a module that takes `ids` (1, T) in int8; `outputs` are names with their axes that vary."""
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            module,
            (torch.tensor([[101, 2023, 2003, 102]]),),
            str(plain),
            input_names=["ids"],
            output_names=list(outputs),
            dynamic_axes={"ids": {1: "tokens"}, **{name: axes for name, axes in outputs.items() if axes}},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True)
