"""`python -m beside.train.report [WEIGHTS]`: the figures of a model on the validation, as Markdown.

Each author's messages are judged by a scale made from the other authors' alone, so that no message has a
part in the cut-offs that it is judged by. Texts that also stand in the training corpus are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from beside.codebook import NAMES
from beside.gate.policy import Scale
from beside.gate.reading import Reading
from beside.gate.weights import SHIPPED
from beside.train.calibrate import scale_of
from beside.train.corpus import Message, load
from beside.train.measure import Figure, all_presets, macro_f1, marked_f1
from beside.train.pack import readings


def unseen(messages: Sequence[Message], train: Sequence[Message]) -> list[Message]:
    """The messages whose text nobody trained on, not even a bare heart."""
    known = {message.text.casefold().strip() for message in train}
    return [message for message in messages if message.text.casefold().strip() not in known]


def crossed(messages: Sequence[Message], found: Sequence[Reading]) -> list[Scale]:
    """Per message a scale made from the other authors' messages."""
    scales = {}
    for author in {message.author for message in messages}:
        others = [place for place, message in enumerate(messages) if message.author != author]
        scales[author] = scale_of([messages[place] for place in others], [found[place] for place in others])
    return [scales[message.author] for message in messages]


def report(folder: Path, corpus: Path) -> str:
    """The tables of `docs/model-card.md` for the weights in a folder."""
    messages = unseen(load(corpus / "validation"), load(corpus / "train"))
    texts = [message.text for message in messages]
    found = readings(folder, texts)
    scales = crossed(messages, readings(folder, texts, apart=False))
    lines = ["| preset | leak | hush | leak of decline | crisis recall | AUC | ECE |", "|" + " --- |" * 7]
    for name, figures in all_presets(messages, found, scales).items():
        columns = ("leak", "hush", "leak of decline", "crisis recall", "auc", "calibration error")
        lines.append(f"| {name} | " + " | ".join(_cell(figures.get(column)) for column in columns) + " |")
    f1 = macro_f1(messages, found, scales)
    lines += [
        "",
        f"Macro F1 {f1['macro']:.3f}. Marked words, token F1: {_cell(marked_f1(messages, found))}.",
        "",
    ]
    lines += ["| label | n | F1 |", "| --- | --- | --- |"]
    lines += [f"| {name} | {sum(name in m.labels for m in messages)} | {f1[name]:.2f} |" for name in NAMES]
    return "\n".join(lines) + "\n"


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.count == 0:
        return "–"
    interval = f", {figure.low:.3f}–{figure.high:.3f}" if figure.low != figure.high else ""
    return f"{figure.value:.3f} (n {figure.count}{interval})"


if __name__ == "__main__":
    sys.stdout.write(report(Path(sys.argv[1]) if sys.argv[1:] else SHIPPED, Path("corpus")))
