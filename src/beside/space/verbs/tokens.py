"""Secrets that let somebody in: 256 random bits, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A token for a link, and its hash for the database."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


def token_hash(token: str) -> str:
    """SHA-256 in hex. A plain hash is enough for a secret of 256 bits (ASVS 6.5.2)."""
    return hashlib.sha256(token.encode()).hexdigest()
