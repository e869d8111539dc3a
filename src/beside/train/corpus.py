"""The corpus on disk: one JSON object a line, with text, labels, spans, voice and medium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from beside.codebook import BY_NAME, Rule
from beside.gate.reading import Span


@dataclass(frozen=True, slots=True)
class Message:
    """One labelled message; `author` is the file that it stands in."""

    text: str
    labels: frozenset[str]
    spans: tuple[Span, ...] = ()
    author: str = ""
    voice: str = ""
    medium: str = ""
    pair: int | None = None
    second_labels: frozenset[str] | None = field(default=None)

    @property
    def rule(self) -> Rule:
        """What the default policy does with exactly these labels."""
        if "crisis" in self.labels:
            return Rule.HOLD
        rules = {BY_NAME[name].default for name in self.labels}
        if Rule.DECLINE in rules:
            return Rule.DECLINE
        supported = any(BY_NAME[name].supports for name in self.labels)
        return Rule.WELCOME if supported and rules == {Rule.WELCOME} else Rule.HOLD


def load(folder: Path) -> list[Message]:
    """All messages of a folder of JSONL files, in the order of the files' names.

    Raises `ValueError` with file and line where a row does not follow the codebook.
    """
    return [message for path in sorted(folder.glob("*.jsonl")) for message in load_file(path)]


def load_file(path: Path) -> Iterator[Message]:
    """The messages of one JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield _message(json.loads(line), path.stem)
            except (ValueError, KeyError, TypeError) as problem:
                raise ValueError(f"{path}, line {number}: {problem}") from problem


def _message(row: dict[str, object], author: str) -> Message:
    text, labels = row["text"], row["labels"]
    if not isinstance(text, str) or not isinstance(labels, list):
        raise TypeError("text must be a string and labels a list")
    if unknown := set(labels) - set(BY_NAME):
        raise ValueError(f"not in the codebook: {sorted(unknown)}")
    second = row.get("second_labels")
    return Message(
        text=text,
        labels=frozenset(labels),
        spans=tuple(_span(span, text) for span in row.get("spans") or ()),  # type: ignore[attr-defined]
        author=author,
        voice=str(row.get("voice", "")),
        medium=str(row.get("medium", "")),
        pair=row["pair"] if isinstance(row.get("pair"), int) else None,  # type: ignore[arg-type]
        second_labels=frozenset(second) if isinstance(second, list) else None,
    )


def _span(row: dict[str, object], text: str) -> Span:
    start, end = int(str(row["start"])), int(str(row["end"]))
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}-{end} lies outside the text")
    return Span(str(row["label"]), start, end)


def read_texts(path: Path) -> list[tuple[str, str]]:
    """The (code, text) pairs of a file with ` | ` between code and text."""
    rows = [line.split(" | ", 1) for line in path.read_text(encoding="utf-8").splitlines() if " | " in line]
    return [(row[0].strip(), row[1].strip()) for row in rows]
