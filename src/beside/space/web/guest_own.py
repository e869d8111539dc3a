"""What is a guest's own: what they sent, how they are known, and going."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from beside.space.models import Guest
from beside.space.verbs import guest_own
from beside.space.verbs.erase import erase_guest
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.objections import object_to
from beside.space.verbs.receive import take_back
from beside.space.web.access import guest as guests
from beside.space.web.forms_guest import ObjectForm, SettingsForm, WriteForm
from beside.space.web.guest_help import help_first
from beside.space.web.guest_page import page, page_number


@guests("GET")
def mine(request: HttpRequest, guest: Guest) -> HttpResponse:
    """All that they sent, and where each of it is."""
    number = page_number(request)
    sent, more = guest_own.wrote(guest=guest, page=number)
    return page(request, guest, "mine", sent=sent, newer=number - 1, older=number + 1 if more else 0)


@guests("GET")
def message(request: HttpRequest, guest: Guest, message_id: UUID) -> HttpResponse:
    """One of theirs, with what can be done about it."""
    own = guest_own.one(guest=guest, message_id=message_id)
    in_danger = own.view.key == "crisis"
    known = help_first(request, guest.country or guest.space.country) if in_danger else {}
    return _with_forms(request, guest, own, ObjectForm(), in_danger=in_danger, **known)


@guests("POST")
def withdraw(request: HttpRequest, guest: Guest, message_id: UUID) -> HttpResponse:
    """Takes one of theirs back."""
    own = guest_own.one(guest=guest, message_id=message_id)
    try:
        if not own.message.withdrawn_at:
            take_back(message=own.message, guest=guest)
    except Refused as refusal:
        messages.info(request, str(refusal.sentence))
    return redirect("guest_message", guest.space_id, message_id)


@guests("POST")
def object_(request: HttpRequest, guest: Guest, message_id: UUID) -> HttpResponse:
    """Asks that somebody else looks at what was decided."""
    own = guest_own.one(guest=guest, message_id=message_id)
    form = ObjectForm(request.POST)
    if not own.view.may_object:
        raise NotAllowed
    if not form.is_valid():
        return _with_forms(request, guest, own, form)
    try:
        object_to(message=own.message, guest=guest, why=form.cleaned_data["why"])
    except Refused as refusal:
        messages.info(request, str(refusal.sentence))
    return redirect("guest_message", guest.space_id, message_id)


@guests("GET", "POST")
def erase(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Everything of theirs, after asking once."""
    if request.method == "POST":
        erase_guest(guest=guest)
        messages.success(request, _("Everything of yours is erased here. Your link leads nowhere any more."))
        return redirect("front")
    return page(request, guest, "erase")


@guests("GET", "POST")
def settings(request: HttpRequest, guest: Guest) -> HttpResponse:
    """How they are known here, where they are, and what may be mailed to them."""
    first = {"name": guest.name, "country": guest.country, "notices": guest.notices}
    form = SettingsForm(request.POST or None, guest=guest, initial=first)
    if request.method == "POST" and form.is_valid() and _saved(guest, form):
        messages.success(request, _("It is kept as you said."))
        return redirect("guest_settings", guest.space_id)
    return page(request, guest, "settings", form=form)


@guests("POST")
def leave(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Their link ends; what they wrote stays."""
    guest_own.leave(guest=guest)
    messages.success(request, _("You have left. Your link leads nowhere any more."))
    return redirect("front")


def _with_forms(
    request: HttpRequest, guest: Guest, own: guest_own.Own, object_form: ObjectForm, **known: Any
) -> HttpResponse:
    form = WriteForm(initial={"text": own.text})
    return page(request, guest, "message", own=own, form=form, object_form=object_form, **known)


def _saved(guest: Guest, form: SettingsForm) -> bool:
    given = form.cleaned_data
    try:
        guest_own.know_as(guest=guest, name=given.get("name") or guest.name)
    except Refused as refusal:
        form.add_error("name", str(refusal.sentence))
        return False
    guest_own.prefer(guest=guest, country=given["country"], notices=given.get("notices") or guest.notices)
    return True


urlpatterns = [
    path("g/<uuid:space_id>/mine/", mine, name="guest_mine"),
    path("g/<uuid:space_id>/mine/erase/", erase, name="guest_erase"),
    path("g/<uuid:space_id>/mine/<uuid:message_id>/", message, name="guest_message"),
    path("g/<uuid:space_id>/mine/<uuid:message_id>/withdraw/", withdraw, name="guest_withdraw"),
    path("g/<uuid:space_id>/mine/<uuid:message_id>/object/", object_, name="guest_object"),
    path("g/<uuid:space_id>/settings/", settings, name="guest_settings"),
    path("g/<uuid:space_id>/leave/", leave, name="guest_leave"),
]
