"""Whether a mail is still wanted at the time when it is to go out, and whether that time is now.

Rows wait: for a week, for a server, for the morning. Meanwhile somebody unsubscribes, an update is taken
back, a message is read, a friend steps down. So everything is asked again just before sending.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings

from beside.gate import Policy, Reading
from beside.space.models import (
    Fate,
    Guest,
    Host,
    Message,
    Moderator,
    Notices,
    Outbox,
    Person,
    State,
    Update,
)
from beside.space.verbs import reading
from beside.space.verbs.apart import without_her_choices
from beside.space.verbs.notify import moderators_of
from beside.space.verbs.nudge import HURTS
from beside.space.verbs.quiet import quiet_until
from beside.space.verbs.sender_view import view
from beside.space.verbs.settle import newest
from beside.space.verbs.tokens import token_hash

LATER = {Notices.DAILY: timedelta(days=1), Notices.WEEKLY: timedelta(days=7)}
# where a message may be, to its sender, with something still to come of it
OPEN = frozenset({"arrived", "hurts", "too_long", "language", "crisis"})


class Unwanted(Exception):
    """Nobody wants this mail any more; it is dropped."""


def due(*, row: Outbox, now: datetime) -> datetime:
    """When this mail may go out: `now`, or later. Raises `Unwanted`."""
    if not row.to or (row.space and row.space.is_demo and not settings.BESIDE_DEMO):
        raise Unwanted  # the people of a demo are made up
    rule = _RULES.get(row.kind)
    return rule(row, now) if rule else now


def guest_of(row: Outbox) -> Guest | None:
    """The guest that a row is for."""
    return Guest.objects.filter(pk=row.about["guest"]).first() if "guest" in row.about else None


def person_of(row: Outbox) -> Person | None:
    """The account that a row is for."""
    return Person.objects.filter(pk=row.about["person"]).first() if "person" in row.about else None


def _invited(row: Outbox, now: datetime) -> datetime:
    """A newer link, or none, makes the one in this mail a dead one."""
    guest = _guest(row)
    if guest.revoked_at or guest.token_hash != token_hash(row.to.partition("\n")[2]):
        raise Unwanted
    return now


def _asked(row: Outbox, now: datetime) -> datetime:
    asked = Moderator.objects.filter(pk=row.about.get("moderator"), ended_at=None).first()
    if asked is None or asked.token_hash != token_hash(row.to.partition("\n")[2]):
        raise Unwanted
    return now


def _shared(row: Outbox, now: datetime) -> datetime:
    from beside.space.verbs.share import may_read

    guest = _guest(row)
    update = Update.objects.filter(pk=row.about.get("update")).first()
    if update is None or update.published_at is None or not may_read(update=update, guest=guest):
        raise Unwanted
    return max(now, update.published_at + LATER.get(Notices(guest.notices), timedelta(0)))


def _told(row: Outbox, now: datetime) -> datetime:
    message = _written(row)
    if row.about.get("after_a_week"):
        wanted = view(message=message).key in OPEN and not message.answers.exists()
    else:
        wanted = _is_news(message)
    if not wanted:
        raise Unwanted
    return now


def _is_news(message: Message) -> bool:
    """Whether the sender's page says anything else than it has said from the start.

    A delivery after a hold that looked like a delivery is none: the mail alone would tell that something was
    held, and so what the host set.
    """
    if view(message=message).key != "arrived" or message.objections.exclude(settled_at=None).exists():
        return True
    found = reading.from_data(newest(message).reading)
    hosts = (fate.host for fate in message.fates.select_related("host"))
    return any(_showed(found, without_her_choices(host.policy)) for host in hosts)


def _showed(found: Reading, policy: Policy) -> bool:
    """Whether the sender was shown that it was held."""
    codes = reading.gate().judge(found, policy).codes
    return any(code in HURTS or code in OPEN for code in codes)


def _answered(row: Outbox, now: datetime) -> datetime:
    message = _written(row)
    if not message.answers.exists() and message.help_taken is None:
        raise Unwanted
    return now


def _written(row: Outbox) -> Message:
    """The message that a sender is told of, while they are let in and have not taken it back."""
    guest = _guest(row)
    message = Message.objects.filter(pk=row.about.get("message"), guest=guest, withdrawn_at=None).first()
    if message is None or not guest.is_in:
        raise Unwanted
    return message


def _arrived(row: Outbox, now: datetime) -> datetime:
    person = _person(row)
    host = Host.objects.filter(space=row.space_id, person=person, left_at=None, paused_since=None).first()
    if host is None or not _unread(host):
        raise Unwanted
    return max(_by_choice(row, person, now), quiet_until(person=person, now=now))


def _unread(host: Host) -> bool:
    return host.fates.filter(state=State.DELIVERED, read_at=None, put_away_at=None).exists()


def _waiting(row: Outbox, now: datetime) -> datetime:
    person = _reader(row)
    return max(_by_choice(row, person, now), quiet_until(person=person, now=now))


def _reminder(row: Outbox, now: datetime) -> datetime:
    """A reminder does not wait for a digest's day, but it does for the morning."""
    person = _volunteer(row) if row.about.get("volunteer") else _reader(row)
    return quiet_until(person=person, now=now)


def _volunteer(row: Outbox) -> Person:
    person = _person(row)
    if not person.is_operator or not (row.space and row.space.volunteer_allowed):
        raise Unwanted
    _something_held(row)
    return person


def _reader(row: Outbox) -> Person:
    """A friend who still reads first here, with something to read."""
    person = _person(row)
    reads = Moderator.objects.filter(space=row.space_id, person=person, ended_at=None)
    if not reads.exclude(accepted_at=None).exists():
        raise Unwanted
    _something_held(row)
    return person


def _something_held(row: Outbox) -> None:
    if not Fate.objects.filter(message__space=row.space_id, state=State.HELD, host__left_at=None).exists():
        raise Unwanted


def _alone(row: Outbox, now: datetime) -> datetime:
    """Only a host who still is without a friend that reads first needs to know."""
    host = Host.objects.filter(pk=row.about.get("host"), left_at=None, person__isnull=False).first()
    known = host is None or host.space.nobody_reads or moderators_of(host.space)
    if host is None or host.person is None or known or host.person.notices == Notices.NEVER:
        raise Unwanted
    return quiet_until(person=host.person, now=now)


def _urgent(row: Outbox, now: datetime) -> datetime:
    """Always at once and to everybody who was to be told; never to a host of the space."""
    hosts = Host.objects.filter(space=row.space_id, person__email__iexact=row.to)
    if hosts.exists():
        raise Unwanted
    return now


def _guest(row: Outbox) -> Guest:
    guest = guest_of(row)
    if guest is None or guest.notices == Notices.NEVER:
        raise Unwanted
    return guest


def _person(row: Outbox) -> Person:
    person = person_of(row)
    if person is None or not person.is_active or person.notices == Notices.NEVER:
        raise Unwanted
    return person


def _by_choice(row: Outbox, person: Person, now: datetime) -> datetime:
    """Somebody who has asked for fewer mails since gets fewer; the key says when the row was made."""
    made = datetime.fromtimestamp(float(row.key.rpartition(":")[2]), UTC)
    return max(now, made + LATER.get(Notices(person.notices), timedelta(0)))


_RULES: dict[str, Callable[[Outbox, datetime], datetime]] = {
    "guest_invited": _invited,
    "moderator_asked": _asked,
    "update_shared": _shared,
    "sender_told": _told,
    "answered": _answered,
    "arrived": _arrived,
    "waiting": _waiting,
    "digest_reminder": _reminder,
    "urgent": _urgent,
    "friends_gone": _alone,
}
