"""How good the scores for ordinary comments are, on comments that were written for measuring alone.

Corpus: `ordinary/validation.jsonl` (comments with all seven labels, by an author of no other file) and
`ordinary/functional.jsonl` (cases of hate and of what only looks like it, by another, 29 kinds).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beside.api.ordinary import Ordinary
from beside.api.scores import MET, ORDINARY
from beside.train.measure import Figure, auc_figure, share
from beside.train.ordinary.comments import ours

Floats = NDArray[np.float64]
Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One functional case: is it hateful, and which function does it try."""

    text: str
    function: str
    hateful: bool


def cases(path: Path) -> list[Case]:
    """The functional cases of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Case(row["text"], row["function"], row["hateful"]) for row in rows]


def hateful(scores: Scores) -> bool:
    """What a caller who wants hate out would stop: an attack on identity, or a threat."""
    return max(scores["identity_attack"], scores["threat"]) >= MET


def functional(found: Sequence[tuple[Case, bool]]) -> tuple[Figure, Figure]:
    """The share of the hateful cases that are found, and of the others that are left alone."""
    caught = [stopped for case, stopped in found if case.hateful]
    left = [not stopped for case, stopped in found if not case.hateful]
    return share(sum(caught), len(caught)), share(sum(left), len(left))


def report(corpus: Path, reader: Ordinary) -> str:
    """The tables of `docs/model-card.md`."""
    comments = list(ours(corpus / "ordinary" / "validation.jsonl"))
    found = [reader.scores(comment.text) for comment in comments]
    lines = ["| score | n | AUC | found at 0.5 | others left alone |", "|" + " --- |" * 5]
    for column, name in enumerate(ORDINARY):
        truth = np.array([comment.wanted[column] > MET for comment in comments])
        scores = np.array([row[name] for row in found])
        lines.append(f"| {name} | {truth.sum()} | {_area(truth, scores)} | {_at(truth, scores)} |")
    judged = [
        (case, hateful(reader.scores(case.text))) for case in cases(corpus / "ordinary" / "functional.jsonl")
    ]
    caught, left = functional(judged)
    lines += [
        "",
        f"Functional cases: hateful found {_cell(caught)}, not hateful left alone {_cell(left)}.",
        "",
    ]
    return "\n".join(lines + _by_function(judged)) + "\n"


def _area(truth: NDArray[np.bool_], scores: Floats) -> str:
    return _cell(auc_figure(truth.tolist(), scores.tolist()))


def _at(truth: NDArray[np.bool_], scores: Floats) -> str:
    met = scores >= MET
    found, left = (
        share(int((met & truth).sum()), int(truth.sum())),
        share(int((~met & ~truth).sum()), int((~truth).sum())),
    )
    return f"{_cell(found)} | {_cell(left)}"


def _by_function(judged: Sequence[tuple[Case, bool]]) -> list[str]:
    lines = ["| function | hateful | right |", "| --- | --- | --- |"]
    for function in dict.fromkeys(case.function for case, _ in judged):
        rows = [(case, stopped) for case, stopped in judged if case.function == function]
        right = sum(case.hateful == stopped for case, stopped in rows)
        lines.append(
            f"| {function.replace('_', ' ')} | {_yes(rows[0][0].hateful)} | {right} of {len(rows)} |"
        )
    return lines


def _yes(hateful: bool) -> str:
    return "yes" if hateful else "no"


def _cell(figure: Figure) -> str:
    return f"{figure.value:.3f} (n {figure.count}, {figure.low:.3f}–{figure.high:.3f})"
