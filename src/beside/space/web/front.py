"""The first page, and the page after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beside.space.models import Host, Moderator
from beside.space.verbs.open_space import may_open
from beside.space.web.access import anyone, person_of, signed_in


@anyone("GET")
def front(request: HttpRequest) -> HttpResponse:
    """What this is, and the ways in."""
    return render(request, "space/front.html")


@signed_in("GET")
def home(request: HttpRequest) -> HttpResponse:
    """Where somebody hosts or reads first."""
    person = person_of(request)
    hosted = Host.objects.filter(person=person, left_at=None).select_related("space")
    reading = Moderator.objects.filter(person=person, ended_at=None).exclude(accepted_at=None)
    known = {
        "hosted": hosted,
        "reading": reading.select_related("space"),
        "may_open": may_open(person=person),
    }
    return render(request, "space/home.html", known)
