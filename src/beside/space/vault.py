"""Texts, names and photos at rest: AES-256-GCM under a key per space.

A space's key lies in the keystore, a folder apart from the database and its backups, wrapped by the master
key, which lies apart from both. Destroying a space's key makes every copy of its texts unreadable, the ones
in old backups too. `seal` and `unseal` work on bytes; a sealed value begins with the id of its key, so that
it opens without being told whose it is.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_ID, _NONCE = 16, 12
_KEY_BITS = 256


class KeyGone(Exception):
    """The key of a sealed value was destroyed: its space was erased."""


class Damaged(Exception):
    """A sealed value was altered or cut, or belongs to another place."""


class Vault:
    """The keystore in `folder`, its keys wrapped by the master key in `master`; both made when missing."""

    def __init__(self, folder: Path, master: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._wrap = AESGCM(_master(master))
        self._keys: dict[bytes, bytes] = {}
        self._lock = Lock()

    def new_key(self) -> bytes:
        """Makes a key and returns its id (16 bytes)."""
        key_id, key = secrets.token_bytes(_ID), AESGCM.generate_key(_KEY_BITS)
        nonce = secrets.token_bytes(_NONCE)
        _write(self._path(key_id), nonce + self._wrap.encrypt(nonce, key, key_id))
        return key_id

    def destroy(self, key_id: bytes) -> None:
        """Overwrites and removes a key; what it sealed cannot be read again. Done twice, it is done once."""
        with self._lock:
            self._keys.pop(key_id, None)
        path = self._path(key_id)
        if path.exists():
            with path.open("r+b") as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                os.fsync(file.fileno())
            path.unlink()
            _sync(self._folder)

    def seal(self, key_id: bytes, plain: bytes, place: str) -> bytes:
        """`plain` sealed for one `place` (model and field); elsewhere it does not open. Raises `KeyGone`."""
        nonce = secrets.token_bytes(_NONCE)
        return key_id + nonce + AESGCM(self._key(key_id)).encrypt(nonce, plain, place.encode())

    def unseal(self, sealed: bytes, place: str) -> bytes:
        """The plain bytes. Raises `KeyGone` for an erased space and `Damaged` for an altered value."""
        key_id, nonce, body = sealed[:_ID], sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :]
        try:
            return AESGCM(self._key(key_id)).decrypt(nonce, body, place.encode())
        except (InvalidTag, ValueError) as error:
            raise Damaged(f"a value of {place} was altered") from error

    def mark(self, key_id: bytes, plain: bytes, place: str) -> str:
        """A keyed hash (64 hex digits) by which like finds like in one space, and which says nothing else."""
        return hmac.new(self._key(key_id), place.encode() + b"\0" + plain, hashlib.sha256).hexdigest()

    def _key(self, key_id: bytes) -> bytes:
        path = self._path(key_id)
        if not path.exists():  # also when another process destroyed it
            with self._lock:
                self._keys.pop(key_id, None)
            raise KeyGone(key_id.hex())
        with self._lock:
            if key_id not in self._keys:
                wrapped = path.read_bytes()
                nonce, body = wrapped[:_NONCE], wrapped[_NONCE:]
                self._keys[key_id] = self._wrap.decrypt(nonce, body, key_id)
            return self._keys[key_id]

    def _path(self, key_id: bytes) -> Path:
        return self._folder / f"{key_id.hex()}.key"


def _master(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):  # another process was first
            _write(path, AESGCM.generate_key(_KEY_BITS), exclusive=True)
    return path.read_bytes()


def _write(path: Path, data: bytes, exclusive: bool = False) -> None:
    """Whole or not at all, and on disk before it returns."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        if exclusive:
            path.hardlink_to(beside)
        else:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
