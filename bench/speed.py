"""Speed of one system: several repeats of each figure, each in a fresh process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from bench.processes import seconds_to_answer, work
from bench.results import Speed, Spread


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: repeats, seconds a repeat, messages one by one, messages at most together."""

    repeats: int
    seconds: float
    alone: int
    together: int


def speed(module: str, messages: Sequence[str], folder: Path, effort: Effort) -> Speed:
    """`messages` are read one by one, the texts in the folder's `made.json` together."""
    turns = range(effort.repeats)
    alone = [_alone(module, messages, folder / "alone.json", effort.alone, turn) for turn in turns]
    made = str(folder / "made.json")
    together = [
        work({"kind": "together", "module": module, "texts": made, "seconds": effort.seconds}) for _ in turns
    ]
    return Speed(
        p50=Spread.of([float(np.percentile(times, 50)) for times in alone]),
        p99=Spread.of([float(np.percentile(times, 99)) for times in alone]),
        new=Spread.of([found["new"] for found in together]),
        again=Spread.of([found["again"] for found in together]),
        start=Spread.of([seconds_to_answer(module) for _ in turns]),
        memory=Spread.of([found["memory"] for found in together]),
        alone=len(alone[0]),
        together=Spread.of([found["texts"] for found in together]),
    )


def _alone(module: str, messages: Sequence[str], path: Path, count: int, turn: int) -> list[float]:
    """Milliseconds for each of some messages, other ones each turn, on one thread."""
    drawn = Random(turn).sample(list(messages), min(count, len(messages)))
    path.write_text(json.dumps(drawn), encoding="utf-8")
    task = {"kind": "alone", "module": module, "texts": str(path)}
    times: list[float] = work(task, threads=1)["milliseconds"]
    return times
