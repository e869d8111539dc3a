"""The door: which contract a request is in, whose key it shows, and whether that key may ask now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from beside.api.keys import OPEN, Contract, Key, KeyFile
from beside.api.limits import Limits
from beside.api.problem import Kind, Refusal

_PREFIXES = (
    ("/v1/moderations", Contract.OPENAI),
    ("/v1/", Contract.OWN),
    ("/v1alpha1/", Contract.PERSPECTIVE),
    ("/coral/", Contract.CORAL),
    ("/metrics", Contract.METRICS),
)
_HEADERS = (b"x-api-key", b"x-goog-api-key")


def contract_of(path: str) -> Contract | None:
    """The contract that a path belongs to; none for what everybody may see."""
    return next((contract for prefix, contract in _PREFIXES if path.startswith(prefix)), None)


def credential(scope: Mapping[str, Any], contract: Contract) -> str:
    """The key that a request shows, empty if none: in a header, or as Google has it, in the address."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    scheme, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    for name in _HEADERS:
        if headers.get(name):
            return headers[name].decode("latin-1").strip()
    if contract is Contract.PERSPECTIVE:
        query: bytes = scope["query_string"]
        return parse_qs(query.decode("latin-1")).get("key", [""])[0].strip()
    return ""


class Door:
    """Lets callers in by their keys. `keys` is none where the API is open."""

    def __init__(self, keys: KeyFile | None, limits: Limits) -> None:
        self._keys, self._limits = keys, limits

    def admit(self, scope: Mapping[str, Any], contract: Contract) -> Key:
        """The caller's key. Raises `Refusal` for one that is missing, unknown, not for this, or too fast."""
        key = self._key(scope, contract)
        if not key.is_for(contract):
            raise Refusal(Kind.NOT_ALLOWED, f"This key is not for the contract '{contract}'")
        wait = self._limits.take(key)
        if wait:
            raise Refusal(Kind.TOO_FAST, f"This key may ask {key.rate:g} times a second", retry_after=wait)
        return key

    def _key(self, scope: Mapping[str, Any], contract: Contract) -> Key:
        if self._keys is None:
            return OPEN
        shown = credential(scope, contract)
        if not shown:
            raise Refusal(Kind.NO_KEY, "Show a key: Authorization: Bearer KEY")
        key = self._keys.find(shown)
        if key is None:
            raise Refusal(Kind.BAD_KEY, "There is no such key")
        return key

    def named(self, name: str) -> Key | None:
        """The key of that name, for callers who sign instead of showing one."""
        return OPEN if self._keys is None else self._keys.named(name)

    def charge(self, key: Key, texts: int) -> None:
        """Counts the texts of a request beyond its first."""
        self._limits.charge(key, texts - 1)

    def is_too_fast(self, key: Key) -> bool:
        """Takes one token; whether there was none."""
        return self._limits.take(key) > 0
