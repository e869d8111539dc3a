"""Pages for when something is not there or goes wrong; all in plain words, all with a way on."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What a browser should not send, and what is larger than may be sent."""
    too_large = isinstance(exception, RequestDataTooBig)
    status = 413 if too_large else 400
    return render(request, "space/errors/bad_request.html", {"too_large": too_large}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What does not exist and what is not theirs look the same."""
    return render(request, "space/errors/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke on our side."""
    return render(request, "space/errors/failed.html", status=500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was open for too long, or sent from elsewhere."""
    return render(request, "space/errors/csrf.html", status=403)
