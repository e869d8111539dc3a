"""What a host shares, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from beside.space.models import Audience, Circle, Complaint, Guest, Host, Update
from beside.space.verbs import audit, notify, reading
from beside.space.verbs.errors import NotAllowed, Refused, TakenDown
from beside.space.verbs.tokens import new_token, token_hash


def draft(*, host: Host, body: str, update: Update | None = None, number: UUID | None = None) -> Update:
    """Saves what she is writing; a new draft under a `number` of its own, which two savings at once share.
    Published words change only through `edit`."""
    if update is None:
        new = {"space": host.space, "host": host, "body": body}
        update, made = Update.objects.get_or_create(pk=number or uuid4(), defaults=new)
        if made:
            return update
    _own(host, update)
    if update.published_at:
        raise Refused
    update.body = body
    update.save(update_fields=["body", "saved_at"])
    return update


def publish(
    *,
    host: Host,
    update: Update,
    audience: str,
    circles: Iterable[Circle] = (),
    shares_replies: bool = False,
    anonymous: bool = False,
    at: datetime | None = None,
) -> str | None:
    """Shares a draft, now or `at` a time. Returns the token of the link where the audience is the link.
    Raises `TakenDown` for what the operator took down."""
    _own(host, update)
    if Complaint.objects.filter(about_update=update.pk).exclude(taken_down_at=None).exists():
        raise TakenDown
    chosen = [circle for circle in circles if circle.space_id == host.space_id]
    if audience == Audience.CIRCLES and not chosen:
        raise Refused
    token, hashed = _link(update) if audience == Audience.LINK else (None, "")
    with transaction.atomic():
        update.audience, update.shares_replies, update.anonymous = audience, shares_replies, anonymous
        update.link_hash, update.publish_at, update.withdrawn_at = hashed, at, None
        update.published_at = None if at else update.published_at or timezone.now()
        update.save()
        update.circles.set(chosen)
        audit.record(action="scheduled" if at else "published", actor=audit.host(host), space=host.space)
        if not at:
            notify.published(update=update)
    _tell_whom_she_named(update)
    return token


def publish_due(*, now: datetime | None = None) -> int:
    """Publishes what was scheduled for now or earlier; for the worker."""
    now = now or timezone.now()
    count = 0
    for update in Update.objects.filter(publish_at__lte=now, published_at=None, withdrawn_at=None):
        with transaction.atomic():
            mine = Update.objects.filter(pk=update.pk, published_at=None).update(published_at=now)
            if mine:
                update.published_at = now
                notify.published(update=update)
                count += 1
        _tell_whom_she_named(update)
    return count


def edit(*, host: Host, update: Update, body: str) -> None:
    """Changes words that are shared already; readers see that they were edited."""
    _own(host, update)
    update.body, update.edited_at = body, timezone.now()
    update.save(update_fields=["body", "edited_at", "saved_at"])
    _tell_whom_she_named(update)


def new_link(*, host: Host, update: Update) -> str:
    """A fresh link for what anyone with the link may read; the old one ends at once."""
    _own(host, update)
    if update.audience != Audience.LINK or update.withdrawn_at:
        raise NotAllowed
    token, update.link_hash = new_token()
    update.save(update_fields=["link_hash"])
    return token


def withdraw(*, host: Host, update: Update) -> None:
    """Takes an update back into the drafts: nobody but her sees it."""
    _own(host, update)
    with transaction.atomic():
        update.withdrawn_at, update.published_at, update.publish_at = timezone.now(), None, None
        update.link_hash = ""
        update.save()
        audit.record(action="update withdrawn", actor=audit.host(host), space=host.space)


def discard(*, host: Host, update: Update) -> None:
    """Throws a draft away, its photos too. What is shared has to be withdrawn first."""
    from beside.space.verbs.photo import remove

    _own(host, update)
    if update.published_at:
        raise NotAllowed
    with transaction.atomic():
        for photo in update.photos.all():
            remove(host=host, photo=photo)
        update.delete()


def of_hosts(*, host: Host) -> QuerySet[Update]:
    """What a host sees: all of her own, and of the other parent's what is shared; the newest first."""
    shared = Q(published_at__isnull=False, withdrawn_at=None) & ~Q(audience=Audience.ONLY_ME)
    return (
        Update.objects.filter(Q(host=host) | shared, space=host.space)
        .select_related("host", "space")
        .order_by(Coalesce("published_at", "publish_at", "saved_at").desc())
    )


def readable(*, guest: Guest) -> QuerySet[Update]:
    """The updates that a guest may read, the newest first."""
    return (
        Update.objects.filter(space=guest.space, withdrawn_at=None)
        .exclude(published_at=None)
        .filter(
            Q(audience__in=(Audience.GUESTS, Audience.LINK))
            | Q(audience=Audience.CIRCLES, circles__in=guest.circles.all())
        )
        .distinct()
        .order_by("-published_at")
    )


def may_read(*, update: Update, guest: Guest) -> bool:
    """Whether this guest is in the audience of this update."""
    return guest.is_in and readable(guest=guest).filter(pk=update.pk).exists()


def by_link(*, token: str) -> Update | None:
    """The update that anybody with its link may read."""
    return (
        Update.objects.select_related("space")
        .filter(link_hash=token_hash(token), audience=Audience.LINK, withdrawn_at=None)
        .exclude(published_at=None)
        .first()
    )


def in_danger(*, update: Update) -> bool:
    """Whether her published words sound as if she were in danger; shown to her alone. Never for drafts or
    "only me"."""
    if update.published_at is None or update.audience == Audience.ONLY_ME:
        return False
    return "crisis" in reading.gate().judge(reading.read(update.body)).labels


def _tell_whom_she_named(update: Update) -> None:
    """Only where she agreed beforehand and named somebody; once for an update."""
    host = update.host
    if host is not None and host.alert_agreed and host.alert_email and in_danger(update=update):
        notify.named_told(host=host, update=update)
        audit.record(action="named person told", actor=audit.host(host), space=update.space)


def _link(update: Update) -> tuple[str | None, str]:
    """The link that it has stays good; otherwise a new one."""
    return (None, update.link_hash) if update.link_hash else new_token()


def _own(host: Host, update: Update) -> None:
    if update.space_id != host.space_id or update.host_id != host.pk:
        raise NotAllowed
