"""A sender objects to what was decided; somebody looks who did not decide it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from beside.space.models import Guest, Message, Moderator, Notices, Objection, Person, State
from beside.space.verbs import audit, notify
from beside.space.verbs.errors import NotAllowed, Overtaken, Refused
from beside.space.verbs.settle import decide
from beside.space.verbs.standing import active, may_settle

_AGAINST = (State.DECLINED, State.RETURNED, State.HELD)


def object_to(*, message: Message, guest: Guest, why: str) -> Objection:
    """The sender objects; another person than the one who decided looks at it."""
    if message.guest_id != guest.pk:
        raise NotAllowed
    fates = message.fates.filter(state__in=_AGAINST).order_by(F("decided_by").desc(nulls_last=True))
    decided = fates.first()
    if decided is None or message.objections.filter(settled_at=None).exists():
        raise Refused
    with transaction.atomic():
        audit.record(action="objected", actor="sender", space=message.space, message=message)
        return Objection.objects.create(
            space=message.space, message=message, why=why.strip()[:2000], against=decided.decided_by
        )


def objections(*, moderator: Moderator) -> list[Objection]:
    """Objections that this moderator may settle, the oldest first. What still waits is in the queue."""
    person = active(moderator)
    found = Objection.objects.filter(space=moderator.space, settled_at=None, message__withdrawn_at=None)
    decided = found.exclude(message__fates__state=State.HELD).order_by("made_at", "pk")
    with_people = decided.select_related("message__guest", "message__space", "space")
    return [one for one in with_people if may_settle(objection=one, person=person)]


def settle_objection(*, objection: Objection, person: Person, uphold: bool) -> None:
    """Upheld: the message is delivered to every host. Otherwise the decision stands. Raises `Overtaken`."""
    if objection.settled_at is None and not may_settle(objection=objection, person=person):
        raise NotAllowed
    with transaction.atomic():
        _close(objection, person, uphold)
        if uphold:
            _deliver(objection.message, person)
        else:
            _tell_sender(objection)


def settled_along(*, message: Message, person: Person, upheld: bool) -> None:
    """Somebody decided what the machine had only held: an objection to the waiting has its answer."""
    for objection in message.objections.filter(settled_at=None, against=None):
        _close(objection, person, upheld)


def _close(objection: Objection, person: Person, upheld: bool) -> None:
    now = timezone.now()
    open_still = Objection.objects.filter(pk=objection.pk, settled_at=None)
    if not open_still.update(settled_at=now, settled_by=person, upheld=upheld):
        raise Overtaken
    audit.record(
        action="objection upheld" if upheld else "objection declined",
        actor=audit.person(person),
        space=objection.space,
        message=objection.message,
    )


def _deliver(message: Message, person: Person) -> None:
    waiting = message.fates.exclude(state__in=(State.DELIVERED, State.WITHDRAWN)).filter(host__left_at=None)
    for fate in waiting:
        decide(fate=fate, state=State.DELIVERED, person=person, reason="objection upheld")


def _tell_sender(objection: Objection) -> None:
    guest = objection.message.guest
    if guest is not None and guest.email and guest.notices != Notices.NEVER:
        notify.enqueue(
            kind="sender_told",
            key=f"sender_told:objection:{objection.pk}",
            to=guest.email,
            space=objection.space,
            about={"guest": str(guest.pk), "message": str(objection.message_id)},
        )
