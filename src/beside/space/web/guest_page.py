"""What every page of a guest has in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beside.space.models import Guest
from beside.space.verbs.wording import baby, hosts_of, named

TOO_OFTEN = 429


def page(request: HttpRequest, guest: Guest, template: str, status: int = 200, **known: Any) -> HttpResponse:
    """One page of a guest: who shares here, in their words; who wants nothing to arrive for a while."""
    hosts = hosts_of(guest.space)
    away = [host for host in hosts if host.paused_since]
    shared = {
        "guest": guest,
        "space": guest.space,
        "names": named(hosts),
        "baby": baby(guest.space),
        "away": named(away) if away else "",
        "blocked": guest.blocked_at is not None,
    }
    return render(request, f"space/guest/{template}.html", {**shared, **known}, status=status)


def too_often(response: HttpResponse, per: timedelta) -> HttpResponse:
    """The same answer, saying to machines too that it is for later."""
    response.status_code = TOO_OFTEN
    response["Retry-After"] = str(int(per.total_seconds()))
    return response


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for; the first for anything that is no number."""
    asked = request.GET.get("page", "")
    return min(int(asked), 100_000) or 1 if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1
