"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from beside.space.models import Installation


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The installation, read once a request."""
    known = vars(request)
    if "installation" not in known:
        known["installation"] = Installation.objects.first() or Installation()
    return {"installation": known["installation"]}
