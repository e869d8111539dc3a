"""A guest's words come in: stored as received before anybody is told so, then settled."""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction

from beside.gate import Decision, Policy
from beside.gate.canonical import LONGEST, canonical
from beside.space.models import Fate, Guest, Kind, Message, Space, Update, Version
from beside.space.sealed import vault
from beside.space.verbs import reading
from beside.space.verbs.errors import NotAllowed, Refused, TooLong
from beside.space.verbs.settle import newest, read_again, settle, withdraw


def receive(
    *,
    guest: Guest,
    text: str = "",
    update: Update | None = None,
    kind: Kind = Kind.MESSAGE,
    to_friend_first: bool = False,
    help_on: date | None = None,
) -> Message:
    """Stores a message, then has it settled. When this returns it is on disk, whatever happens next.

    Raises `Refused` for what cannot be stored; a gate that fails only leaves the message waiting.
    """
    _may_write(guest, update)
    message = _store(
        space=guest.space,
        text=_checked(text, kind),
        guest=guest,
        update=update,
        kind=kind,
        sender=guest.name,
        to_friend_first=to_friend_first,
        help_on=help_on,
    )
    _settle_now(message)
    return message


def change(*, message: Message, guest: Guest, text: str, to_friend_first: bool = False) -> None:
    """A new version of one's own message; it is read again."""
    if message.guest_id != guest.pk or message.withdrawn_at or message.kind not in (Kind.MESSAGE, Kind.OFFER):
        raise NotAllowed
    with transaction.atomic():
        Version.objects.create(
            space=message.space,
            message=message,
            number=newest(message).number + 1,
            body=_checked(text, Kind(message.kind)),
        )
        message.like_hash = like(space=message.space, text=text)
        message.to_friend_first = message.to_friend_first or to_friend_first
        message.save(update_fields=["like_hash", "to_friend_first"])
        read_again(message=message)
    _settle_now(message)


def take_back(*, message: Message, guest: Guest) -> None:
    """Withdraws one's own message."""
    if message.guest_id != guest.pk:
        raise NotAllowed
    withdraw(message=message)


def preview(*, text: str) -> Decision:
    """What the nudge knows before sending. The same for every host: her own choices never show in it."""
    return reading.gate().judge(reading.read(text), Policy())


def bring(*, space: Space, text: str, sender: str, source: str, source_hash: str) -> Message | None:
    """An imported message: stored and settled like any other, or `None` when it was brought before."""
    if Message.objects.filter(space=space, source_hash=source_hash).exists():
        return None
    message = _store(
        space=space, text=text, kind=Kind.IMPORTED, sender=sender, source=source, source_hash=source_hash
    )
    _settle_now(message)
    return message


def like(*, space: Space, text: str) -> str:
    """One mark for texts of a space that read the same, however they are spelt or spaced."""
    plain = "".join(char for char in canonical(text).text if char.isalnum())
    return vault().mark(space.key_id(), plain.encode(), "like") if plain else ""


def _store(*, space: Space, text: str, **fields: object) -> Message:
    with transaction.atomic():
        message = Message.objects.create(space=space, like_hash=like(space=space, text=text), **fields)
        Version.objects.create(space=space, message=message, body=text)
        hosts = space.hosts.filter(left_at=None)
        Fate.objects.bulk_create(Fate(message=message, host=host) for host in hosts)
    return message


def _settle_now(message: Message) -> None:
    try:
        settle(message=message)
    except Exception:
        logging.getLogger(__name__).exception("a message waits for the worker")


def _may_write(guest: Guest, update: Update | None) -> None:
    from beside.space.verbs.share import may_read

    if not guest.is_in or guest.blocked_at:
        raise NotAllowed
    if update is not None and not may_read(update=update, guest=guest):
        raise NotAllowed


def _checked(text: str, kind: Kind) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > LONGEST:
        raise TooLong
    if not text and kind not in (Kind.CANDLE, Kind.HEART):
        raise Refused
    return text


def store_request(*, guest: Guest, note: str) -> Message:
    """A request to be let in: its note and its name pass the gate like any other words."""
    message = _store(
        space=guest.space,
        text=_checked(note, Kind.REQUEST),
        guest=guest,
        kind=Kind.REQUEST,
        sender=guest.name,
    )
    _settle_now(message)
    return message
