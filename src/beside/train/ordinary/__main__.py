"""`python -m beside.train.ordinary [report]`: the model for ordinary comments, made or measured.

Wants the polished student of `python -m beside.train` in `build/train`, and the public sets in `build/public`
(or where BESIDE_PUBLIC says).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import torch

from beside.api.ordinary import MODEL, SHIPPED, Ordinary
from beside.train.base import minilm
from beside.train.corpus import load
from beside.train.encode import tokenizer
from beside.train.network import pretrained
from beside.train.ordinary.card import finish
from beside.train.ordinary.make import MissingData, collected, study
from beside.train.ordinary.report import report

BUILD, CORPUS = Path("build/train"), Path("corpus")


def make() -> None:
    """Trains the model and writes it where it is shipped."""
    public = Path(os.environ.get("BESIDE_PUBLIC", "build/public"))
    train, kept = collected(CORPUS, public, load(CORPUS / "train"))
    student = pretrained(minilm())
    student.load_state_dict(torch.load(BUILD / "polished.pt", weights_only=True))
    began = time.perf_counter()
    study(
        student, train, tokenizer(minilm() / "tokenizer.json"), _say, SHIPPED / MODEL, BUILD / "ordinary.pt"
    )
    finish(SHIPPED, kept)
    print(f"ordinary: {len(train)} comments, {time.perf_counter() - began:.0f} s")


def _say(line: str) -> None:
    print(f"  {line}", flush=True)


def main() -> int:
    """Makes the model, or with `report` measures the shipped one."""
    if sys.argv[1:] == ["report"]:
        sys.stdout.write(report(CORPUS, Ordinary()))
        return 0
    try:
        make()
    except MissingData as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
