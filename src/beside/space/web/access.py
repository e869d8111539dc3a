"""Who may ask for a page: every view is declared by one of these, and a test holds each route to it.

Whoever has no right gets the page for "not found", the same as for what does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from beside.space.models import Audience, Guest, Host, Moderator, Person, Update
from beside.space.verbs.errors import NotAllowed

View = Callable[..., HttpResponse]
SESSION = "guest_of"
LINKS = "links"


def anyone(*methods: str) -> Callable[[View], View]:
    """No account, no link needed."""
    return _declared("anyone", methods, lambda view: view)


def signed_in(*methods: str) -> Callable[[View], View]:
    """Any account."""
    return _declared("signed in", methods, login_required)


def operator(*methods: str) -> Callable[[View], View]:
    """Who runs the installation."""

    def guard(view: View) -> View:
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not person_of(request).is_operator:
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return _declared("operator", methods, guard)


def host(*methods: str) -> Callable[[View], View]:
    """A host of the space in the address; the view is given her `Host` in its place."""

    def find(request: HttpRequest, space_id: UUID) -> Host | None:
        found = Host.objects.filter(space_id=space_id, person=person_of(request), left_at=None)
        return found.select_related("space", "person").first()

    return _declared("host", methods, lambda view: login_required(_with(find, view)))


def moderator(*methods: str) -> Callable[[View], View]:
    """A friend who reads first in the space in the address; the view is given the `Moderator`."""

    def find(request: HttpRequest, space_id: UUID) -> Moderator | None:
        found = Moderator.objects.filter(space_id=space_id, person=person_of(request), ended_at=None)
        return found.exclude(accepted_at=None).select_related("space", "person").first()

    return _declared("moderator", methods, lambda view: login_required(_with(find, view)))


def guest(*methods: str) -> Callable[[View], View]:
    """A guest let into the space in the address, by the session of a personal link; given the `Guest`."""
    return _declared("guest", methods, lambda view: _with(guest_of, view))


def guest_of(request: HttpRequest, space_id: UUID) -> Guest | None:
    """The guest that this browser is in a space, while the link that let it in is good."""
    known = request.session.get(SESSION, {}).get(str(space_id))
    if not known:
        return None
    found = Guest.objects.filter(pk=known[0], session_version=known[1], space_id=space_id, revoked_at=None)
    return found.exclude(let_in_at=None).select_related("space").first()


def remember_guest(request: HttpRequest, found: Guest) -> None:
    """Makes this browser that guest, in a session with a new id."""
    known = dict(request.session.get(SESSION, {}))
    known[str(found.space_id)] = [str(found.pk), found.session_version]
    request.session.cycle_key()
    request.session[SESSION] = known


def remember_link(request: HttpRequest, update: Update) -> None:
    """This browser came by the public link of an update; for its photos."""
    known = request.session.get(LINKS, {})
    request.session[LINKS] = {**known, str(update.pk): update.link_hash}


def holds_link(request: HttpRequest, update: Update) -> bool:
    """Whether this browser came by a link that is still the update's."""
    known = request.session.get(LINKS, {}).get(str(update.pk), "")
    open_to_all = update.audience == Audience.LINK and update.published_at and not update.withdrawn_at
    return bool(open_to_all and known and known == update.link_hash)


def person_of(request: HttpRequest) -> Person:
    """The account behind a request that `login_required` let through."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


def _with(find: Callable[[HttpRequest, UUID], Any], view: View) -> View:
    def guarded(request: HttpRequest, space_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        found = find(request, space_id)
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return guarded


def _declared(role: str, methods: tuple[str, ...], guard: Callable[[View], View]) -> Callable[[View], View]:
    def declare(view: View) -> View:
        guarded = guard(view)

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return guarded(request, *args, **kwargs)
            except NotAllowed:
                raise Http404 from None

        checked = require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))(answered)
        checked.role, checked.methods = role, methods  # type: ignore[attr-defined]
        return checked

    return declare
