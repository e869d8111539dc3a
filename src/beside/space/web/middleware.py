"""Headers on every answer, and the way to the first-run set-up."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from beside.space.models import Installation

Answer = Callable[[HttpRequest], HttpResponse]
_FEATURES = (
    "camera",
    "display-capture",
    "geolocation",
    "microphone",
    "midi",
    "payment",
    "usb",
    "browsing-topics",
)
_ALWAYS_OPEN = ("/static/", "/health/", "/setup/", "/account/")


def headers(get_response: Answer) -> Answer:
    """Nothing is kept by a cache, indexed, or given to other sites."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in _FEATURES)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return answer


def first_run(get_response: Answer) -> Answer:
    """Until the operator has finished the set-up, every page leads there."""
    done = False

    def answer(request: HttpRequest) -> HttpResponse:
        nonlocal done
        if not done and not request.path.startswith(_ALWAYS_OPEN):
            done = Installation.objects.exclude(set_up_at=None).exists()
            if not done:
                return redirect("setup")
        return get_response(request)

    return answer
