"""What is a guest's own: what they wrote and where it is, how they are known here, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import Answer, Guest, Message, Notices
from beside.space.verbs import audit, limits, reading
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.marked import Piece, pieces
from beside.space.verbs.nudge import BURST, PER
from beside.space.verbs.sender_view import SenderView, views
from beside.space.verbs.settle import TAPS
from beside.space.verbs.texts import newest_of

PAGE = 20


@dataclass(frozen=True, slots=True)
class Own:
    """One message of theirs: its words, with those that may hurt marked, where it is, and what came back."""

    message: Message
    text: str
    pieces: list[Piece]
    view: SenderView
    answers: list[Answer]

    @property
    def is_tap(self) -> bool:
        return self.message.kind in TAPS


def wrote(*, guest: Guest, page: int = 1) -> tuple[list[Own], bool]:
    """One page of what they sent, the newest first, and whether there is more."""
    rows = _messages(guest).order_by("-received_at", "pk")[(page - 1) * PAGE : page * PAGE + 1]
    found = list(rows)
    return _own(found[:PAGE]), len(found) > PAGE


def one(*, guest: Guest, message_id: UUID) -> Own:
    """One of theirs. Raises `NotAllowed` for everything that is not."""
    found = list(_messages(guest).filter(pk=message_id))
    if not found:
        raise NotAllowed
    return _own(found)[0]


def know_as(*, guest: Guest, name: str) -> None:
    """Another name, for what they write from now on. Hosts see names, so it passes the gate first."""
    if name.strip() == guest.name:
        return
    taken = limits.take(who=f"guest {guest.pk}", what="name", per=PER, burst=BURST)
    if not taken or not name.strip() or not reading.kind_enough(name):
        raise Refused(_("Please write the name that people here know you by."))
    guest.name = name.strip()
    guest.save(update_fields=["name"])


def prefer(*, guest: Guest, country: str, notices: str) -> None:
    """For which country help is shown, and how often mail may come."""
    guest.country, guest.notices = country, Notices(notices)
    guest.save(update_fields=["country", "notices"])


def leave(*, guest: Guest) -> None:
    """Their link and sessions end; what they wrote stays where it is."""
    with transaction.atomic():
        Guest.objects.filter(pk=guest.pk).update(
            revoked_at=timezone.now(), session_version=F("session_version") + 1, token_hash=""
        )
        audit.record(action="guest left", actor="guest", space=guest.space)


def _messages(guest: Guest) -> QuerySet[Message]:
    return Message.objects.filter(guest=guest).select_related("update").defer("update__body")


def _own(messages: list[Message]) -> list[Own]:
    ids = [message.pk for message in messages]
    texts, seen = newest_of(ids), views(messages=messages)
    answers: dict[Any, list[Answer]] = {pk: [] for pk in ids}
    for answer in (
        Answer.objects.filter(message__in=ids, host__sealed_at=None)
        .select_related("host")
        .order_by("written_at")
    ):
        answers[answer.message_id].append(answer)
    found = []
    for message, view in zip(messages, seen, strict=True):
        text = texts[message.pk].body if message.pk in texts else ""
        found.append(Own(message, text, pieces(text, view.marks), view, answers[message.pk]))
    return found
