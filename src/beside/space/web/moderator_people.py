"""Objections, notes, senders, and stepping down."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from beside.space.models import Guest, Moderator
from beside.space.verbs import objections as objecting
from beside.space.verbs import open_space, review
from beside.space.verbs import senders as sending
from beside.space.verbs.errors import NotAllowed, Overtaken
from beside.space.web.access import moderator as moderators
from beside.space.web.forms_moderator import NoteForm
from beside.space.web.moderator_queue import page
from beside.space.web.moderator_words import card


@moderators("GET")
def objections(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    """Senders who ask for another look at what somebody else decided."""
    found = objecting.objections(moderator=moderator)
    shown = review.as_it_stands(messages=[one.message_id for one in found])
    pairs = [(one, card(shown[one.message_id])) for one in found]
    return page(request, moderator, "objections", pairs=pairs)


@moderators("POST")
def objection(request: HttpRequest, moderator: Moderator, objection_id: int) -> HttpResponse:
    """Lets it through after all, or leaves it as it is."""
    found = [one for one in objecting.objections(moderator=moderator) if one.pk == objection_id]
    uphold = request.POST.get("uphold")
    if moderator.person is None or uphold not in ("yes", "no"):
        raise NotAllowed
    try:
        if not found:
            raise Overtaken
        objecting.settle_objection(objection=found[0], person=moderator.person, uphold=uphold == "yes")
        messages.success(request, _("Thank you. Whoever wrote it is told."))
    except Overtaken as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect("moderator_objections", moderator.space_id)


@moderators("GET", "POST")
def notes(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    """What the friends tell each other."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sending.leave_note(moderator=moderator, body=form.cleaned_data["body"])
        return redirect("moderator_notes", moderator.space_id)
    return page(request, moderator, "notes", form=form, notes=sending.notes(moderator=moderator))


@moderators("GET")
def senders(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    """Whose messages wait, and who is blocked."""
    return page(request, moderator, "senders", guests=sending.senders(moderator=moderator))


@moderators("GET", "POST")
def sender(request: HttpRequest, moderator: Moderator, guest_id: UUID) -> HttpResponse:
    """Blocks somebody, or lets them write again; asked once more before."""
    guest = Guest.objects.filter(pk=guest_id, space=moderator.space).select_related("space").first()
    if guest is None or guest not in sending.senders(moderator=moderator):
        raise NotAllowed
    if request.method == "GET":
        return page(request, moderator, "sender", guest=guest)
    if guest.blocked_at:
        sending.unblock(moderator=moderator, guest=guest)
        messages.success(request, _("They can write here again."))
    else:
        sending.block(moderator=moderator, guest=guest)
        messages.success(request, _("They can write here no more. What waits of theirs stays here."))
    return redirect("moderator_senders", moderator.space_id)


@moderators("GET", "POST")
def step_down(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    """A friend stops reading first; no reason is asked."""
    if request.method == "GET":
        return page(request, moderator, "step_down")
    open_space.end_moderating(moderator=moderator)
    messages.success(request, _("Thank you for what you carried. You read here no more."))
    return redirect("home")
