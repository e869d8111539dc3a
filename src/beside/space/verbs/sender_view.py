"""What the sender of a message is told about where it is.

The same whatever a host chose for herself: a message that was delivered and one that is held for her own
choices, because the gate is not sure, because of the sender's name or at the sender's wish look exactly
alike. What the machine decided is therefore worked out anew from its reading, under her rules about hurt
alone; only what a person decided for the sender to know (declined, returned) is taken from the fates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from beside.gate import Action, Decision
from beside.space.models import AuditEntry, By, Fate, Host, Kind, Message, Objection, Space, State, Version
from beside.space.verbs import reading
from beside.space.verbs.apart import without_her_choices
from beside.space.verbs.marked import merged
from beside.space.verbs.nudge import HURTS
from beside.space.verbs.review import KIND_REASONS
from beside.space.verbs.texts import newest_of
from beside.space.verbs.wording import named

# the first that holds for any host is what the sender is told
KEYS = ("withdrawn", "returned", "declined", "crisis", "hurts", "too_long", "language", "arrived")
_CHANGEABLE = frozenset({"returned", "crisis", "hurts", "too_long", "language", "arrived"})
_CONTESTABLE = frozenset({"returned", "declined", "hurts", "language"})
_WRITTEN = (Kind.MESSAGE, Kind.OFFER)


@dataclass(frozen=True, slots=True)
class SenderView:
    """Where a message is, in sentences; `marks` are ranges of its text that may hurt."""

    key: str
    sentences: tuple[str, ...]
    may_change: bool
    may_object: bool
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Behind:
    """What is known behind one message."""

    message: Message
    space: Space
    hosts: list[Host] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    version: Version | None = None
    objections: list[Objection] = field(default_factory=list)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """A key, the kinds of hurt that go with it, and the ranges to mark."""

    key: str
    kinds: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


def view(*, message: Message) -> SenderView:
    """What the sender of one message is told."""
    return views(messages=[message])[0]


def views(*, messages: Sequence[Message]) -> list[SenderView]:
    """The same for many, in their order, in a constant number of queries."""
    return [_view(behind) for behind in _behind(messages)]


def _view(behind: _Behind) -> SenderView:
    told = _told(behind)
    written = behind.message.kind in _WRITTEN
    asked = _asked(behind)
    return SenderView(
        key=told.key,
        sentences=tuple(str(line) for line in (*_sentences(told, behind), *_of_objection(told, behind))),
        may_change=written and told.key in _CHANGEABLE,
        may_object=written and told.key in _CONTESTABLE and not asked,
        marks=told.marks,
    )


def _told(behind: _Behind) -> _Told:
    if behind.message.withdrawn_at:
        return _Told("withdrawn")
    policies = {host.pk: without_her_choices(host.policy) for host in behind.hosts}
    found = reading.from_data(behind.version.reading if behind.version else {})
    each = [
        _as_decided(fate) or _by_reading(reading.gate().judge(found, policies[fate.host_id]))
        for fate in behind.fates
    ]
    return min(each, key=lambda told: KEYS.index(told.key), default=_Told("arrived"))


def _as_decided(fate: Fate) -> _Told | None:
    """What was delivered, and what a person decided for the sender to know; held again by a host's wish is
    not among it."""
    if fate.state == State.DELIVERED:
        return _Told("arrived")
    if fate.by != By.PERSON or fate.state == State.HELD:
        return None
    return _Told("returned" if fate.state == State.RETURNED else "declined")


def _by_reading(decision: Decision) -> _Told:
    kinds = tuple(code for code in decision.codes if code in HURTS)
    if "crisis" in decision.codes:
        return _Told("crisis")
    if decision.action is Action.DECLINE:
        return _Told("declined", kinds)
    if kinds:
        spans = [(span.start, span.end) for span in decision.spans if span.label in kinds]
        return _Told("hurts", kinds, merged(spans))
    return _Told(next((code for code in ("too_long", "language") if code in decision.codes), "arrived"))


def _asked(behind: _Behind) -> bool:
    """Whether the sender has objected, and nobody has decided anew since."""
    if not behind.objections:
        return False
    last = behind.objections[-1]
    anew = [fate.decided_at for fate in behind.fates if fate.decided_at]
    return last.settled_at is None or not any(at > last.settled_at for at in anew)


def _sentences(told: _Told, behind: _Behind) -> Iterable[str | Promise]:
    names, nobody = named(behind.hosts), behind.space.nobody_reads
    match told.key:
        case "withdrawn":
            yield _("You took it back. Nobody sees it any more.")
        case "returned":
            yield _("A friend has read it and asks you for other words.")
            yield KIND_REASONS.get(behind.reason, KIND_REASONS["other"])
        case "declined" if told.kinds:
            yield _(
                "It was not passed on. A program read it first, and the rules here do not let it through."
            )
            yield from (HURTS[kind].why for kind in told.kinds)
        case "declined":
            yield _("A friend has read it and has not passed it on.")
        case "crisis":
            yield _("It was received. It is not shown to %(names)s.") % {"names": names}
            yield _("People who look after this place are told of it, so that somebody can be there for you.")
        case "hurts":
            yield _("It is here. It has not been shown to %(names)s.") % {"names": names}
            yield _("A program read it first and found words that can hurt.")
            yield from (HURTS[kind].why for kind in told.kinds)
            yield _next(nobody)
        case "too_long":
            yield _(
                "It is here, and is longer than can be read in one piece. Two shorter messages arrive sooner."
            )
            yield _next(nobody)
        case "language":
            yield _("It is here, in a language that the program which reads first does not know.")
            yield _next(nobody)
        case _:
            yield from _arrived(names, nobody, behind.hosts)


def _next(nobody_reads: bool) -> str:
    if nobody_reads:
        return _("Nobody reads here what is kept back. It stays so unless you change it.")
    return _("A friend reads it next and decides.")


def _arrived(names: str, nobody_reads: bool, hosts: Sequence[Host]) -> Iterable[str]:
    yield _("It has arrived. %(names)s can read it whenever the time is right.") % {"names": names}
    if nobody_reads:
        yield _("A program reads every message first. What it is not sure about is kept and shown to nobody.")
    else:
        yield _("A program reads every message first, and a friend reads some messages first.")
    away = [host for host in hosts if host.paused_since]
    if away:
        yield _("Nothing is shown to %(names)s for a while; it waits until then.") % {"names": named(away)}


def _of_objection(told: _Told, behind: _Behind) -> Iterable[str]:
    if told.key not in _CONTESTABLE or not _asked(behind):
        return
    if behind.objections[-1].settled_at is None:
        yield _("You asked for another look. Somebody reads it who has not decided about it.")
    else:
        yield _("Another person has looked at it as you asked. It stays as it is.")


def _behind(messages: Sequence[Message]) -> list[_Behind]:
    ids = [message.pk for message in messages]
    spaces = Space.objects.in_bulk({message.space_id for message in messages})
    hosts = _grouped(
        Host.objects.filter(space__in=spaces, left_at=None).order_by("joined_at", "pk"), "space_id"
    )
    fates = _grouped(Fate.objects.filter(message__in=ids, host__left_at=None), "message_id")
    objections = _grouped(Objection.objects.filter(message__in=ids).defer("why").order_by("pk"), "message_id")
    versions, reasons = newest_of(ids, readings=True), _reasons(fates)
    return [
        _Behind(
            message=message,
            space=spaces[message.space_id],
            hosts=hosts[message.space_id],
            fates=fates[message.pk],
            version=versions.get(message.pk),
            objections=objections[message.pk],
            reason=reasons.get(message.pk, ""),
        )
        for message in messages
    ]


def _grouped(rows: Iterable[Any], by: str) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found


def _reasons(fates: dict[UUID, list[Fate]]) -> dict[UUID | None, str]:
    """Why each returned message was returned, as the friend chose from the list."""
    returned = [pk for pk, some in fates.items() if any(fate.state == State.RETURNED for fate in some)]
    if not returned:
        return {}
    told = AuditEntry.objects.filter(message_ref__in=returned, action=State.RETURNED).order_by("at", "pk")
    return dict(told.values_list("message_ref", "reason"))
