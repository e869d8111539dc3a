"""Reports and complaints, from anybody, about anything here; and what was done about them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from beside.space.models import Complaint, Installation, Message, Person, State, Update
from beside.space.verbs import audit, notify
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.settle import decide

LONGEST = 5000


def complain(
    *, text: str, reply_to: str = "", about_message: UUID | None = None, about_update: UUID | None = None
) -> Complaint:
    """Keeps what somebody reports and tells the operator. What it is about need not exist: nobody is told."""
    text = text.replace("\x00", "").strip()[:LONGEST]
    if not text:
        raise Refused
    message, update = _message(about_message), _update(about_update)
    with transaction.atomic():
        made = Complaint.objects.create(
            space=message.space if message else update.space if update else None,
            about_message=message.pk if message else None,
            about_update=update.pk if update else None,
            text=text,
            reply_to=reply_to.strip(),
        )
        audit.record(action="complaint", actor="somebody", space=made.space, message=message)
        _tell_operator(made)
    return made


def open_complaints() -> list[Complaint]:
    """What nobody has answered yet, the oldest first."""
    return list(Complaint.objects.filter(closed_at=None).select_related("space").order_by("made_at", "pk"))


def take_down(*, person: Person, complaint: Complaint) -> None:
    """Nobody sees any more what it is about: a message is declined, an update goes back to the drafts."""
    _operator(person)
    if complaint.taken_down_at or not (complaint.about_message or complaint.about_update):
        raise Refused
    with transaction.atomic():
        message = _message(complaint.about_message)
        update = _update(complaint.about_update)
        if message is not None:
            _decline(message, person)
        if update is not None:
            _withdraw(update)
        complaint.taken_down_at = timezone.now()
        complaint.save(update_fields=["taken_down_at"])
        audit.record(
            action="taken down",
            actor=audit.person(person),
            space=complaint.space,
            message=message,
            reason=f"complaint {complaint.pk}",
        )


def close(*, person: Person, complaint: Complaint, outcome: str) -> None:
    """Says what was done; kept as the record of it."""
    _operator(person)
    if complaint.closed_at or not outcome.strip():
        raise Refused
    with transaction.atomic():
        complaint.closed_at, complaint.closed_by = timezone.now(), person
        complaint.outcome = outcome.strip()[:LONGEST]
        complaint.save(update_fields=["closed_at", "closed_by", "outcome"])
        audit.record(
            action="complaint closed",
            actor=audit.person(person),
            space=complaint.space,
            reason=f"complaint {complaint.pk}",
        )


def _message(pk: UUID | None) -> Message | None:
    return Message.objects.filter(pk=pk).first() if pk else None


def _update(pk: UUID | None) -> Update | None:
    return Update.objects.filter(pk=pk).first() if pk else None


def _decline(message: Message, person: Person) -> None:
    for fate in message.fates.exclude(state__in=(State.DECLINED, State.WITHDRAWN)):
        decide(fate=fate, state=State.DECLINED, person=person, reason="taken down")


def _withdraw(update: Update) -> None:
    update.withdrawn_at, update.published_at, update.publish_at = timezone.now(), None, None
    update.link_hash = ""
    update.save(update_fields=["withdrawn_at", "published_at", "publish_at", "link_hash", "saved_at"])


def _tell_operator(complaint: Complaint) -> None:
    installation = Installation.objects.first()
    notify.enqueue(
        kind="complaint",
        key=f"complaint:{complaint.pk}",
        to=installation.contact_email if installation else "",
        space=None,
        about={"complaint": complaint.pk},
    )


def _operator(person: Person) -> None:
    if not person.is_operator:
        raise NotAllowed
