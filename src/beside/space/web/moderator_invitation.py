"""The question whether somebody would read first. The link says what it means; only a button answers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from beside.space.models import Moderator
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.open_space import accept_moderating, end_moderating, moderator_by
from beside.space.verbs.wording import hosts_of, named
from beside.space.web.access import anyone, person_of, signed_in

_KEPT = "read_first"


@anyone("GET", "POST")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What it means. While somebody signs in, the token waits in the session and stands in no address."""
    asked = _asked(token)
    if request.method == "GET":
        return _page(request, asked)
    if request.POST.get("answer") == "no":
        return _declined(request, asked)
    request.session[_KEPT] = token
    if request.user.is_authenticated:
        return _accept(request, token)
    return redirect(f"{reverse('account_login')}?next={reverse('moderator_answer')}")


@signed_in("GET", "POST")
def answer(request: HttpRequest) -> HttpResponse:
    """The same question again after signing in."""
    token = request.session.get(_KEPT, "")
    asked = _asked(token)
    if request.method == "GET":
        return _page(request, asked)
    if request.POST.get("answer") == "no":
        return _declined(request, asked)
    return _accept(request, token)


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    request.session.pop(_KEPT, None)
    try:
        accepted = accept_moderating(token=token, person=person_of(request))
    except NotAllowed:
        raise
    except Refused:
        return render(request, "space/moderator/is_host.html", status=409)
    return redirect("moderator_home", accepted.space_id)


def _declined(request: HttpRequest, asked: Moderator) -> HttpResponse:
    request.session.pop(_KEPT, None)
    end_moderating(moderator=asked)
    return render(request, "space/moderator/said_no.html", {"hosts": named(hosts_of(asked.space))})


def _page(request: HttpRequest, asked: Moderator) -> HttpResponse:
    return render(
        request, "space/moderator/invitation.html", {"asked": asked, "hosts": named(hosts_of(asked.space))}
    )


def _asked(token: str) -> Moderator:
    found = moderator_by(token=token) if token else None
    if found is None:
        raise Http404
    return found
