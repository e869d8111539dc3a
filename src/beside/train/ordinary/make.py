"""Comments and the student to `ordinary.onnx`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from beside.train.corpus import Message
from beside.train.fit import Recipe, fit
from beside.train.network import Network
from beside.train.ordinary.comments import Comment, missing, ours, parted, public, replies
from beside.train.ordinary.feed import CommentFeed
from beside.train.ordinary.network import LeanPlain, beginning, known_loss
from beside.train.quantize import write_int8

RECIPE = Recipe(epochs=3, rate=8e-5)


class MissingData(FileNotFoundError):
    """Public data that training needs is not there; the message says what to put where."""


def collected(corpus: Path, data: Path, messages: Sequence[Message]) -> tuple[list[Comment], list[Comment]]:
    """The comments to train on, and those kept from training. Raises `MissingData`."""
    if gone := missing(data):
        raise MissingData("training needs public data that is not here:\n  " + "\n  ".join(gone))
    every = [
        comment for path in sorted((corpus / "ordinary" / "train").glob("*.jsonl")) for comment in ours(path)
    ]
    every += [*replies(list(messages)), *public(data)]
    return parted(every)


def study(
    student: Network,
    comments: Sequence[Comment],
    pieces: Tokenizer,
    report: Callable[[str], None],
    path: Path,
    fitted: Path,
) -> None:
    """Fits a network on comments, keeps it in `fitted` and writes it to `path` in int8."""
    network = fit(beginning(student), CommentFeed(comments, pieces), RECIPE, report, known_loss)
    torch.save(network.state_dict(), fitted)
    write_int8(LeanPlain(network).eval(), path, {"scores": {}})
