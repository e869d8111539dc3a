"""API keys: who may ask what. A small JSON file that holds a hash of each key, never the key.

The file is read again when it changes, so a key that was made or revoked counts from the next request.
Coral signs with a secret that both sides must know, so `signing` is the one thing kept as it is.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path


class Contract(StrEnum):
    """The languages that the API speaks; a key is for one or several of them."""

    OWN = "own"
    PERSPECTIVE = "perspective"
    OPENAI = "openai"
    CORAL = "coral"
    METRICS = "metrics"


ASKING = (Contract.OWN, Contract.PERSPECTIVE, Contract.OPENAI, Contract.CORAL)
_PREFIX = "beside_"


class KeysError(ValueError):
    """A keys file or a change to it that cannot be used; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """One caller. `rate` is requests a second (0: no limit), `stories` ids or URL patterns (Coral).

    `policy_mode`: OpenAI's `flagged` follows the policy. `shadow`: Coral is told nothing, the log what
    it would have been told. `lets_through`: Coral is told to publish what is delivered, so that a story
    can stand on pre-moderation and a failure means waiting.
    """

    name: str
    hash: str = ""
    contracts: tuple[str, ...] = ASKING
    policy: str = "support only"
    rate: float = 10.0
    burst: int = 20
    stories: tuple[str, ...] = ()
    shadow: bool = False
    lets_through: bool = False
    policy_mode: bool = False
    signing: tuple[str, ...] = ()
    created: str = ""

    def is_for(self, contract: str) -> bool:
        """Whether the key may be used for a contract."""
        return contract in self.contracts

    def covers(self, story: str, url: str) -> bool:
        """Whether the policy applies to a story, by its id or by a pattern of its address."""
        return any(story == given or fnmatchcase(url, given) for given in self.stories)


OPEN = Key("open", contracts=tuple(Contract), rate=0.0, stories=("*",))


def hash_of(secret: str) -> str:
    """What is kept of a key. A key is 256 random bits, so a fast hash cannot be guessed backwards."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class KeyFile:
    """The keys in one file, as they are now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._keys: dict[str, Key] = {}
        self._names: dict[str, Key] = {}
        self.trouble = ""
        self._refresh(strict=True)

    def find(self, secret: str) -> Key | None:
        """The key that a caller showed, if there is one."""
        self._refresh()
        return self._keys.get(hash_of(secret))

    def named(self, name: str) -> Key | None:
        """The key of that name, if there is one."""
        self._refresh()
        return self._names.get(name)

    def all(self) -> list[Key]:
        """Every key, by name."""
        self._refresh()
        return [self._names[name] for name in sorted(self._names)]

    def create(self, key: Key) -> str:
        """Adds a key and returns its secret, which is shown this once. Raises `KeysError`."""
        secret = _PREFIX + secrets.token_urlsafe(32)
        with self._changing() as keys:
            if key.name in keys:
                raise KeysError(f"there is a key {key.name!r} already. Take another name, or revoke it")
            keys[key.name] = replace(key, hash=hash_of(secret))
        return secret

    def revoke(self, name: str) -> None:
        """Takes a key away. Raises `KeysError` where there is none."""
        with self._changing() as keys:
            if keys.pop(name, None) is None:
                raise _unknown(name)

    def change(self, name: str, how: Callable[[Key], Key]) -> None:
        """Replaces a key by what `how` makes of it. Raises `KeysError` where there is none."""
        with self._changing() as keys:
            if name not in keys:
                raise _unknown(name)
            keys[name] = how(keys[name])

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        """The keys to change, written back as a whole; two commands at once take turns."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._path.with_name(f"{self._path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._refresh(strict=True)
            keys = dict(self._names)
            yield keys
            _write(self._path, keys.values())
            self._refresh(strict=True)

    def _refresh(self, *, strict: bool = False) -> None:
        seen = _state(self._path)
        if seen == self._seen:
            return
        try:
            names = _read(self._path) if seen else {}
        except KeysError as problem:
            if strict:
                raise
            # A slip of the hand in the file must not lock everybody out: what was read last still counts.
            self.trouble, self._seen = str(problem), seen
            return
        self.trouble, self._seen, self._names = "", seen, names
        self._keys = {key.hash: key for key in names.values() if key.hash}


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(path: Path) -> dict[str, Key]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        keys = [_key(entry) for entry in data["keys"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as problem:
        raise KeysError(f"{path.name} is not a file of keys ({type(problem).__name__}). Restore it") from None
    return {key.name: key for key in keys}


_LISTS = ("contracts", "stories", "signing")


def _key(entry: Mapping[str, object]) -> Key:
    known = {field.name for field in fields(Key)}
    given = {name: value for name, value in entry.items() if name in known}
    for name in _LISTS:
        if name in given:
            given[name] = tuple(given[name])  # type: ignore[arg-type]
    return Key(**given)  # type: ignore[arg-type]


def _write(path: Path, keys: Iterable[Key]) -> None:
    rows = [asdict(key) for key in sorted(keys, key=lambda key: key.name)]
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump({"keys": rows}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    new.replace(path)


def _unknown(name: str) -> KeysError:
    return KeysError(f"there is no key {name!r}. See them with: beside api key list")
