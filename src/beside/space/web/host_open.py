"""Opening a space: one question a screen, each may wait, and what was answered is kept at once."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from beside.space.models import Host
from beside.space.verbs import open_space
from beside.space.web.access import host as hosts
from beside.space.web.access import person_of, signed_in
from beside.space.web.forms_host import NameForm
from beside.space.web.host_page import page, posted
from beside.space.web.host_questions import OPENING, QUESTIONS

_TWICE = timedelta(seconds=30)


@signed_in("GET", "POST")
def opening(request: HttpRequest) -> HttpResponse:
    """Her name, the one thing that is needed. With it there is a space."""
    person = person_of(request)
    if not open_space.may_open(person=person):
        return render(request, "space/host/may_not_open.html")
    form = NameForm(posted(request))
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        host = _just_opened(request, name) or open_space.open_space(person=person, name=name)
        return redirect("open_step", host.space_id, OPENING[0])
    return render(request, "space/host/open.html", {"form": form})


@hosts("GET", "POST")
def step(request: HttpRequest, host: Host, step: str) -> HttpResponse:
    """One question of the opening; "decide later" leads on without an answer."""
    if step not in OPENING:
        raise Http404
    question = QUESTIONS[step]
    form = question.form(host, posted(request))
    if request.method == "POST" and form.is_valid():
        question.save(host, form.cleaned_data)
        return redirect(_after(host, step))
    return page(request, host, "open_step", question=question, form=form, later=_after(host, step))


@hosts("GET")
def opened(request: HttpRequest, host: Host) -> HttpResponse:
    """The space is there."""
    return page(request, host, "opened")


def _after(host: Host, step: str) -> str:
    place = OPENING.index(step) + 1
    if place == len(OPENING):
        return reverse("open_done", args=[host.space_id])
    return reverse("open_step", args=[host.space_id, OPENING[place]])


def _just_opened(request: HttpRequest, name: str) -> Host | None:
    """The space of a button that was pressed twice."""
    since = timezone.now() - _TWICE
    lately = Host.objects.filter(person=person_of(request), joined_at__gte=since, left_at=None)
    return next((host for host in lately if host.name == name), None)
