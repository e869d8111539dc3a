"""Shared fixtures: one gate a process, the validation messages, and how thorough to be."""

import os
from pathlib import Path

import pytest

from beside import Gate
from beside.train.corpus import Message, load

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def gate() -> Gate:
    return Gate()


@pytest.fixture(scope="session")
def validation() -> list[Message]:
    return load(ROOT / "corpus" / "validation")


def count(full: int, reduced: int) -> int:
    """How many cases a long test takes: all of them when the promises are being proven."""
    return full if os.environ.get("BESIDE_PROVE") else reduced
