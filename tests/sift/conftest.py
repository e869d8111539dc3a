"""A gate for tests, in which words decide, so that every test can say what it expects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from beside.gate.reading import Action, Decision, Span

WORDS = {
    "tablets": ("crisis", Action.HOLD),
    "find where": ("threat", Action.DECLINE),
    "scum": ("hate", Action.DECLINE),
    "lol": ("hostility", Action.DECLINE),
    "buy now": ("spam", Action.DECLINE),
    "at least": ("minimizing", Action.HOLD),
    "reason": ("platitude", Action.HOLD),
}
KIND = ("sorry", "love", "❤", "thinking of you")


class KeywordGate:
    """Declines or holds by `WORDS`, delivers what is in `KIND`, holds the rest."""

    def __init__(self) -> None:
        self.model = "keywords-1"
        self.asked: list[str] = []

    def decide_many(self, texts: Sequence[str], policy: Any = None) -> list[Decision]:
        self.asked.extend(texts)
        return [self._decide(text) for text in texts]

    def _decide(self, text: str) -> Decision:
        low = text.casefold()
        for word, (label, action) in WORDS.items():
            if word in low:
                span = Span(label, low.index(word), low.index(word) + len(word))
                reasons = (f"Found {label}.",)
                return Decision(action, (label,), 0.1, (f"has_{label}",), reasons, (span,), self.model)
        if any(word in low for word in KIND):
            return Decision(Action.DELIVER, ("comfort",), 0.9, ("support",), ("Kind.",), (), self.model)
        return Decision(Action.HOLD, (), 0.3, ("unsure",), ("Not sure.",), (), self.model)


@pytest.fixture
def gate() -> KeywordGate:
    return KeywordGate()


@pytest.fixture
def write(tmp_path: Path):
    """Writes an input file and gives its path."""

    def _write(name: str, data: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return _write


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path in it."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def listing():
    return contents
