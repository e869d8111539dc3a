"""The policies that callers may name: the presets, and a folder that is read again when it changes."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from beside.gate import Policy, PolicyError
from beside.gate.policy import PRESETS

_State = dict[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A policy with the name that callers use, its source, and a version that changes with its rules."""

    name: str
    policy: Policy
    source: str
    version: str


def shelved(name: str, policy: Policy, source: str) -> Shelved:
    """A policy with its version."""
    rules = {**policy.to_dict(), "labels": dict(sorted(policy.labels.items()))}
    text = json.dumps(rules, sort_keys=True, ensure_ascii=True)
    return Shelved(name, policy, source, hashlib.sha256(text.encode()).hexdigest()[:12])


_PRESETS: Mapping[str, Shelved] = {name: shelved(name, policy, "preset") for name, policy in PRESETS.items()}


class Shelf:
    """The policies as they are now. A file `careful.toml` is the policy `careful`.

    Raises `PolicyError` at the start for a file that is none. Later a bad file leaves what it replaces in
    force, and `trouble` says what is wrong with it.
    """

    def __init__(
        self, folder: Path | None, every: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder, self._every, self._clock = folder, every, clock
        self._seen: _State = {}
        self._shelved: dict[str, Shelved] = dict(_PRESETS)
        self.trouble: dict[str, str] = {}
        self._next = 0.0
        self._refresh()
        if self.trouble:
            raise PolicyError(next(iter(self.trouble.values())))

    def get(self, name: str) -> Shelved | None:
        """The policy of that name."""
        self._refresh()
        return self._shelved.get(name)

    def all(self) -> list[Shelved]:
        """Every policy: the presets first, then the files by name."""
        self._refresh()
        return list(self._shelved.values())

    def _refresh(self) -> None:
        now = self._clock()
        if self._folder is None or now < self._next:
            return
        self._next = now + self._every
        state = _state(self._folder)
        if state != self._seen:
            self._load(self._folder, state)

    def _load(self, folder: Path, state: _State) -> None:
        files: dict[str, Shelved] = {}
        trouble: dict[str, str] = {}
        for name in state:
            stem = Path(name).stem
            try:
                files[stem] = shelved(stem, Policy.load(folder / name), "file")
            except PolicyError as problem:
                trouble[stem] = str(problem)
                if stem in self._shelved:
                    files[stem] = self._shelved[stem]
        self._shelved, self.trouble, self._seen = {**_PRESETS, **files}, trouble, state


def _state(folder: Path) -> _State:
    found: _State = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            stat = path.stat()
        except FileNotFoundError:  # taken away between the listing and this look
            continue
        found[path.name] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found
