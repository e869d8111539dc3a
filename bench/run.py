"""One run over all systems. One that is missing or fails is a row that says so; the others still count."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.famous import sifted
from bench.machine import machine
from bench.peers import MODULES, find
from bench.post import distinct_texts, sentences
from bench.processes import FailedError, work
from bench.quality import crossed, quality
from bench.results import Quality, Results, Speed, System
from bench.speed import Effort, speed
from beside.train.corpus import Message

_SEED = 10
_CROSSED = "the same, its cut-offs set on the other authors' messages"
_Measure = Callable[[], tuple[Quality, Speed | None]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure. Texts for speed are put together from the sentences of `made_of`."""

    only: Sequence[str]
    effort: Effort
    messages: Sequence[Message]
    made_of: Sequence[str]
    comments: int
    sifts: int
    tiny: bool = False


def run(plan: Plan, date: str, command: str) -> Results:
    """Everything that the page tells."""
    about = machine()
    parts = sentences(plan.made_of)
    made = distinct_texts(plan.effort.together, parts, _SEED)
    _say(f"the famous post, {plan.comments:,} comments")
    posts = list(sifted(plan.comments, parts, plan.sifts))
    with TemporaryDirectory() as folder:
        systems = list(_systems(plan, Path(folder), made))
    return Results(
        date=date,
        command=command,
        tiny=plan.tiny,
        repeats=plan.effort.repeats,
        sifts=plan.sifts,
        machine=about,
        messages=len(plan.messages),
        characters=(_mean([message.text for message in plan.messages]), _mean(made)),
        systems=systems,
        posts=posts,
    )


def _systems(plan: Plan, folder: Path, made: Sequence[str]) -> Iterator[System]:
    (folder / "made.json").write_text(json.dumps(made), encoding="utf-8")
    texts = [message.text for message in plan.messages]
    (folder / "messages.json").write_text(json.dumps(texts), encoding="utf-8")
    for module in MODULES:
        peer = find(module)
        bare = System(peer.name, peer.version, peer.rule)
        if module not in plan.only:
            yield bare.without("left out of this run")
        elif not peer.version:
            yield bare.without("not installed")
        else:
            yield _tried(bare, partial(_both, module, plan, folder))
        if module == "beside_gate" and module in plan.only:
            again = System("Beside, crossed", "", _CROSSED)
            yield _tried(again, partial(_crossed, plan.messages))


def _both(module: str, plan: Plan, folder: Path) -> tuple[Quality, Speed]:
    task = {"kind": "quality", "module": module, "texts": str(folder / "messages.json")}
    found = quality(plan.messages, work(task)["judged"])
    return found, speed(module, [message.text for message in plan.messages], folder, plan.effort)


def _crossed(messages: Sequence[Message]) -> tuple[Quality, None]:
    return quality(messages, crossed(messages)), None


def _tried(bare: System, measure: _Measure) -> System:
    _say(f"{bare.name} {bare.version}".strip())
    try:
        return bare.measured(*measure())
    except FailedError as problem:
        return bare.without(f"failed: {problem}")


def _mean(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts)


def _say(what: str) -> None:
    print(f"measuring {what} …", file=sys.stderr, flush=True)
