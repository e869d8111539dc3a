"""Taking away and bringing along: a copy of everything, a book to keep, and what was written elsewhere."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from beside.space.models import Guest, Host, Job, JobKind
from beside.space.verbs import export, jobs, keepsake, sealed_file
from beside.space.web import takeaway_bring
from beside.space.web.access import guest as guests
from beside.space.web.access import host as hosts
from beside.space.web.access import person_of
from beside.space.web.forms_takeaway import BookForm
from beside.space.web.takeaway_page import guest_page, host_page

_FILES = {
    JobKind.EXPORT: ("application/zip", "copy.zip"),
    JobKind.KEEPSAKE: ("application/pdf", "book.pdf"),
}


@hosts("GET")
def take(request: HttpRequest, host: Host) -> HttpResponse:
    """What she can take with her, and what is ready."""
    made = Job.objects.filter(space=host.space, person=host.person, kind__in=_FILES, problem="")
    return host_page(request, host, "take", made=made.order_by("made_at"))


@hosts("POST")
def copy(request: HttpRequest, host: Host) -> HttpResponse:  # noqa: ARG001
    """Begins a copy of everything of hers."""
    job = export.start(host=host)
    return redirect("host_taken", host.space_id, job.pk)


@hosts("GET", "POST")
def book(request: HttpRequest, host: Host) -> HttpResponse:
    """Begins the book, or says that there is none here and offers the same pages to print."""
    if not keepsake.available():
        photos = request.POST.get("photos", "")
        if request.method == "POST" and photos in keepsake.CHOICES:
            return redirect("host_book_pages", host.space_id, photos)
        return host_page(request, host, "book_ask", form=BookForm(), here_not=True)
    form = BookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        job = keepsake.start(host=host, photos=form.cleaned_data["photos"])
        return redirect("host_taken", host.space_id, job.pk)
    return host_page(request, host, "book_ask", form=form)


@hosts("GET")
def book_pages(request: HttpRequest, host: Host, photos: str) -> HttpResponse:
    """The pages of the book, to print from the browser."""
    if photos not in keepsake.CHOICES:
        raise Http404
    with timezone.override(keepsake.zone_of(host)):
        return host_page(request, host, "book_pages", book=keepsake.book(host=host, photos=photos))


@hosts("GET")
def taken(request: HttpRequest, host: Host, job_id: UUID) -> HttpResponse:
    """How far a copy or a book is; without a script it is looked at again by hand."""
    return host_page(request, host, "taken", job=_job(request, host, job_id))


@hosts("GET")
def taken_file(request: HttpRequest, host: Host, job_id: UUID) -> HttpResponse:
    """The copy or the book itself."""
    job = _job(request, host, job_id)
    if not job.finished_at or job.problem or not sealed_file.path_of(job.file).exists():
        raise Http404
    kind, name = _FILES[JobKind(job.kind)]
    response = StreamingHttpResponse(sealed_file.read(job.file), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Length"] = str(job.options["size"])
    return cast(HttpResponse, response)  # whoever guards a view looks at neither's body


@guests("GET", "POST")
def guest_copy(request: HttpRequest, guest: Guest) -> HttpResponse:
    """A copy of everything of a guest's."""
    if request.method != "POST":
        return guest_page(request, guest, "copy_ask")
    response = HttpResponse(export.pack_guest(guest=guest), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="copy.zip"'
    return response


def _job(request: HttpRequest, host: Host, job_id: UUID) -> Job:
    job = jobs.of(person=person_of(request), space=host.space, job_id=job_id)
    if job.kind not in _FILES:
        raise Http404
    return job


urlpatterns = [
    path("h/<uuid:space_id>/take/", take, name="host_export"),
    path("h/<uuid:space_id>/take/copy/", copy, name="host_copy"),
    path("h/<uuid:space_id>/take/book/", book, name="host_book"),
    path("h/<uuid:space_id>/take/book/<slug:photos>/", book_pages, name="host_book_pages"),
    path("h/<uuid:space_id>/take/<uuid:job_id>/", taken, name="host_taken"),
    path("h/<uuid:space_id>/take/<uuid:job_id>/file/", taken_file, name="host_taken_file"),
    path("g/<uuid:space_id>/mine/copy/", guest_copy, name="guest_copy"),
    *takeaway_bring.urlpatterns,
]
