"""Guests: invited by a link of their own, or let in after asking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from beside.space.models import Circle, Guest, Host, Kind, Message, Space
from beside.space.verbs import audit, notify
from beside.space.verbs.errors import NotAllowed
from beside.space.verbs.tokens import new_token, token_hash

LINK = timedelta(days=90)


def invite(*, host: Host, name: str, email: str = "", circles: Iterable[Circle] = ()) -> tuple[Guest, str]:
    """A guest and the token of their personal link. With an address, the link is mailed too."""
    token, hashed = new_token()
    now = timezone.now()
    with transaction.atomic():
        guest = Guest.objects.create(
            space=host.space,
            name=name.strip(),
            email=email.strip(),
            token_hash=hashed,
            token_expires=now + LINK,
            let_in_at=now,
        )
        guest.circles.set(circle for circle in circles if circle.space_id == host.space_id)
        if guest.email:
            notify.guest_invited(guest=guest, token=token)
        audit.record(action="guest invited", actor=audit.host(host), space=host.space)
    return guest, token


def new_link(*, host: Host, guest: Guest) -> str:
    """A fresh link; the old one and every session from it end at once."""
    if guest.space_id != host.space_id:
        raise NotAllowed
    token, hashed = new_token()
    Guest.objects.filter(pk=guest.pk).update(
        token_hash=hashed,
        token_expires=timezone.now() + LINK,
        session_version=F("session_version") + 1,
        revoked_at=None,
    )
    audit.record(action="guest link renewed", actor=audit.host(host), space=host.space)
    return token


def guest_by(*, token: str) -> Guest | None:
    """Whose link this is, while it is good. Looking changes nothing: mail scanners look too."""
    return (
        Guest.objects.select_related("space")
        .filter(token_hash=token_hash(token), token_expires__gt=timezone.now(), revoked_at=None)
        .exclude(let_in_at=None)
        .first()
    )


def enter(*, token: str) -> Guest:
    """The guest comes in: the first deliberate act on a link."""
    guest = guest_by(token=token)
    if guest is None:
        raise NotAllowed
    if guest.first_came_at is None:
        Guest.objects.filter(pk=guest.pk).update(first_came_at=timezone.now())
    return guest


def ask(*, space: Space, name: str, email: str, note: str) -> Guest:
    """Somebody asks to be let in. Name and note pass the gate before a host sees them."""
    from beside.space.verbs.receive import store_request

    with transaction.atomic():
        guest = Guest.objects.create(
            space=space, name=name.strip(), email=email.strip(), asked_at=timezone.now()
        )
    store_request(guest=guest, note=note)
    return guest


def answer_request(*, host: Host, guest: Guest, let_in: bool) -> str | None:
    """Lets somebody in (their link goes out by mail) or not; whoever is refused is told nothing unkind."""
    if guest.space_id != host.space_id or guest.asked_at is None or guest.let_in_at is not None:
        raise NotAllowed
    token, hashed = new_token()
    with transaction.atomic():
        now = timezone.now()
        if let_in:
            guest.let_in_at, guest.token_hash, guest.token_expires = now, hashed, now + LINK
        else:
            guest.revoked_at = now
        guest.save(update_fields=["let_in_at", "token_hash", "token_expires", "revoked_at"])
        action = "request granted" if let_in else "request refused"
        audit.record(action=action, actor=audit.host(host), space=host.space)
        if let_in and guest.email:
            notify.guest_invited(guest=guest, token=token)
    return token if let_in else None


def revoke(*, host: Host, guest: Guest) -> None:
    """The guest's link and sessions end; what they wrote and was delivered stays."""
    if guest.space_id != host.space_id:
        raise NotAllowed
    Guest.objects.filter(pk=guest.pk).update(
        revoked_at=timezone.now(), session_version=F("session_version") + 1, token_hash=""
    )
    audit.record(action="guest revoked", actor=audit.host(host), space=host.space)


def open_requests(*, host: Host) -> list[Message]:
    """Requests whose note reached this host, each with its guest still waiting."""
    return list(
        Message.objects.filter(
            space=host.space,
            kind=Kind.REQUEST,
            guest__let_in_at=None,
            guest__revoked_at=None,
            fates__host=host,
            fates__state="delivered",
        )
        .select_related("guest")
        .order_by("received_at")
    )
