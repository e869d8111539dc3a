"""The one place that writes what becomes of a message. State, log and notices change in one transaction."""

from __future__ import annotations

import contextlib
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from beside.gate import Reading
from beside.space.models import By, Fate, Host, Kind, Message, Person, State, Version
from beside.space.verbs import audit, notify, reading
from beside.space.verbs.apart import same_for_any
from beside.space.verbs.errors import Overtaken

_STATES = {"deliver": State.DELIVERED, "hold": State.HELD, "decline": State.DECLINED}
URGENT = frozenset({"crisis", "threat"})
TAPS = (Kind.CANDLE, Kind.HEART)


def settle(*, message: Message) -> None:
    """Has the gate read a received message and decides it for each host. Done twice, it is done once.

    The reading happens before the transaction; whatever goes wrong there is a hold.
    """
    waiting = list(message.fates.filter(state=State.RECEIVED).select_related("host__space"))
    if not waiting:
        return
    if message.kind in TAPS:
        _all_delivered(message, waiting)
        return
    version = newest(message)
    found = reading.from_data(version.reading) if version.reading else reading.read(version.body)
    kind_sender = reading.kind_enough(message.sender)
    with transaction.atomic():
        if not version.reading:
            version.reading = reading.to_data(found)
            version.save(update_fields=["reading"])
        for fate in waiting:
            _by_machine(fate, message, found, kind_sender)
        notify.settled(message=message)


def decide(*, fate: Fate, state: State, person: Person, reason: str = "") -> None:
    """What a person decides. Raises `Overtaken` when the fate is no longer the one that they saw."""
    with transaction.atomic():
        _change(fate, state, by=By.PERSON, person=person)
        audit.record(
            action=state.value,
            actor=audit.person(person),
            space=fate.message.space,
            message=fate.message,
            fate=fate,
            reason=reason,
        )
        notify.decided(fate=fate)


def withdraw(*, message: Message) -> None:
    """The sender takes a message back: nobody sees it any more."""
    with transaction.atomic():
        for fate in message.fates.exclude(state=State.WITHDRAWN):
            _change(fate, State.WITHDRAWN, by=By.SENDER)
        message.withdrawn_at = timezone.now()
        message.save(update_fields=["withdrawn_at"])
        audit.record(action="withdrawn", actor="sender", space=message.space, message=message)


def read_again(*, message: Message) -> None:
    """A new version was written: every fate starts anew. Call `settle` after the transaction."""
    for fate in message.fates.all():
        _change(fate, State.RECEIVED, by=By.MACHINE)


def redecide(*, host: Host) -> None:
    """Her rules changed: what the machine decided is decided again, what a person decides meanwhile stays."""
    fates = host.fates.filter(by=By.MACHINE, state__in=(State.DELIVERED, State.HELD, State.DECLINED))
    for fate in fates.select_related("message__space", "host").exclude(message__kind__in=TAPS):
        version = newest(fate.message)
        found = reading.from_data(version.reading)
        with contextlib.suppress(Overtaken), transaction.atomic():
            _by_machine(fate, fate.message, found, reading.kind_enough(fate.message.sender))


def newest(message: Message) -> Version:
    """The wording that counts."""
    return message.versions.order_by("-number")[0]


def _by_machine(fate: Fate, message: Message, found: Reading, kind_sender: bool) -> None:
    decision = reading.gate().judge(found, fate.host.policy)
    state, codes = _STATES[decision.action], decision.codes
    if state is State.DELIVERED and not kind_sender:
        state, codes = State.HELD, ("sender",)
    if state is State.DELIVERED and message.to_friend_first:
        state, codes = State.HELD, ("asked",)
    if state is State.DELIVERED and message.guest is not None and message.guest.blocked_at:
        state, codes = State.HELD, ("blocked",)
    shareable = same_for_any(found, decision.labels, fate.host.policy)
    if fate.state == state and fate.codes == list(codes) and fate.shareable == shareable:
        return
    facts: dict[str, Any] = {
        "codes": list(codes),
        "labels": list(decision.labels),
        "urgent": bool(URGENT & set(decision.labels)),
        "shareable": shareable,
        "rules_version": fate.host.rules_version,
        "model": decision.model,
    }
    _change(fate, state, by=By.MACHINE, **facts)
    audit.record(
        action=state.value,
        actor="gate",
        space=message.space,
        message=message,
        fate=fate,
        codes=codes,
        model=decision.model,
        policy=f"host {fate.host_id} version {fate.host.rules_version}",
    )


def _all_delivered(message: Message, waiting: list[Fate]) -> None:
    blocked = message.guest is not None and message.guest.blocked_at is not None
    kind_sender = reading.kind_enough(message.sender)
    state = State.DELIVERED if kind_sender and not blocked else State.HELD
    with transaction.atomic():
        for fate in waiting:
            _change(fate, state, by=By.MACHINE, codes=["tap" if kind_sender else "sender"])
        notify.settled(message=message)


def _change(fate: Fate, state: State, *, by: By, person: Person | None = None, **facts: Any) -> None:
    """The only write of a state. Nothing is overwritten that somebody else changed since it was read."""
    changed = Fate.objects.filter(pk=fate.pk, revision=fate.revision).update(
        state=state, by=by, decided_by=person, decided_at=timezone.now(), revision=F("revision") + 1, **facts
    )
    if not changed:
        raise Overtaken
    fate.refresh_from_db()
