"""A candle or a heart: one tap, once for each update."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from beside.space.models import Guest, Kind, Message, Update
from beside.space.verbs.receive import receive
from beside.space.verbs.settle import TAPS


def tap(*, guest: Guest, update: Update | None, kind: Kind) -> Message:
    """Lights a candle or sends a heart; a second tap finds the first one."""
    own = Message.objects.filter(guest=guest, update=update, kind=kind, withdrawn_at=None)
    return own.first() or receive(guest=guest, update=update, kind=kind)


def tapped(*, guest: Guest, updates: Iterable[Update]) -> set[tuple[UUID, str]]:
    """Which taps of theirs are there already, as (update, kind)."""
    own = Message.objects.filter(guest=guest, update__in=list(updates), kind__in=TAPS, withdrawn_at=None)
    return set(own.values_list("update_id", "kind"))
