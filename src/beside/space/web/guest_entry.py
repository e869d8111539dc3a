"""The ways in: a personal link, asking to be let in, and an update that anyone with its link may read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from beside.space.models import Space
from beside.space.verbs import let_in, limits, share
from beside.space.verbs.errors import Refused
from beside.space.verbs.sender_view import view
from beside.space.verbs.wording import hosts_of, named
from beside.space.web.access import anyone, remember_guest, remember_link
from beside.space.web.caller import caller
from beside.space.web.forms_guest import AskForm
from beside.space.web.guest_help import help_first
from beside.space.web.guest_page import too_often

PER, BURST = timedelta(minutes=20), 5


@anyone("GET", "POST")
def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """A button, and nothing that a mail scanner could use up; then in, to an address without the token."""
    guest = let_in.guest_by(token=token)
    if guest is None:
        raise Http404
    if request.method == "POST":
        guest = let_in.enter(token=token)
        remember_guest(request, guest)
        return redirect("guest_home", guest.space_id)
    return render(request, "space/guest/come_in.html", {"names": named(hosts_of(guest.space))})


@anyone("GET", "POST")
def ask(request: HttpRequest, space_id: UUID) -> HttpResponse:
    """Asks to be let in. The page names nobody: its address may come from a telling without a name."""
    space = get_object_or_404(Space, pk=space_id)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.take(who=caller(request), what="ask", per=PER, burst=BURST):
            form.add_error(
                None, _("Somebody here has asked often in a short time. Please ask again in a while.")
            )
            return too_often(render(request, "space/guest/ask.html", {"form": form}), PER)
        return _asked(request, space, form)
    return render(request, "space/guest/ask.html", {"form": form})


@anyone("GET")
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """An update for anyone who has its link: to read, and to ask to be let in."""
    update = share.by_link(token=token)
    if update is None:
        raise Http404
    photos = list(update.photos.order_by("created_at"))
    if photos:
        remember_link(request, update)
    by = update.host.name if update.host and not update.anonymous else ""
    known = {"update": update, "photos": photos, "by": by}
    return render(request, "space/guest/shared.html", known)


def _asked(request: HttpRequest, space: Space, form: AskForm) -> HttpResponse:
    try:
        guest = let_in.ask(space=space, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("note", str(refusal.sentence))
        return render(request, "space/guest/ask.html", {"form": form})
    request_message = guest.messages.get()
    in_danger = view(message=request_message).key == "crisis"
    known = help_first(request, space.country) if in_danger else {}
    return render(request, "space/guest/asked.html", {"in_danger": in_danger, **known})


urlpatterns = [
    path("in/<str:token>/", come_in, name="come_in"),
    path("ask/<uuid:space_id>/", ask, name="ask"),
    path("u/<str:token>/", shared, name="shared_update"),
]
