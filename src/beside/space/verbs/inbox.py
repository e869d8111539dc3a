"""What a host reads: what was delivered to her, when she wants it, and what she may do with it.

Nothing here knows of what is held; no function counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import Answer, Fate, Host, Kind, Message, State
from beside.space.verbs import let_in, notify
from beside.space.verbs.errors import NotAllowed, Refused, TooLong
from beside.space.verbs.pause import hidden_since
from beside.space.verbs.settle import decide
from beside.space.verbs.texts import last_wording

PAGE = 20
LONGEST_ANSWER = 10_000


@dataclass(frozen=True, slots=True)
class Letter:
    """One delivered message as a host sees it; `new` until it was on a page of hers."""

    fate: Fate
    message: Message
    text: str
    new: bool
    heart: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Letters:
    """One page, the newest first; `older` says whether there are more, never how many."""

    letters: list[Letter]
    page: int
    older: bool


def came(*, host: Host, page: int = 1, away: bool = False) -> Letters:
    """What was delivered to this host and is in her sight; with `away`, what she put away."""
    page = max(page, 1)
    wanted = _in_sight(host).filter(put_away_at__isnull=not away)
    own = Prefetch("message__answers", queryset=Answer.objects.filter(host=host), to_attr="own_answers")
    rows = wanted.select_related("message__space", "message__update", "message__guest")
    rows = rows.prefetch_related("message__versions", own).order_by("-decided_at", "-pk")
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    return Letters([_letter(fate) for fate in found[:PAGE]], page, len(found) > PAGE)


def letter(*, host: Host, message_id: UUID) -> Letter:
    """One delivered message. Raises `NotAllowed` for everything that is not in her sight."""
    fate = _in_sight(host).filter(message_id=message_id).select_related("message__space").first()
    if fate is None:
        raise NotAllowed
    fate.message.own_answers = list(fate.message.answers.filter(host=host))  # type: ignore[attr-defined]
    return _letter(fate)


def anything(*, host: Host) -> bool:
    """Whether there is something to open at all."""
    return _in_sight(host).filter(put_away_at=None).exists()


def anything_new(*, host: Host) -> bool:
    """Whether something is there that she has not had on a page."""
    return _in_sight(host).filter(put_away_at=None, read_at=None).exists()


def mark_read(*, host: Host, letters: Iterable[Letter]) -> None:
    """Her own reading state; nobody else is ever told of it."""
    shown = [one.fate.pk for one in letters if one.new]
    if shown:
        Fate.objects.filter(pk__in=shown, host=host, read_at=None).update(read_at=timezone.now())


def heart(*, host: Host, message: Message, on: bool = True) -> None:
    """A heart back, with one tap; or takes it back."""
    _answer(host, message, heart=on)


def answer(*, host: Host, message: Message, body: str) -> None:
    """Words back, or other words in their place; none takes them back."""
    if len(body) > LONGEST_ANSWER:
        raise TooLong
    _answer(host, message, body=body.replace("\r\n", "\n").strip())


def put_away(*, host: Host, message: Message) -> None:
    """Out of what came in, for this host; kept where she finds it again."""
    _seen(host, message)
    Fate.objects.filter(host=host, message=message).update(put_away_at=timezone.now())


def bring_back(*, host: Host, message: Message) -> None:
    """What she put away is among what came in again."""
    _seen(host, message)
    Fate.objects.filter(host=host, message=message).update(put_away_at=None)


def hand_over(*, host: Host, message: Message) -> None:
    """To the friend who reads first: it waits there as if it had never reached her."""
    fate = _seen(host, message)
    if host.person is None or not notify.moderators_of(host.space):
        raise Refused(_("Nobody reads first at the moment. You can put it away instead."))
    decide(fate=fate, state=State.HELD, person=host.person, reason="handed over by the host")


def answer_offer(*, host: Host, message: Message, take: bool) -> None:
    """Takes an offer of help, or leaves it; either may be changed."""
    _seen(host, message)
    if message.kind != Kind.OFFER:
        raise NotAllowed
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(help_taken=take)
        notify.answered(message=message, what="taken" if take else "left")


def requests(*, host: Host) -> list[Letter]:
    """Requests to be let in that reached her and are in her sight."""
    fates = Fate.objects.filter(host=host, message__in=let_in.open_requests(host=host))
    cut = hidden_since(host=host)
    seen = fates if cut is None else fates.filter(decided_at__lt=cut)
    rows = seen.select_related("message__space", "message__guest").prefetch_related("message__versions")
    return [_letter(fate) for fate in rows.order_by("message__received_at")]


def _in_sight(host: Host) -> QuerySet[Fate]:
    found = Fate.objects.filter(host=host, state=State.DELIVERED).exclude(message__kind=Kind.REQUEST)
    cut = hidden_since(host=host)
    return found if cut is None else found.filter(decided_at__lt=cut)


def _seen(host: Host, message: Message) -> Fate:
    fate = _in_sight(host).filter(message=message).select_related("message__guest", "host__person").first()
    if fate is None:
        raise NotAllowed
    return fate


def _answer(host: Host, message: Message, **given: object) -> None:
    """One row a message and host; one that says nothing any more is taken away."""
    _seen(host, message)
    with transaction.atomic():
        row = Answer.objects.filter(message=message, host=host).first()
        row = row or Answer(message=message, host=host, space=host.space)
        for field, value in given.items():
            setattr(row, field, value)
        if row.heart or row.body:
            row.save()
            notify.answered(message=message, what="answer")
        elif row.pk:
            row.delete()


def _letter(fate: Fate) -> Letter:
    message = fate.message
    own = getattr(message, "own_answers", [])
    return Letter(
        fate=fate,
        message=message,
        text=last_wording(message).body,
        new=fate.read_at is None,
        heart=any(one.heart for one in own),
        answer=own[0].body if own else "",
    )
