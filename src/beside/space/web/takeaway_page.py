"""What the pages of taking away and bringing along share: they look like those of whoever opens them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beside.space.models import Guest, Host, Moderator
from beside.space.verbs.pause import zone_named
from beside.space.verbs.wording import hosts_of, named
from beside.space.web.host_wording import space_name, your_baby


def host_page(
    request: HttpRequest, host: Host, template: str, status: int = 200, **known: Any
) -> HttpResponse:
    """A page in a host's own space."""
    shared = {
        "host": host,
        "space": host.space,
        "space_name": space_name(host.space, host.name),
        "your_baby": your_baby(host.space),
        "zone": zone_named(host.person.time_zone if host.person else "UTC"),
        "here": "space",
    }
    return _page(request, template, {**shared, **known}, status)


def guest_page(request: HttpRequest, guest: Guest, template: str) -> HttpResponse:
    """A page for a guest."""
    names = named(hosts_of(guest.space))
    return _page(request, template, {"guest": guest, "space": guest.space, "names": names}, 200)


def moderator_page(
    request: HttpRequest, moderator: Moderator, template: str, status: int = 200, **known: Any
) -> HttpResponse:
    """A page for a friend who reads first."""
    shared = {"moderator": moderator, "space": moderator.space, "hosts": named(hosts_of(moderator.space))}
    return _page(request, template, {**shared, **known}, status)


def _page(request: HttpRequest, template: str, known: dict[str, Any], status: int) -> HttpResponse:
    return render(request, f"space/takeaway/{template}.html", known, status=status)
