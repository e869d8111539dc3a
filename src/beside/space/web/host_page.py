"""What every page of a host has in common."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

from beside.space.models import Host
from beside.space.verbs.pause import zone_named
from beside.space.web.host_wording import space_name, your_baby

# which part of her space a page belongs to; the rest are settings
_PARTS = {
    "came": ("came", "away", "answer"),
    "updates": ("updates", "update", "update_link", "write", "photos", "share"),
    "people": ("people", "person", "invite", "link", "circles", "circle"),
    "": ("home", "opened", "sure", "refused"),
}
_PART_OF = {template: part for part, templates in _PARTS.items() for template in templates}


def page(request: HttpRequest, host: Host, template: str, status: int = 200, **known: Any) -> HttpResponse:
    """One page of a host: her words for whom she lost, her time zone, the name of her space."""
    shared = {
        "host": host,
        "space": host.space,
        "space_name": space_name(host.space, host.name),
        "your_baby": your_baby(host.space),
        "here": _PART_OF.get(template, "space"),
        "zone": zone_of(host),
    }
    return render(request, f"space/host/{template}.html", {**shared, **known}, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; `None` when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def zone_of(host: Host) -> ZoneInfo:
    """The time zone of her clock."""
    return zone_named(host.person.time_zone if host.person else "UTC")


def sure(
    request: HttpRequest, host: Host, *, ask: object, tell: object, do: object, back: str
) -> HttpResponse:
    """Asks once more, on a page of its own, before something that is hard to undo."""
    return page(request, host, "sure", ask=ask, tell=tell, do=do, back=back)


def refused(request: HttpRequest, host: Host, *, sentence: str | Promise, back: str) -> HttpResponse:
    """A rule says no: its sentence and a way on."""
    return page(request, host, "refused", status=409, sentence=sentence, back=back)
