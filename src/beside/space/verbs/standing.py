"""Who may decide about what: nobody about words of their own, or about their own decision."""

from __future__ import annotations

from uuid import UUID

from beside.space.models import By, Message, Moderator, Objection, Person, Space
from beside.space.verbs.errors import NotAllowed
from beside.space.verbs.notify import moderators_of


def active(moderator: Moderator) -> Person:
    """The person behind a moderator who said yes and has not left. Raises `NotAllowed` otherwise."""
    if moderator.person is None or moderator.accepted_at is None or moderator.ended_at is not None:
        raise NotAllowed
    if moderator.space.hosts.filter(person=moderator.person, left_at=None).exists():
        raise NotAllowed  # a friend who became a host: hosts never read what is held
    return moderator.person


def own_guests(*, space: Space, person: Person) -> list[UUID]:
    """Guests who are this person under another hat, known by their address."""
    address = person.email.lower()
    guests = space.guests.exclude(email=b"")
    return [guest.pk for guest in guests if guest.email.strip().lower() == address]


def wrote(*, person: Person, message: Message) -> bool:
    """Whether a message is this person's own."""
    return message.guest is not None and message.guest.email.strip().lower() == person.email.lower()


def may_settle(*, objection: Objection, person: Person) -> bool:
    """A moderator who neither wrote nor decided; the operator where there is no such moderator."""
    if objection.settled_at or objection.message.withdrawn_at or not _apart(objection, person):
        return False
    others = [moderator.person for moderator in moderators_of(objection.space) if moderator.person]
    if person in others:
        return True
    return person.is_operator and not any(_apart(objection, other) for other in others)


def _apart(objection: Objection, person: Person) -> bool:
    message = objection.message
    decided = message.fates.filter(by=By.PERSON, decided_by=person).exists()
    return objection.against_id != person.pk and not decided and not wrote(person=person, message=message)
