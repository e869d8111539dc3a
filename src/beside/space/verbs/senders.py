"""What a friend who reads first may do about a sender, and what they leave for the other friends."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from beside.space.models import Fate, Guest, Message, Moderator, Note, State
from beside.space.verbs import audit
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.standing import active, own_guests

LONGEST_NOTE = 2000


def senders(*, moderator: Moderator) -> list[Guest]:
    """Guests of whom something waits or threatens, and blocked ones. Who else is let in they do not see."""
    person = active(moderator)
    to_read = Q(state=State.HELD) | Q(state=State.DECLINED, urgent=True)
    waits = Fate.objects.filter(to_read, message__guest=OuterRef("pk"), host__left_at=None)
    guests = moderator.space.guests.filter(Exists(waits)) | moderator.space.guests.exclude(blocked_at=None)
    own = own_guests(space=moderator.space, person=person)
    return list(guests.exclude(pk__in=own).select_related("space").order_by("created_at", "pk"))


def block(*, moderator: Moderator, guest: Guest) -> None:
    """A sender who has no words and no taps here any more. What waits of theirs stays held."""
    _set_blocked(moderator, guest, blocked=True)


def unblock(*, moderator: Moderator, guest: Guest) -> None:
    """Lets a blocked sender write again."""
    _set_blocked(moderator, guest, blocked=False)


def leave_note(*, moderator: Moderator, body: str, message: Message | None = None) -> Note:
    """A line for the other moderators."""
    active(moderator)
    if message is not None and message.space_id != moderator.space_id:
        raise NotAllowed
    if not body.strip():
        raise Refused
    return Note.objects.create(
        space=moderator.space, moderator=moderator, message=message, body=body.strip()[:LONGEST_NOTE]
    )


def notes(*, moderator: Moderator, limit: int = 50) -> list[Note]:
    """The newest notes that are about no message in particular."""
    active(moderator)
    found = Note.objects.filter(space=moderator.space, message=None).select_related("moderator", "space")
    return list(found.order_by("-written_at", "-pk")[:limit])


def _set_blocked(moderator: Moderator, guest: Guest, *, blocked: bool) -> None:
    person = active(moderator)
    if guest.space_id != moderator.space_id or guest not in senders(moderator=moderator):
        raise NotAllowed
    with transaction.atomic():
        Guest.objects.filter(pk=guest.pk).update(blocked_at=timezone.now() if blocked else None)
        action = "sender blocked" if blocked else "sender unblocked"
        audit.record(action=action, actor=audit.person(person), space=guest.space)
