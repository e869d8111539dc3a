"""Held never means lost: friends are reminded after a day, a volunteer after three, the sender told after
seven. Everything goes through the outbox under a key of its own, so that asking again changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from beside.space.models import Fate, Kind, Message, Notices, Outbox, Person, Space, State
from beside.space.verbs.notify import enqueue, moderators_of
from beside.space.verbs.sender_view import views
from beside.space.verbs.wanted import OPEN

FRIENDS = timedelta(hours=24)
VOLUNTEER = timedelta(hours=72)
SENDER = timedelta(days=7)
# how long after its time a reminder may still be made: for a worker that was away, not for last year
_LATE = timedelta(days=3)


def remind(*, now: datetime | None = None) -> int:
    """Writes the reminders that are due. How many were new."""
    now = now or timezone.now()
    before = Outbox.objects.count()
    for space, day in _held_for(FRIENDS, now):
        _remind_friends(space, day)
    for space, day in _held_for(VOLUNTEER, now):
        _ask_volunteers(space, day)
    for message in _written_before(SENDER, now):
        _tell_sender(message)
    return Outbox.objects.count() - before


def _held_for(wait: timedelta, now: datetime) -> list[tuple[Space, str]]:
    """Spaces where something has been held for this long, each with the days on which that was so first."""
    held = Fate.objects.filter(
        state=State.HELD,
        host__left_at=None,
        message__space__nobody_reads=False,
        decided_at__gt=now - wait - _LATE,
        decided_at__lte=now - wait,
    ).select_related("message__space")
    found = {(fate.message.space, f"{fate.decided_at + wait:%Y-%m-%d}") for fate in held if fate.decided_at}
    return sorted(found, key=lambda pair: (pair[1], str(pair[0].pk)))


def _remind_friends(space: Space, day: str) -> None:
    for moderator in moderators_of(space):
        person = moderator.person
        if person is not None and person.notices != Notices.NEVER:
            enqueue(
                kind="digest_reminder",
                key=f"digest_reminder:{space.pk}:{person.pk}:{day}",
                to=person.email,
                space=space,
                about={"person": person.pk},
            )


def _ask_volunteers(space: Space, day: str) -> None:
    """The operator's people, where the host allows it."""
    for person in Person.objects.filter(is_operator=True, is_active=True) if space.volunteer_allowed else ():
        if person.notices != Notices.NEVER:
            enqueue(
                kind="digest_reminder",
                key=f"volunteer_asked:{space.pk}:{person.pk}:{day}",
                to=person.email,
                space=space,
                about={"person": person.pk, "volunteer": True},
            )


def _written_before(wait: timedelta, now: datetime) -> list[Message]:
    """Words of guests that came a week ago and that nobody was written to about yet, whatever became of them.

    Held and delivered are told the same, or the mail would give away which of them was held, and so what the
    host set.
    """
    found = (
        Message.objects.filter(
            kind__in=(Kind.MESSAGE, Kind.OFFER),
            guest__revoked_at=None,
            withdrawn_at=None,
            received_at__gt=now - wait - _LATE,
            received_at__lte=now - wait,
        )
        .exclude(guest=None)
        .exclude(guest__notices=Notices.NEVER)
        .select_related("guest", "space")
        .order_by("received_at")
    )
    told = set(
        Outbox.objects.filter(key__in={_key(message) for message in found}).values_list("key", flat=True)
    )
    untold = [message for message in found if _key(message) not in told]
    where = views(messages=untold)
    return [message for message, seen in zip(untold, where, strict=True) if seen.key in OPEN]


def _tell_sender(message: Message) -> None:
    guest = message.guest
    if guest is not None:
        enqueue(
            kind="sender_told",
            key=_key(message),
            to=guest.email,
            space=message.space,
            about={"guest": str(guest.pk), "message": str(message.pk), "after_a_week": True},
        )


def _key(message: Message) -> str:
    """One mail for all that somebody wrote on one day."""
    return f"sender_told_week:{message.guest_id}:{message.received_at:%Y-%m-%d}"
