"""What waits for the operator because nobody in the space may, or did: objections, messages, erasures."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from beside.space.models import Message, Objection, Space
from beside.space.verbs import leave, oversight, review
from beside.space.verbs.errors import NotAllowed, Overtaken, Refused
from beside.space.verbs.objections import settle_objection
from beside.space.web.access import operator, person_of
from beside.space.web.forms_moderator import DecideForm
from beside.space.web.moderator_words import card


@operator("GET")
def listed(request: HttpRequest) -> HttpResponse:
    """All of it, and not a word of any text."""
    person = person_of(request)
    known = {
        "objections": oversight.waiting_objections(person=person),
        "left": oversight.left_waiting(person=person),
        "erasures": oversight.one_sided_erasures(),
    }
    return render(request, "space/operator/waiting.html", known)


@operator("POST")
def objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Opens an objection, which is recorded, or settles it."""
    person = person_of(request)
    found = get_object_or_404(Objection.objects.select_related("message__guest", "space"), pk=objection_id)
    uphold = request.POST.get("uphold")
    if uphold not in ("yes", "no"):
        opened = oversight.read_objection(person=person, objection=found)
        shown = review.as_it_stands(messages=[opened.message_id])[opened.message_id]
        known = {"objection": opened, "card": card(shown), "space": opened.space}
        return render(request, "space/operator/objection.html", known)
    try:
        settle_objection(objection=found, person=person, uphold=uphold == "yes")
        messages.success(request, _("Thank you. Whoever wrote it is told."))
    except Overtaken as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect("operator_waiting")


@operator("POST")
def left_waiting(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Opens a message that nobody read for 72 hours, which is recorded, or decides about it."""
    person = person_of(request)
    found = get_object_or_404(Message.objects.select_related("space", "guest"), pk=message_id)
    form = DecideForm(request.POST)
    if not request.POST.get("outcome"):
        opened = oversight.read_left_waiting(person=person, message=found)
        known = {"card": card(opened), "form": DecideForm(initial={"reason": "other"}), "space": found.space}
        return render(request, "space/operator/left_waiting.html", known)
    if not form.is_valid() or form.cleaned_data["outcome"] == "leave":
        raise NotAllowed
    try:
        oversight.settle_left_waiting(
            person=person,
            message=found,
            outcome=form.cleaned_data["outcome"],
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Thank you. Whoever wrote it is told."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect("operator_waiting")


@operator("GET", "POST")
def erasure(request: HttpRequest, space_id: UUID) -> HttpResponse:
    """Plans the erasure that one host has asked for, for thirty days; asked once more before."""
    found = get_object_or_404(Space, pk=space_id)
    asked = [host for host in oversight.one_sided_erasures() if host.space_id == space_id]
    if not asked:
        raise NotAllowed
    if request.method == "GET":
        return render(request, "space/operator/erasure.html", {"space": found, "asked": asked[0]})
    leave.erase_for_one(space=found, person=person_of(request))
    messages.success(request, _("The erasure is planned. Those who share there are told."))
    return redirect("operator_waiting")
