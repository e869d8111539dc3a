"""The other parent: asked by one host, joined by a link of their own."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import Host, HostInvitation, Person
from beside.space.verbs import audit, notify
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.open_space import INVITATION, add_host, end_moderating
from beside.space.verbs.tokens import new_token, token_hash

HOSTS = 2


def ask(*, host: Host, name: str, email: str) -> tuple[HostInvitation, str]:
    """Asks the other parent; the link goes by mail. Returns the link's token too."""
    if host.left_at:
        raise NotAllowed
    if is_full(host=host) or asked(host=host):
        raise Refused(_("Two people host this space already, or one is asked."))
    token, hashed = new_token()
    with transaction.atomic():
        invitation = HostInvitation.objects.create(
            space=host.space,
            by=host,
            name=name.strip(),
            email=email.strip().lower(),
            token_hash=hashed,
            token_expires=timezone.now() + INVITATION,
        )
        notify.host_asked(invitation=invitation, token=token)
        audit.record(action="host asked", actor=audit.host(host), space=host.space)
    return invitation, token


def is_full(*, host: Host) -> bool:
    """Whether two people host this space."""
    return host.space.hosts.filter(left_at=None).count() >= HOSTS


def asked(*, host: Host) -> HostInvitation | None:
    """The invitation of this space that is still open."""
    return _open().filter(space=host.space).first()


def invitation_by(*, token: str) -> HostInvitation | None:
    """The open invitation that a token belongs to. Looking changes nothing."""
    return _open().filter(token_hash=token_hash(token)).select_related("space", "by").first()


def accept(*, token: str, person: Person, name: str) -> Host:
    """Joins, with rules and a reading state of their own. Whoever hosts does not read first here any more."""
    invitation = invitation_by(token=token)
    if invitation is None:
        raise NotAllowed
    with transaction.atomic():
        if is_full(host=invitation.by):
            raise Refused(_("Two people host this space already."))
        host = add_host(space=invitation.space, person=person, name=name.strip(), by=invitation.by)
        for moderator in invitation.space.moderators.filter(person=person, ended_at=None):
            end_moderating(moderator=moderator)
        HostInvitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), token_hash="")
    return host


def take_back(*, host: Host, invitation: HostInvitation) -> None:
    """The link ends."""
    if invitation.space_id != host.space_id:
        raise NotAllowed
    HostInvitation.objects.filter(pk=invitation.pk).update(ended_at=timezone.now(), token_hash="")


def _open() -> QuerySet[HostInvitation]:
    return HostInvitation.objects.filter(
        accepted_at=None, ended_at=None, token_expires__gt=timezone.now(), by__left_at=None
    )
