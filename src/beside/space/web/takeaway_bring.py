"""Bringing along, for a host or a friend who reads first: the file, how far it is, and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from beside.space.models import Host, Job, JobKind, Moderator, Space
from beside.space.verbs import bring_along, jobs
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.web.access import host as hosts
from beside.space.web.access import moderator as moderators
from beside.space.web.access import person_of
from beside.space.web.forms_takeaway import KEEP, BringForm, ColumnForm
from beside.space.web.takeaway_page import host_page, moderator_page
from beside.space.web.upload_sealed import is_too_large, sealing

Page = Callable[..., HttpResponse]

PROBLEMS: dict[str, str | Promise] = {
    "packed": _(
        "This file is packed (a ZIP). Please unpack it first, and choose the file with the messages."
    ),
    "web_page": _(
        "This is a web page. Instagram and Facebook can give the same as JSON: choose JSON where they "
        "ask for the format, and bring that file."
    ),
    "empty": _("This file is empty. Please choose another one."),
    "unknown": _("No messages were found in this file. Please choose another one."),
    "failed": _("Something went wrong here, and it was stopped. Please try again."),
    "gone": _("It was stopped, because whoever began it is not part of this space any more."),
    "no_pdf": _("No book can be made here. Its pages can be printed from the browser instead."),
}


# the inner view checks the token: first it has to be settled that the file is sealed while it comes in
@hosts("GET", "POST")
@csrf_exempt
def host_bring(request: HttpRequest, host: Host) -> HttpResponse:
    """A host chooses a file."""
    return _bring(request, host.space, partial(host_page, request, host), "host")


@moderators("GET", "POST")
@csrf_exempt
def moderator_bring(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    """A friend who reads first chooses a file."""
    return _bring(request, moderator.space, partial(moderator_page, request, moderator), "moderator")


@hosts("GET", "POST")
def host_brought(request: HttpRequest, host: Host, job_id: UUID) -> HttpResponse:
    """How far it is."""
    return _brought(request, host.space, job_id, partial(host_page, request, host), "host")


@moderators("GET", "POST")
def moderator_brought(request: HttpRequest, moderator: Moderator, job_id: UUID) -> HttpResponse:
    """How far it is; a friend who reads first is also told how many rows could not be read."""
    page = partial(moderator_page, request, moderator)
    return _brought(request, moderator.space, job_id, page, "moderator")


def _bring(request: HttpRequest, space: Space, page: Page, who: str) -> HttpResponse:
    if request.method == "POST" and is_too_large(request, bring_along.LARGEST):
        return page(f"bring_{who}", status=413, form=BringForm(), too_large=True)
    with sealing(request, space) as kept:
        answer: HttpResponse = csrf_protect(_chosen)(request, space, page, who, kept)
    return answer


def _chosen(request: HttpRequest, space: Space, page: Page, who: str, kept: list[str]) -> HttpResponse:
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if form.is_valid():
        given = form.cleaned_data
        try:
            job = bring_along.start(
                space=space,
                person=person_of(request),
                file=given["file"].sealed,
                called=given["file"].name,
                names=given["names"] == KEEP,
                own=given["own"],
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            kept.remove(job.file)
            return redirect(f"{who}_brought", space.pk, job.pk)
    return page(f"bring_{who}", form=form)


def _brought(request: HttpRequest, space: Space, job_id: UUID, page: Page, who: str) -> HttpResponse:
    job = jobs.of(person=person_of(request), space=space, job_id=job_id)
    if job.kind != JobKind.IMPORT:
        raise Http404
    if job.problem == "column":
        return _column(request, job, page, who)
    return page(f"brought_{who}", **_state(job))


def _column(request: HttpRequest, job: Job, page: Page, who: str) -> HttpResponse:
    form = ColumnForm(request.POST or None, columns=job.options["columns"])
    if request.method == "POST" and form.is_valid():
        bring_along.choose_column(job=job, column=form.cleaned_data["column"])
        return redirect(f"{who}_brought", job.space_id, job.pk)
    return page(f"brought_{who}", job=job, form=form)


def _state(job: Job) -> dict[str, Any]:
    return {
        "job": job,
        "problem": PROBLEMS.get(job.problem, PROBLEMS["failed"]) if job.problem else "",
        "nothing": bring_along.nothing_read(job=job),
        "unreadable": bring_along.unreadable(job=job),
    }


urlpatterns = [
    path("h/<uuid:space_id>/bring/", host_bring, name="host_import"),
    path("h/<uuid:space_id>/bring/<uuid:job_id>/", host_brought, name="host_brought"),
    path("m/<uuid:space_id>/bring/", moderator_bring, name="moderator_import"),
    path("m/<uuid:space_id>/bring/<uuid:job_id>/", moderator_brought, name="moderator_brought"),
]
