"""What has to happen without anybody asking: waiting messages settled, scheduled updates published, and what
has been kept for as long as the operator keeps it removed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from beside.space.models import (
    AuditEntry,
    Fate,
    Guest,
    HostInvitation,
    Installation,
    Limit,
    Message,
    Moderator,
    Objection,
    Outbox,
    State,
)
from beside.space.verbs import audit, share
from beside.space.verbs.erase import empty_log
from beside.space.verbs.errors import Overtaken
from beside.space.verbs.settle import settle

PATIENCE = timedelta(seconds=10)
_KEEP_SENT = timedelta(days=60)
_KEEP_LIMITS = timedelta(days=60)
_log = logging.getLogger(__name__)


def sweep(*, now: datetime | None = None) -> int:
    """Settles what whoever received it has not, and publishes what is due. How many messages were settled."""
    now = now or timezone.now()
    settled = sum(_settled(message) for message in _left_over(now))
    share.publish_due(now=now)
    return settled


def _left_over(now: datetime) -> QuerySet[Message]:
    """Received messages whose newest words are older than a web process takes to settle them."""
    waiting = Fate.objects.filter(state=State.RECEIVED).values("message")
    newest = Message.objects.filter(pk__in=waiting).annotate(newest=Max("versions__written_at"))
    return newest.filter(newest__lt=now - PATIENCE).order_by("received_at")


def _settled(message: Message) -> int:
    try:
        settle(message=message)
    except Overtaken:  # its web process was quicker
        return 0
    except Exception:  # noqa: BLE001  one message that cannot be settled must not stop the others
        _log.exception("message %s waits", message.pk)
        return 0
    return 1


def retain(*, now: datetime | None = None) -> int:
    """Removes what has been kept for the operator's days. How many messages went."""
    now = now or timezone.now()
    installation = Installation.objects.first() or Installation()
    gone = _forget(_decided(now - timedelta(days=installation.keep_declined_days), held=False))
    gone += _forget(_decided(now - timedelta(days=installation.keep_held_days), held=True))
    _expire(now)
    AuditEntry.objects.filter(at__lt=now - timedelta(days=installation.keep_audit_days)).delete()
    Outbox.objects.filter(Q(sent_at__lt=now - _KEEP_SENT) | Q(given_up_at__lt=now - _KEEP_SENT)).delete()
    Limit.objects.filter(at__lt=now - _KEEP_LIMITS).delete()
    if gone:
        empty_log()
    return gone


def _decided(before: datetime, *, held: bool) -> QuerySet[Message]:
    """Messages that reached nobody, decided about before a time. An open objection keeps a message."""
    alive = Fate.objects.filter(state__in=(State.RECEIVED, State.DELIVERED)).values("message")
    waiting = Fate.objects.filter(state=State.HELD).values("message")
    objected = Objection.objects.filter(settled_at=None).values("message")
    found = Message.objects.exclude(pk__in=alive).exclude(pk__in=objected)
    found = found.filter(pk__in=waiting) if held else found.exclude(pk__in=waiting)
    return found.annotate(last=Max("fates__decided_at")).filter(last__lt=before).select_related("space")


def _forget(messages: QuerySet[Message]) -> int:
    count = 0
    for message in messages:
        with transaction.atomic():
            audit.record(action="retention ended", actor="worker", space=message.space, message=message)
            message.delete()
            count += 1
    return count


def _expire(now: datetime) -> None:
    """Links and sessions that let nobody in any more."""
    Guest.objects.filter(token_expires__lt=now).update(token_hash="", token_expires=None)
    Moderator.objects.filter(token_expires__lt=now).update(token_hash="", token_expires=None)
    HostInvitation.objects.filter(token_expires__lt=now).update(token_hash="")
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
