"""No more e-mail, with one click: by a button, or by the mail program itself (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from beside.space.verbs.unsubscribe import unsubscribe, who_by
from beside.space.web.access import anyone


@csrf_exempt
@anyone("GET", "POST")
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, so that a scanner that opens the link ends nothing."""
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        _end(token)
        return HttpResponse(status=204)
    return _by_hand(request, token)


@csrf_protect
def _by_hand(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        _end(token)
        return render(request, "space/unsubscribe.html", {"done": True})
    if who_by(token=token) is None:
        raise Http404
    return render(request, "space/unsubscribe.html")


def _end(token: str) -> None:
    if not unsubscribe(token=token):
        raise Http404


urlpatterns = [path("unsubscribe/<str:token>/", leave, name="unsubscribe")]
