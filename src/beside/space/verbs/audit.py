"""The append-only log: who or what decided, by which model and rules. Ids and codes only, never a text."""

from __future__ import annotations

from collections.abc import Sequence

from beside.space.models import AuditEntry, Fate, Host, Message, Person, Space


def record(
    *,
    action: str,
    actor: str,
    space: Space | None = None,
    message: Message | None = None,
    fate: Fate | None = None,
    codes: Sequence[str] = (),
    model: str = "",
    policy: str = "",
    reason: str = "",
) -> None:
    """Adds one entry; call it in the transaction of what it records."""
    AuditEntry.objects.create(
        action=action,
        actor=actor,
        space_ref=space.pk if space else None,
        message_ref=message.pk if message else None,
        host_ref=fate.host_id if fate else None,
        codes=list(codes),
        model=model,
        policy=policy,
        reason=reason[:300],
    )


def person(person: Person) -> str:
    """How the log names somebody: by number, so that the log holds no address."""
    return f"person {person.pk}"


def host(host: Host) -> str:
    """How the log names a host of a space."""
    return f"host {host.pk}"
