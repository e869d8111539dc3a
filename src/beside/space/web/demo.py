"""The doors of the demo space. They exist only where the settings say that this is a demo."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from beside.space.verbs.demo import person_behind
from beside.space.web.access import anyone


@anyone("GET", "POST")
def door(request: HttpRequest, key: str) -> HttpResponse:
    """One button, then in as one of the demo's people."""
    found = person_behind(key) if settings.BESIDE_DEMO else None
    if found is None:
        raise Http404
    person, space, who = found
    if request.method == "POST":
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("host_home" if who == "host" else "moderator_home", space_id=space.pk)
    return render(request, "space/demo.html", {"who": who})


urlpatterns = [path("demo/<str:key>/", door, name="demo")]
