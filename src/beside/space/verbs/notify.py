"""Who is told what, and when: rows in the outbox, written in the transaction of what they tell of.

A row holds ids and the name of a template, never a text of the space. `beside.space.verbs.post` sends them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from beside.space.models import (
    Fate,
    Guest,
    Host,
    HostInvitation,
    Installation,
    Kind,
    Message,
    Moderator,
    Notices,
    Outbox,
    Person,
    Space,
    State,
    Update,
)

_LATER = {Notices.DAILY: timedelta(days=1), Notices.WEEKLY: timedelta(days=7)}


def enqueue(
    *,
    kind: str,
    key: str,
    to: str,
    space: Space | None,
    due_at: datetime | None = None,
    about: dict[str, Any] | None = None,
) -> None:
    """One e-mail to go out. A `key` that is there already is not sent twice."""
    if not to or Outbox.objects.filter(key=key).exists():
        return
    due = due_at or timezone.now()
    Outbox.objects.create(kind=kind, key=key, to=to, space=space, due_at=due, about=about or {})


def settled(*, message: Message) -> None:
    """After the gate: people alerted where somebody may be in danger, moderators told that something waits,
    hosts that something has come."""
    fates = list(message.fates.select_related("host__person"))
    if any(fate.urgent for fate in fates):
        _alert(message)
    elif any(fate.state == State.HELD for fate in fates):
        for moderator in moderators_of(message.space):
            _digest("waiting", moderator.person, message.space)
    for fate in fates:
        if fate.state == State.DELIVERED and message.kind != Kind.IMPORTED and not fate.host.paused_since:
            _digest("arrived", fate.host.person, message.space)


def decided(*, fate: Fate) -> None:
    """After a person decided: the sender is told, kindly; the host where something has come. What a host
    handed over only those hear of who read first: a mail to its sender would show what she cannot bear."""
    if fate.state == State.HELD:
        for moderator in moderators_of(fate.message.space):
            _digest("waiting", moderator.person, fate.message.space)
        return
    if fate.state == State.DELIVERED and not fate.host.paused_since:
        _digest("arrived", fate.host.person, fate.message.space)
    _sender("sender_told", f"sender_told:{fate.pk}:{fate.revision}", fate.message)


def published(*, update: Update) -> None:
    """Guests who want to know are told that there is something to read."""
    from beside.space.verbs.share import may_read

    for guest in update.space.guests.exclude(notices=Notices.NEVER):
        if guest.email and may_read(update=update, guest=guest):
            later = _LATER.get(Notices(guest.notices), timedelta(0))
            enqueue(
                kind="update_shared",
                key=f"update_shared:{update.pk}:{guest.pk}",
                to=guest.email,
                space=update.space,
                due_at=timezone.now() + later,
                about={"guest": str(guest.pk), "update": str(update.pk)},
            )


def guest_invited(*, guest: Guest, token: str) -> None:
    """The personal link by mail."""
    _link("guest_invited", guest, token, guest=str(guest.pk))


def moderator_asked(*, moderator: Moderator, token: str) -> None:
    """The invitation to read first."""
    _link("moderator_asked", moderator, token, moderator=moderator.pk)


def host_asked(*, invitation: HostInvitation, token: str) -> None:
    """The other parent is asked to host too."""
    _link("host_invited", invitation, token, invitation=invitation.pk)


def answered(*, message: Message, what: str) -> None:
    """The sender hears that the host answered; once for each kind of answer."""
    _sender("answered", f"answered:{message.pk}:{what}", message)


def named_told(*, host: Host, update: Update) -> None:
    """Whom a host named is told that her own words sound as if she were in danger; once an update."""
    enqueue(
        kind="host_in_danger",
        key=f"host_in_danger:{update.pk}",
        to=host.alert_email,
        space=update.space,
        about={"host": host.pk, "update": str(update.pk)},
    )


def hosts_told(*, kind: str, space: Space, besides: Host | None = None) -> None:
    """What concerns every host of a space, once a day at most."""
    for host in space.hosts.filter(left_at=None, person__isnull=False).select_related("person"):
        if host.person and (besides is None or host.pk != besides.pk):
            enqueue(
                kind=kind,
                key=f"{kind}:{space.pk}:{host.pk}:{timezone.now().date()}",
                to=host.person.email,
                space=space,
                about={"host": host.pk},
            )


def moderators_of(space: Space) -> list[Moderator]:
    """Those who said yes and have not left."""
    found = space.moderators.filter(ended_at=None, person__isnull=False).exclude(accepted_at=None)
    return list(found.select_related("person"))


def _link(kind: str, row: Guest | Moderator | HostInvitation, token: str, **about: object) -> None:
    """A personal link by mail. Its token waits sealed, in the address line's company, until it is sent."""
    key, to = f"{kind}:{row.token_hash}", f"{row.email}\n{token}"
    enqueue(kind=kind, key=key, to=to, space=row.space, about=about)


def _sender(kind: str, key: str, message: Message) -> None:
    """To whoever wrote a message, if they want mail about it."""
    guest = message.guest
    if guest is not None and guest.email and guest.notices != Notices.NEVER:
        about = {"guest": str(guest.pk), "message": str(message.pk)}
        enqueue(kind=kind, key=key, to=guest.email, space=message.space, about=about)


def _alert(message: Message) -> None:
    """At once, to moderators and the safeguarding contact; never to the host. A file that was brought along
    may hold hundreds of such words, and old ones: they are told of it once a day."""
    brought = message.kind == Kind.IMPORTED
    what = f"{message.space_id}:{timezone.now().date()}" if brought else str(message.pk)
    addresses = [moderator.person.email for moderator in moderators_of(message.space) if moderator.person]
    installation = Installation.objects.first()
    if installation and installation.safeguarding_email:
        addresses.append(installation.safeguarding_email)
    for address in dict.fromkeys(addresses):
        enqueue(
            kind="urgent",
            key=f"urgent:{what}:{_short(address)}",
            to=address,
            space=message.space,
            about={"message": str(message.pk)},
        )


def _digest(kind: str, person: Person | None, space: Space) -> None:
    """One mail for all that comes until it goes out, as often as the person wants."""
    if person is None or person.notices == Notices.NEVER:
        return
    waiting = Outbox.objects.filter(
        key__startswith=f"{kind}:{space.pk}:{person.pk}:", sent_at=None, given_up_at=None, claimed_until=None
    )
    if waiting.exists():
        return
    now = timezone.now()
    enqueue(
        kind=kind,
        key=f"{kind}:{space.pk}:{person.pk}:{now.timestamp()}",
        to=person.email,
        space=space,
        due_at=now + _LATER.get(Notices(person.notices), timedelta(minutes=2)),
        about={"person": person.pk},
    )


def _short(address: str) -> str:
    from beside.space.verbs.tokens import token_hash

    return token_hash(address)[:16]
