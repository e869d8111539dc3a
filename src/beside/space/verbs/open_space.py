"""Opening a space, and who hosts and moderates it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from beside.gate import Policy
from beside.space.models import Host, Installation, Moderator, Person, Space, Words
from beside.space.sealed import vault
from beside.space.verbs import audit, notify
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.settle import redecide
from beside.space.verbs.tokens import new_token, token_hash

INVITATION = timedelta(days=30)
ABOUT = frozenset({"title", "words", "baby_name", "dates", "country", "quick_exit"})


def may_open(*, person: Person) -> bool:
    """Who may open a space is the operator's to say."""
    installation = Installation.objects.first()
    return person.is_operator or person.may_open_spaces or bool(installation and installation.anyone_may_open)


def open_space(*, person: Person, name: str, words: str = Words.BABY, **about: object) -> Host:
    """A new space with its own key, and its first host. `about`: fields of the space."""
    if not may_open(person=person):
        raise NotAllowed
    with transaction.atomic():
        space = Space.objects.create(key=vault().new_key(), words=words, **about)
        host = Host.objects.create(space=space, person=person, name=name)
        audit.record(action="opened", actor=audit.person(person), space=space)
    return host


def describe(*, host: Host, name: str | None = None, **about: object) -> None:
    """What she says about herself (`name`) and the space. No other field of the space is set so."""
    if host.left_at or not about.keys() <= ABOUT:
        raise NotAllowed
    with transaction.atomic():
        for field, value in about.items():
            setattr(host.space, field, value)
        host.space.save(update_fields=list(about))
        if name is not None:
            host.name = name.strip()
            host.save(update_fields=["name"])


def name_somebody(*, host: Host, agreed: bool, name: str, email: str) -> None:
    """Whom to tell when her own words sound as if she were in danger; without her yes nobody is kept."""
    host.alert_agreed = agreed and bool(email.strip())
    host.alert_name, host.alert_email = (name.strip(), email.strip()) if host.alert_agreed else ("", "")
    host.save(update_fields=["alert_agreed", "alert_name", "alert_email"])


def set_rules(*, host: Host, rules: dict[str, object]) -> None:
    """Her answers to what is welcome. Raises `PolicyError`. What the machine decided is decided again."""
    Policy.from_dict(rules)
    with transaction.atomic():
        host.rules = rules
        host.rules_version += 1
        host.save(update_fields=["rules", "rules_version"])
        audit.record(
            action="rules changed",
            actor=audit.host(host),
            space=host.space,
            policy=f"host {host.pk} version {host.rules_version}",
        )
    redecide(host=host)


def ask_moderator(*, host: Host, name: str, email: str) -> tuple[Moderator, str]:
    """Asks somebody to read first; the invitation goes by mail. Returns the token of its link."""
    token, hashed = new_token()
    with transaction.atomic():
        moderator = Moderator.objects.create(
            space=host.space,
            name=name,
            email=email.strip().lower(),
            token_hash=hashed,
            token_expires=timezone.now() + INVITATION,
        )
        Space.objects.filter(pk=host.space_id).update(nobody_reads=False, nobody_reads_since=None)
        notify.moderator_asked(moderator=moderator, token=token)
        audit.record(action="moderator asked", actor=audit.host(host), space=host.space)
    return moderator, token


def accept_moderating(*, token: str, person: Person) -> Moderator:
    """A friend says yes. Hosts cannot moderate their own space."""
    moderator = moderator_by(token=token)
    if moderator is None:
        raise NotAllowed
    if moderator.space.hosts.filter(person=person, left_at=None).exists():
        raise Refused
    with transaction.atomic():
        moderator.person, moderator.accepted_at = person, timezone.now()
        moderator.token_hash, moderator.token_expires = "", None
        moderator.save()
        audit.record(action="moderator joined", actor=audit.person(person), space=moderator.space)
    return moderator


def moderator_by(*, token: str) -> Moderator | None:
    """The open invitation that a token belongs to."""
    return Moderator.objects.filter(
        token_hash=token_hash(token), token_expires__gt=timezone.now(), accepted_at=None, ended_at=None
    ).first()


def end_moderating(*, moderator: Moderator, by: Host | None = None) -> None:
    """A moderator steps down, or a host thanks them and lets them go; what is held stays for the others. When
    there are none the hosts hear of it, besides the one who knows."""
    with transaction.atomic():
        moderator.ended_at = timezone.now()
        moderator.token_hash = ""
        moderator.save(update_fields=["ended_at", "token_hash"])
        audit.record(action="moderator left", actor=f"moderator {moderator.pk}", space=moderator.space)
        if moderator.accepted_at and not notify.moderators_of(moderator.space):
            notify.hosts_told(kind="friends_gone", space=moderator.space, besides=by)


def nobody_reads(*, host: Host) -> None:
    """She says in so many words that nobody reads what is held."""
    with transaction.atomic():
        Space.objects.filter(pk=host.space_id).update(nobody_reads=True, nobody_reads_since=timezone.now())
        audit.record(action="nobody reads", actor=audit.host(host), space=host.space)


def let_volunteer(*, host: Host, allowed: bool) -> None:
    """Whether somebody who runs the place may read what has waited three days without a friend reading it."""
    with transaction.atomic():
        Space.objects.filter(pk=host.space_id).update(volunteer_allowed=allowed)
        action = "volunteer allowed" if allowed else "volunteer not allowed"
        audit.record(action=action, actor=audit.host(host), space=host.space)


def add_host(*, space: Space, person: Person, name: str, by: Host) -> Host:
    """The other parent, with settings and a reading state of their own, from now on."""
    if by.space_id != space.pk or by.left_at:
        raise NotAllowed
    with transaction.atomic():
        host, made = Host.objects.get_or_create(space=space, person=person, defaults={"name": name})
        if not made:  # who left and is asked again comes back to what was theirs
            host.left_at = host.sealed_at = None
            host.save(update_fields=["left_at", "sealed_at"])
        audit.record(action="host joined", actor=audit.person(person), space=space)
    return host
