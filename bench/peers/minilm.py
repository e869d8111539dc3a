"""MiniLM-L6 as an ONNX graph made from its safetensors file: no torch, no hub.

A text runs by itself, so the graph needs no mask.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

Floats = NDArray[np.float32]
_LAYERS, _HEADS, _WIDTH, _EPSILON, _LONGEST = 6, 12, 384, 1e-12, 256


class Encoder:
    """A text as a vector of length one."""

    def __init__(self, folder: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        model = _model(_weights(folder / "model.safetensors"))
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._pieces.no_padding()
        self._pieces.enable_truncation(_LONGEST)

    def __call__(self, text: str) -> Floats:
        ids = np.array([self._pieces.encode(text).ids], dtype=np.int64)
        mean = self._session.run(None, {"ids": ids})[0][0]
        unit: Floats = mean / np.linalg.norm(mean)
        return unit


def _weights(path: Path) -> dict[str, Floats]:
    """The float32 tensors of a safetensors file: length of the header, header, data."""
    content = path.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    found = {}
    for name, about in header.items():
        if about.get("dtype") == "F32":
            first, last = about["data_offsets"]
            data = np.frombuffer(content[start + first : start + last], dtype="<f4")
            found[name] = data.reshape(about["shape"])
    return found


class _Graph:
    """Nodes and constants, in the order in which they were added."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: object, kind: type = np.int64) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, dtype=kind), name))
        return name

    def add(self, kind: str, *inputs: str, **settings: Any) -> str:
        name = f"value_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **settings))
        return name

    def dense(self, value: str, name: str) -> str:
        turned = self.constant(self.weights[f"{name}.weight"].T, np.float32)
        bias = self.constant(self.weights[f"{name}.bias"], np.float32)
        return self.add("Add", self.add("MatMul", value, turned), bias)

    def norm(self, value: str, name: str) -> str:
        both = (self.weights[f"{name}.{part}"] for part in ("weight", "bias"))
        scale, bias = (self.constant(values, np.float32) for values in both)
        return self.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=_EPSILON)

    def heads(self, value: str, order: list[int]) -> str:
        shape = self.constant([1, -1, _HEADS, _WIDTH // _HEADS])
        return self.add("Transpose", self.add("Reshape", value, shape), perm=order)


def _model(weights: dict[str, Floats]) -> bytes:
    graph = _Graph(weights)
    value = _embedded(graph)
    for layer in range(_LAYERS):
        value = _layer(graph, value, f"encoder.layer.{layer}")
    graph.add("ReduceMean", value, graph.constant([1]), keepdims=0)
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])
    mean = helper.make_tensor_value_info(graph.nodes[-1].output[0], TensorProto.FLOAT, [1, _WIDTH])
    made = helper.make_graph(graph.nodes, "minilm", [ids], [mean], graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    content: bytes = model.SerializeToString()
    return content


def _embedded(graph: _Graph) -> str:
    names = [f"embeddings.{kind}_embeddings.weight" for kind in ("word", "position", "token_type")]
    words, places, kinds = (graph.weights[name] for name in names)
    # Every text is one sentence, so the kind of token is always the first.
    place = graph.constant(places + kinds[0], np.float32)
    length = graph.add("Slice", graph.add("Shape", "ids"), graph.constant([1]), graph.constant([2]))
    here = graph.add("Slice", place, graph.constant([0]), length, graph.constant([0]))
    word = graph.add("Gather", graph.constant(words, np.float32), "ids")
    return graph.norm(graph.add("Add", word, here), "embeddings.LayerNorm")


def _layer(graph: _Graph, value: str, name: str) -> str:
    asks = graph.heads(graph.dense(value, f"{name}.attention.self.query"), [0, 2, 1, 3])
    keys = graph.heads(graph.dense(value, f"{name}.attention.self.key"), [0, 2, 3, 1])
    tells = graph.heads(graph.dense(value, f"{name}.attention.self.value"), [0, 2, 1, 3])
    scale = graph.constant((_WIDTH // _HEADS) ** -0.5, np.float32)
    weight = graph.add("Softmax", graph.add("Mul", graph.add("MatMul", asks, keys), scale), axis=-1)
    told = graph.add("Transpose", graph.add("MatMul", weight, tells), perm=[0, 2, 1, 3])
    told = graph.add("Reshape", told, graph.constant([1, -1, _WIDTH]))
    told = graph.add("Add", value, graph.dense(told, f"{name}.attention.output.dense"))
    told = graph.norm(told, f"{name}.attention.output.LayerNorm")
    wide = graph.add("Gelu", graph.dense(told, f"{name}.intermediate.dense"))
    narrow = graph.dense(wide, f"{name}.output.dense")
    return graph.norm(graph.add("Add", told, narrow), f"{name}.output.LayerNorm")
