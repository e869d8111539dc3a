"""What other guests wrote, where the host shares replies: only what cannot tell anybody what she chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from beside.space.models import Fate, Guest, Kind, Message, State, Update
from beside.space.verbs.texts import newest_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Reply:
    """One delivered message of somebody else."""

    message_id: UUID
    update_id: UUID
    sender: str
    text: str
    at: datetime


def of_others(*, guest: Guest, updates: Iterable[Update], page: int = 1) -> tuple[list[Reply], bool]:
    """One page of replies to updates that this guest may read, the newest first, and whether there are more.

    Only what is on the page is opened. The guest's own are not among them: whether they were would say more
    of them than their sender is told.
    """
    first = (page - 1) * PAGE
    keys = _shown(guest, [update.pk for update in updates if update.shares_replies])
    ids = list(keys.values_list("pk", flat=True)[first : first + PAGE + 1])
    return _opened(ids[:PAGE]), len(ids) > PAGE


def _shown(guest: Guest, updates: list[UUID]) -> QuerySet[Message]:
    fates = Fate.objects.filter(message=OuterRef("pk"), host__left_at=None)
    good = fates.filter(state=State.DELIVERED, shareable=True)
    other = fates.exclude(state=State.DELIVERED, shareable=True)
    messages = Message.objects.filter(update__in=updates, kind=Kind.MESSAGE, withdrawn_at=None)
    others = messages.exclude(guest=guest).filter(Exists(good), ~Exists(other))
    return others.order_by("-received_at", "pk")


def _opened(ids: list[UUID]) -> list[Reply]:
    if not ids:
        return []
    texts = newest_of(ids)
    messages = Message.objects.in_bulk(ids)
    return [
        Reply(message.pk, message.update_id, message.sender, texts[message.pk].body, message.received_at)
        for message in (messages[pk] for pk in ids)
        if message.update_id
    ]
