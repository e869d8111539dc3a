"""What a guest reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from beside.space.models import Guest, Photo, Update
from beside.space.verbs.replies import Reply, of_others
from beside.space.verbs.share import readable
from beside.space.verbs.tap import tapped
from beside.space.web.access import guest as guests
from beside.space.web.forms_guest import WriteForm
from beside.space.web.guest_page import page, page_number

UPDATES = 10


@dataclass(frozen=True, slots=True)
class Telling:
    """One update as a guest sees it."""

    update: Update
    by: str
    photos: list[Photo]
    candle: bool
    heart: bool
    replies: list[Reply]


@guests("GET")
def home(request: HttpRequest, guest: Guest) -> HttpResponse:
    """What was shared with this guest, the newest first."""
    number = page_number(request)
    first = (number - 1) * UPDATES
    updates = list(_whole(readable(guest=guest))[first : first + UPDATES + 1])
    shown = updates[:UPDATES]
    replies, _ = of_others(guest=guest, updates=shown)
    return page(
        request,
        guest,
        "home",
        tellings=_tellings(guest, shown, replies),
        form=WriteForm(),
        newer=number - 1,
        older=number + 1 if len(updates) > UPDATES else 0,
    )


@guests("GET")
def update(request: HttpRequest, guest: Guest, update_id: UUID) -> HttpResponse:
    """One update, the form to write, and what others wrote where that is shared."""
    return with_form(request, guest, one_readable(guest, update_id), WriteForm())


@guests("GET")
def what_to_say(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Guidance for whoever does not know what to say. It never holds a message."""
    return page(request, guest, "what_to_say", to=_some_readable(guest, request.GET.get("update")))


def one_readable(guest: Guest, update_id: object) -> Update:
    """That update, or the page for what is not there."""
    try:
        found = _whole(readable(guest=guest)).filter(pk=UUID(str(update_id))).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def with_form(
    request: HttpRequest, guest: Guest, update: Update | None, form: WriteForm, status: int = 200
) -> HttpResponse:
    """The page of an update with a form as it stands; without an update, the form alone."""
    number = page_number(request)
    shown = [update] if update else []
    replies, more = of_others(guest=guest, updates=shown, page=number)
    return page(
        request,
        guest,
        "update",
        status=status,
        tellings=_tellings(guest, shown, replies),
        update=update,
        form=form,
        newer=number - 1,
        older=number + 1 if more else 0,
    )


def _some_readable(guest: Guest, update_id: str | None) -> Update | None:
    return one_readable(guest, update_id) if update_id else None


def _whole(updates: QuerySet[Update]) -> QuerySet[Update]:
    photos = Prefetch("photos", Photo.objects.order_by("created_at"), to_attr="shown")
    return updates.select_related("host").prefetch_related(photos)


def _tellings(guest: Guest, updates: Sequence[Update], replies: Sequence[Reply]) -> list[Telling]:
    taps = tapped(guest=guest, updates=updates)
    each: defaultdict[UUID, list[Reply]] = defaultdict(list)
    for reply in replies:
        each[reply.update_id].append(reply)
    return [
        Telling(
            update=update,
            by=update.host.name if update.host and not update.anonymous else "",
            photos=update.shown,  # type: ignore[attr-defined]
            candle=(update.pk, "candle") in taps,
            heart=(update.pk, "heart") in taps,
            replies=each[update.pk],
        )
        for update in updates
    ]


urlpatterns = [
    path("g/<uuid:space_id>/", home, name="guest_home"),
    path("g/<uuid:space_id>/u/<uuid:update_id>/", update, name="guest_update"),
    path("g/<uuid:space_id>/what-to-say/", what_to_say, name="guest_what_to_say"),
]
