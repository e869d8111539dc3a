"""Leaving a space, and asking that the whole of it be erased."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import Host, HostInvitation, Installation, Person, Space, Update
from beside.space.verbs import audit, notify
from beside.space.verbs.errors import NotAllowed, Refused

OPERATOR_MAY = timedelta(days=30)


def leave(*, host: Host, seal: bool) -> None:
    """One of two hosts goes. With `seal`, nobody can read what they shared and answered any more."""
    with transaction.atomic():
        if not _others(host):
            raise Refused(_("You are the only one here. To end the space, ask that it be erased."))
        now = timezone.now()
        host.left_at, host.sealed_at, host.wants_erasure = now, now if seal else None, None
        host.alert_agreed, host.alert_name, host.alert_email = False, "", ""
        host.save()
        if seal:
            own = Update.objects.filter(host=host)
            own.update(withdrawn_at=now, published_at=None, publish_at=None, link_hash="")
        HostInvitation.objects.filter(by=host, accepted_at=None).update(ended_at=now, token_hash="")
        audit.record(action="host left", actor=audit.host(host), space=host.space)
        _plan_if_all_want(host.space)


def ask_erasure(*, host: Host) -> None:
    """Her wish that the whole space be erased. Once every host has it, the time of grace begins."""
    if host.left_at:
        raise NotAllowed
    with transaction.atomic():
        if host.wants_erasure is None:
            host.wants_erasure = timezone.now()
            host.save(update_fields=["wants_erasure"])
            audit.record(action="erasure asked", actor=audit.host(host), space=host.space)
        if not _plan_if_all_want(host.space):
            notify.hosts_told(kind="erasure_asked", space=host.space, besides=host)


def keep(*, host: Host) -> None:
    """Takes her own wish back, and with it what was planned because of it."""
    if host.left_at or host.wants_erasure is None:
        raise NotAllowed
    with transaction.atomic():
        host.wants_erasure = None
        host.save(update_fields=["wants_erasure"])
        Space.objects.filter(pk=host.space_id).update(erase_after=None)
        audit.record(action="erasure stopped", actor=audit.host(host), space=host.space)


def erase_for_one(*, space: Space, person: Person) -> None:
    """The operator, once one host has wished it for 30 days and the other has not answered."""
    since = timezone.now() - OPERATOR_MAY
    waited = space.hosts.filter(left_at=None, wants_erasure__lte=since).exists()
    if not person.is_operator or not waited:
        raise NotAllowed
    with transaction.atomic():
        _plan(space)
        audit.record(action="erasure planned", actor=audit.person(person), space=space)


def _others(host: Host) -> bool:
    return host.space.hosts.filter(left_at=None).exclude(pk=host.pk).exists()


def _plan_if_all_want(space: Space) -> bool:
    hosts = space.hosts.filter(left_at=None)
    if not hosts.exists() or hosts.filter(wants_erasure=None).exists():
        return False
    if not Space.objects.filter(pk=space.pk, erase_after=None).exists():
        return True
    _plan(space)
    return True


def _plan(space: Space) -> None:
    installation = Installation.objects.first() or Installation()
    space.erase_after = timezone.now() + timedelta(days=installation.grace_days)
    space.save(update_fields=["erase_after"])
    notify.hosts_told(kind="erasure_planned", space=space)
