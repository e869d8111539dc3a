"""What waits for a friend who reads first, and what they decide about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from beside.space.models import Message, Moderator
from beside.space.verbs import grouping, objections, review, senders
from beside.space.verbs.errors import NotAllowed, Overtaken, Refused
from beside.space.verbs.wording import hosts_of, named
from beside.space.web.access import moderator as moderators
from beside.space.web.forms_moderator import DecideForm, ManyForm, NoteForm
from beside.space.web.moderator_words import Card, as_seen, card

PAGE = 20
_DONE = {
    "deliver": _l("It has gone through, and can be read whenever the time is right."),
    "decline": _l("It was not passed on. Whoever wrote it is told so, kindly."),
    "rephrase": _l("Whoever wrote it is asked for other words."),
    "leave": _l("It stays here, after what nobody has read yet."),
}


@moderators("GET")
def home(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    """The queue: danger first, the worst covered until opened."""
    skip = _skip(request)
    found = review.queue(moderator=moderator, limit=PAGE + 1, skip=skip)
    cards = [card(one) for one in found[:PAGE]]
    return page(
        request,
        moderator,
        "home",
        urgent=[*_alarms(moderator, skip), *(one for one in cards if one.one.urgent and not one.one.left)],
        cards=[one for one in cards if not one.one.urgent and not one.one.left],
        left=[one for one in cards if one.one.left],
        after=skip + PAGE if len(found) > PAGE else 0,
        objected=bool(objections.objections(moderator=moderator)),
        several=len(found) > 1 or skip,
    )


@moderators("GET")
def message(request: HttpRequest, moderator: Moderator, message_id: UUID) -> HttpResponse:
    """One message, and every way on with it."""
    one = review.waiting(moderator=moderator, message_id=message_id)
    form = DecideForm(initial={"reason": _likely_reason(one)})
    return page(request, moderator, "message", card=card(one), form=form, note=NoteForm())


@moderators("POST")
def decide(request: HttpRequest, moderator: Moderator, message_id: UUID) -> HttpResponse:
    """Lets it through, does not pass it on, asks for other words, or leaves it."""
    form = DecideForm(request.POST)
    found = _message(moderator, message_id)
    if found is None or not form.is_valid():
        raise NotAllowed
    outcome = form.cleaned_data["outcome"]
    try:
        if outcome == "leave":
            review.leave_waiting(moderator=moderator, messages=[found])
        else:
            review.settle_held(
                moderator=moderator,
                message=found,
                outcome=outcome,
                seen=form.cleaned_data["seen"],
                reason=form.cleaned_data["reason"] if outcome == "rephrase" else "",
            )
    except (Overtaken, Refused) as refusal:
        _unless_not_allowed(refusal)
        messages.warning(request, str(refusal.sentence))
        return redirect("moderator_home", moderator.space_id)
    messages.success(request, _DONE[outcome])
    return redirect("moderator_home", moderator.space_id)


@moderators("POST")
def note(request: HttpRequest, moderator: Moderator, message_id: UUID) -> HttpResponse:
    """A line about this message for the other friends."""
    one = review.waiting(moderator=moderator, message_id=message_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, moderator, "message", card=card(one), form=DecideForm(), note=form)
    senders.leave_note(moderator=moderator, message=one.message, body=form.cleaned_data["body"])
    return redirect("moderator_message", moderator.space_id, message_id)


@moderators("GET", "POST")
def alike(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    """Messages that say the same: declined or left together, never let through together."""
    if request.method == "POST":
        return _settle_many(request, moderator)
    groups = [
        {"first": card(group[0]), "others": [card(one) for one in group[1:]], "seen": as_seen(group)}
        for group in grouping.groups(moderator=moderator)
    ]
    return page(request, moderator, "alike", groups=groups)


def page(
    request: HttpRequest, moderator: Moderator, template: str, status: int = 200, **known: object
) -> HttpResponse:
    """One page of a friend who reads first."""
    names = named(hosts_of(moderator.space))
    shared = {"moderator": moderator, "space": moderator.space, "hosts": names}
    return render(request, f"space/moderator/{template}.html", {**shared, **known}, status=status)


def _alarms(moderator: Moderator, skip: int) -> list[Card]:
    return [] if skip else [card(one) for one in review.alarms(moderator=moderator)]


def _settle_many(request: HttpRequest, moderator: Moderator) -> HttpResponse:
    form = ManyForm(request.POST)
    if not form.is_valid():
        raise NotAllowed
    seen = form.cleaned_data["seen"]
    if form.cleaned_data["outcome"] == "decline":
        whole = review.decline_many(moderator=moderator, seen=seen)
    else:
        found = Message.objects.filter(fates__in=seen, space=moderator.space).distinct()
        review.leave_waiting(moderator=moderator, messages=found)
        whole = True
    if whole:
        messages.success(request, _("Done, for all of them."))
    else:
        messages.warning(
            request,
            _("Some of them changed meanwhile, or were decided about. Those were left as they are."),
        )
    return redirect("moderator_alike", moderator.space_id)


def _message(moderator: Moderator, message_id: UUID) -> Message | None:
    here = Message.objects.filter(space=moderator.space).select_related("guest", "space")
    return here.filter(pk=message_id).first()


def _unless_not_allowed(refusal: Refused) -> None:
    if isinstance(refusal, NotAllowed):
        raise refusal


def _likely_reason(one: review.Waiting) -> str:
    return next((label for label in one.labels if label in review.KIND_REASONS), "other")


def _skip(request: HttpRequest) -> int:
    given = request.GET.get("after", "")
    return min(int(given), 100_000) if given.isascii() and given.isdigit() else 0
