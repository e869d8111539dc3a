"""When whoever runs the place looked into her space, or made a file for the police, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from beside.space.models import Host
from beside.space.verbs import evidence, oversight
from beside.space.web.access import host as hosts
from beside.space.web.host_page import page


@hosts("GET")
def looked_in(request: HttpRequest, host: Host) -> HttpResponse:
    """Each look with its reason; nothing of what was seen."""
    return page(
        request,
        host,
        "looks",
        here="space",
        looks=oversight.looks(space=host.space),
        exports=evidence.exports(space=host.space),
    )
