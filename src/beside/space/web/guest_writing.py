"""What a guest sends: words, help on a day, a candle, a heart; and what they are told before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from beside.space.models import Guest, Kind, Message, Update
from beside.space.verbs import guest_own, limits
from beside.space.verbs.errors import Refused
from beside.space.verbs.nudge import nudge
from beside.space.verbs.receive import change, receive
from beside.space.verbs.tap import tap
from beside.space.web.access import guest as guests
from beside.space.web.forms_guest import ObjectForm, OfferForm, WriteForm
from beside.space.web.guest_help import help_first
from beside.space.web.guest_page import page, too_often
from beside.space.web.guest_reading import one_readable, with_form

PER, BURST = timedelta(minutes=3), 20
Again = Callable[[], HttpResponse]


@dataclass(frozen=True, slots=True)
class Draft:
    """Words on their way: the form they are in, how to show it again, and what sending them does.

    `send` takes whether a friend is to read them first; `quiet` is where keeping quiet leads.
    """

    form: Form
    again: Again
    send: Callable[[bool], Message]
    quiet: str


@guests("POST")
def write(request: HttpRequest, guest: Guest) -> HttpResponse:
    """A message, to an update or to nothing in particular."""
    update = _update(request, guest)
    form = WriteForm(request.POST)

    def send(friend_first: bool) -> Message:
        text = form.cleaned_data["text"]
        return receive(guest=guest, update=update, text=text, to_friend_first=friend_first)

    def again() -> HttpResponse:
        return with_form(request, guest, update, form)

    return _on_its_way(request, guest, Draft(form, again, send, _page_of(guest, update)))


@guests("GET", "POST")
def offer(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Practical help on a day, which the host takes or leaves."""
    form = OfferForm(request.POST or None)

    def send(friend_first: bool) -> Message:
        given = form.cleaned_data
        facts = {"text": given["text"], "help_on": given["help_on"], "to_friend_first": friend_first}
        return receive(guest=guest, kind=Kind.OFFER, **facts)

    def again() -> HttpResponse:
        return page(request, guest, "offer", form=form)

    if request.method != "POST":
        return again()
    return _on_its_way(request, guest, Draft(form, again, send, _page_of(guest, None)))


@guests("POST")
def change_own(request: HttpRequest, guest: Guest, message_id: UUID) -> HttpResponse:
    """Other words for a message of one's own."""
    own = guest_own.one(guest=guest, message_id=message_id)
    form = WriteForm(request.POST)

    def send(friend_first: bool) -> Message:
        if not own.view.may_change:
            raise Refused
        text = form.cleaned_data["text"]
        change(message=own.message, guest=guest, text=text, to_friend_first=friend_first)
        return own.message

    def again() -> HttpResponse:
        return page(request, guest, "message", own=own, form=form, object_form=ObjectForm())

    return _on_its_way(request, guest, Draft(form, again, send, request.path.removesuffix("change/")))


@guests("POST")
def candle(request: HttpRequest, guest: Guest) -> HttpResponse:
    """One tap."""
    return _tapped(request, guest, Kind.CANDLE, _("Your candle is lit."))


@guests("POST")
def heart(request: HttpRequest, guest: Guest) -> HttpResponse:
    """One tap."""
    return _tapped(request, guest, Kind.HEART, _("Your heart is on its way."))


@guests("GET")
def sent(request: HttpRequest, guest: Guest, message_id: UUID) -> HttpResponse:
    """After sending: help first for somebody in danger, then that it was received and what happens to it."""
    own = guest_own.one(guest=guest, message_id=message_id)
    in_danger = own.view.key == "crisis"
    known = help_first(request, guest.country or guest.space.country) if in_danger else {}
    return page(request, guest, "sent", own=own, in_danger=in_danger, **known)


def _on_its_way(request: HttpRequest, guest: Guest, draft: Draft) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if guest.blocked_at:
        return redirect("guest_home", guest.space_id)
    if choice == "quiet":
        messages.info(request, _("Nothing was sent, and nothing was kept."))
        return redirect(draft.quiet)
    if not draft.form.is_valid() or choice == "rephrase":
        return draft.again()
    if not choice:
        found = nudge(guest=guest, text=draft.form.cleaned_data["text"])
        if found:
            return page(request, guest, "nudge", nudge=found, fields=_carried(request), to=request.path)
    return _sent(guest, draft, friend_first=bool(choice))


def _sent(guest: Guest, draft: Draft, *, friend_first: bool) -> HttpResponse:
    if not limits.take(who=f"guest {guest.pk}", what="write", per=PER, burst=BURST):
        wait = _(
            "That was much in a short time. Your words are still here; please send them in a few minutes."
        )
        return too_often(_refused(draft, wait), PER)
    try:
        message = draft.send(friend_first)
    except Refused as refusal:
        return _refused(draft, refusal.sentence)
    return redirect("guest_sent", guest.space_id, message.pk)


def _refused(draft: Draft, sentence: str | Promise) -> HttpResponse:
    draft.form.add_error("text", str(sentence))
    return draft.again()


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form held, so that the next page can send it on."""
    return [
        (name, str(value).replace("\r\n", "\n"))
        for name, value in request.POST.items()
        if name in ("text", "update", "help_on")
    ]


def _tapped(request: HttpRequest, guest: Guest, kind: Kind, done: str) -> HttpResponse:
    update = _update(request, guest)
    if guest.blocked_at:
        return redirect("guest_home", guest.space_id)
    if not limits.take(who=f"guest {guest.pk}", what="tap", per=PER, burst=BURST):
        return too_often(page(request, guest, "too_often"), PER)
    tap(guest=guest, update=update, kind=kind)
    messages.success(request, done)
    return redirect(_page_of(guest, update))


def _update(request: HttpRequest, guest: Guest) -> Update | None:
    asked = request.POST.get("update", "")
    return one_readable(guest, asked) if asked else None


def _page_of(guest: Guest, update: Update | None) -> str:
    if update is None:
        return reverse("guest_home", args=[guest.space_id])
    return reverse("guest_update", args=[guest.space_id, update.pk])


urlpatterns = [
    path("g/<uuid:space_id>/write/", write, name="guest_write"),
    path("g/<uuid:space_id>/help/", offer, name="guest_offer"),
    path("g/<uuid:space_id>/candle/", candle, name="guest_candle"),
    path("g/<uuid:space_id>/heart/", heart, name="guest_heart"),
    path("g/<uuid:space_id>/sent/<uuid:message_id>/", sent, name="guest_sent"),
    path("g/<uuid:space_id>/mine/<uuid:message_id>/change/", change_own, name="guest_change"),
]
