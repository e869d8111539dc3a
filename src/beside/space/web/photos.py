"""One photo, to whoever may read the update that it belongs to."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from beside.photo import media_type
from beside.space.models import Audience, Host, Person, Photo, Update
from beside.space.verbs.photo import read
from beside.space.verbs.share import may_read
from beside.space.web.access import anyone, guest_of, holds_link


@anyone("GET")
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The picture and nothing that a browser could run; for everybody else it is not there."""
    found = Photo.objects.filter(pk=photo_id).select_related("space", "update").first()
    if found is None or not _may_see(request, found.update):
        raise Http404
    data = read(photo=found)
    kind = media_type(data)
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="photo.{kind.rpartition("/")[2]}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _may_see(request: HttpRequest, update: Update) -> bool:
    return _hosts(request, update) or _is_let_in(request, update) or holds_link(request, update)


def _hosts(request: HttpRequest, update: Update) -> bool:
    """Her own; and the other parent's where it is shared with more than the other parent."""
    if not isinstance(request.user, Person):
        return False
    host = Host.objects.filter(space=update.space_id, person=request.user, left_at=None).first()
    if host is None:
        return False
    shared = update.published_at is not None and update.audience != Audience.ONLY_ME
    return shared or update.host_id == host.pk


def _is_let_in(request: HttpRequest, update: Update) -> bool:
    guest = guest_of(request, update.space_id)
    return guest is not None and may_read(update=update, guest=guest)


urlpatterns = [path("photo/<uuid:photo_id>/", photo, name="photo")]
