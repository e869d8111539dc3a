"""The systems that are compared: Beside, and peers that install from PyPI, one small file each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar

MODULES = (
    "beside_gate",
    "alt_profanity_check",
    "better_profanity",
    "glin_profanity",
    "tox_block",
    "vader",
    "zero_shot",
)

# How sure a system is that a message is fine, and whether it lets the message through.
Judged = tuple[float, bool]


class Peer(ABC):
    """One system. Its package is imported by `load`, so that a missing one can still be listed.

    `threshold` is its makers': a message passes if its score lies above it; `rule` says so in words.
    """

    name: ClassVar[str]
    package: ClassVar[str]
    threshold: ClassVar[float]
    rule: ClassVar[str]

    @abstractmethod
    def load(self) -> None:
        """Everything that is needed before the first message."""

    @abstractmethod
    def scores(self, texts: Sequence[str]) -> list[float]:
        """The probability of each text that it is fine."""

    def judged(self, texts: Sequence[str]) -> list[Judged]:
        """Score and fate of each text."""
        return [(score, score > self.threshold) for score in self.scores(texts)]

    @property
    def version(self) -> str:
        """The installed version of the package, or nothing if it is not installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return ""


def find(module: str) -> Peer:
    """The system of one file of this folder, not loaded yet."""
    adapter = import_module(f"bench.peers.{module}").Adapter()
    if not isinstance(adapter, Peer):
        raise TypeError(f"bench/peers/{module}.py: Adapter is not a Peer")
    return adapter
