"""Whole addresses of pages, for mails and for links to copy."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def address(route: str, *args: object, **parts: object) -> str:
    """The address of a route, with the scheme and host that people type."""
    return f"{settings.BESIDE_URL}{reverse(route, args=args or None, kwargs=parts or None)}"
