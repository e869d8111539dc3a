"""The friend who reads first: what waits, and what they may do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beside.codebook import BY_NAME, Rule
from beside.space.models import (
    AuditEntry,
    By,
    Fate,
    Kind,
    Message,
    Moderator,
    Note,
    Objection,
    Person,
    Space,
    State,
)
from beside.space.verbs import audit, reading
from beside.space.verbs.errors import NotAllowed, Overtaken, Refused
from beside.space.verbs.nudge import HURTS
from beside.space.verbs.objections import settled_along
from beside.space.verbs.settle import decide
from beside.space.verbs.standing import active, own_guests, wrote
from beside.space.verbs.texts import last_wording

OUTCOMES = {"deliver": State.DELIVERED, "decline": State.DECLINED, "rephrase": State.RETURNED}
WORST = frozenset({"hostility", "hate", "threat", "sexual"})
HELP_FIRST = _(
    "Somebody who may be in danger is met with help, never a refusal. It stays here: please look after it."
)
# offered to whoever asks a sender to rephrase. None of them says anything of what a host chose
KIND_REASONS: Mapping[str, str | Promise] = {
    **{name: HURTS[name].why for name in HURTS if BY_NAME[name].default is Rule.HOLD},
    "other": _("A friend has read it, and thinks that other words would do more good now."),
}
NOT_BACK = _("It was handed to you so that it need not be read again. It does not go back.")
_RETURNABLE = (Kind.MESSAGE, Kind.OFFER)
_LEFT = "left waiting"
_FIRST, _NEXT, _BLOCKED, _LAST = range(4)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One held message: its fates that wait, its words, and the ranges (start, end, label) to mark."""

    message: Message
    fates: list[Fate]
    text: str
    spans: list[tuple[int, int, str]]
    urgent: bool
    codes: list[str]
    labels: list[str]
    objection: Objection | None
    notes: list[Note]
    left: bool = False

    @property
    def seen(self) -> dict[int, int]:
        """The fates on the page and their revisions, for whoever decides."""
        return {fate.pk: fate.revision for fate in self.fates}

    @property
    def undecided(self) -> bool:
        return any(fate.state == State.HELD for fate in self.fates)

    @property
    def in_danger(self) -> bool:
        return "crisis" in self.labels

    @property
    def handed_over(self) -> bool:
        """Whether a host had it before her and gave it to her friend."""
        return self.undecided and all(fate.by == By.PERSON for fate in self.fates)

    @property
    def is_worst(self) -> bool:
        """Whether its words, or the name it came under, stay covered until opened."""
        return bool(WORST & set(self.labels)) or "sender" in self.codes

    @property
    def returnable(self) -> bool:
        """Whether its sender can be asked for other words."""
        guest = self.message.guest
        reachable = guest is not None and guest.is_in and not guest.blocked_at
        wanted = self.undecided and not self.in_danger
        return wanted and reachable and self.message.kind in _RETURNABLE


def queue(*, moderator: Moderator, limit: int = 50, skip: int = 0) -> list[Waiting]:
    """What waits in this space: danger first, then the oldest, blocked senders last. Their own messages are
    not among it."""
    return waiting_among(held(space=moderator.space, person=active(moderator))[skip : skip + limit])


def waiting(*, moderator: Moderator, message_id: UUID) -> Waiting:
    """One held message. Raises `NotAllowed` for what does not wait here."""
    found = waiting_among(held(space=moderator.space, person=active(moderator)).filter(pk=message_id))
    found = found or [one for one in alarms(moderator=moderator) if one.message.pk == message_id]
    if not found:
        raise NotAllowed
    return found[0]


def alarms(*, moderator: Moderator) -> list[Waiting]:
    """Threats that the gate did not pass on, and that nobody has looked after yet. There is nothing to decide
    about them but what to do for whoever is threatened."""
    person, space = active(moderator), moderator.space
    urgent = Fate.objects.filter(message=OuterRef("pk"), host__left_at=None, urgent=True)
    declined = Message.objects.filter(
        Exists(urgent.filter(state=State.DECLINED, by=By.MACHINE)), space=space, withdrawn_at=None
    )
    without_own = declined.exclude(guest__in=own_guests(space=space, person=person))
    alone = without_own.exclude(fates__state=State.HELD).exclude(pk__in=_left_waiting(space))
    return waiting_among(alone.order_by("received_at", "pk"), states=(State.DECLINED,))


def held(*, space: Space, person: Person) -> QuerySet[Message]:
    """The held messages of a space that this person may decide about, in the order to read them."""
    waits = Fate.objects.filter(message=OuterRef("pk"), state=State.HELD, host__left_at=None)
    place = Case(
        When(pk__in=_left_waiting(space), then=Value(_LAST)),
        When(Exists(waits.filter(urgent=True)), then=Value(_FIRST)),
        When(guest__blocked_at__isnull=False, then=Value(_BLOCKED)),
        default=Value(_NEXT),
        output_field=IntegerField(),
    )
    found = Message.objects.filter(Exists(waits), space=space)
    without_own = found.exclude(guest__in=own_guests(space=space, person=person))
    return without_own.annotate(place=place).order_by("place", "received_at", "pk")


def as_it_stands(*, messages: Iterable[UUID]) -> dict[UUID, Waiting]:
    """Messages with whatever was decided about them, for an objection."""
    found = waiting_among(Message.objects.filter(pk__in=list(messages)), states=tuple(State))
    return {one.message.pk: one for one in found}


def waiting_among(messages: QuerySet[Message], states: Sequence[State] = (State.HELD,)) -> list[Waiting]:
    """What a page needs to show of them, in a constant number of queries."""
    fates = Fate.objects.filter(state__in=states, host__left_at=None).order_by("pk")
    notes = Note.objects.select_related("moderator", "space").order_by("pk")
    opened = Objection.objects.filter(settled_at=None).select_related("space")
    whole = messages.select_related("guest__space", "space").prefetch_related(
        Prefetch("fates", fates, to_attr="waiting_fates"),
        Prefetch("objections", opened, to_attr="open_objections"),
        Prefetch("notes", notes, to_attr="left_notes"),
        "versions",
    )
    return [_waiting(message) for message in whole]


def settle_held(
    *, moderator: Moderator, message: Message, outcome: str, seen: Mapping[int, int], reason: str = ""
) -> None:
    """Delivers, declines or returns a held message for every host it waits for.

    `seen` maps the fates on the page to their revisions: whoever decides about something that has changed
    since is told, and nothing is overwritten. Raises `Overtaken`, `NotAllowed`, `Refused`.
    """
    person = active(moderator)
    if message.space_id != moderator.space_id:
        raise NotAllowed
    settle_seen(person=person, message=message, outcome=outcome, seen=seen, reason=reason)


def settle_seen(
    *, person: Person, message: Message, outcome: str, seen: Mapping[int, int], reason: str = ""
) -> None:
    """The same for whoever else may decide; the caller has checked that they may."""
    if outcome not in OUTCOMES or wrote(person=person, message=message):
        raise NotAllowed
    state = OUTCOMES[outcome]
    fates = list(message.fates.filter(pk__in=seen))
    if not seen or len(fates) != len(seen):
        raise Overtaken
    if state is State.DELIVERED:
        fates = _deliverable(fates)
    if state is not State.DELIVERED and any("crisis" in fate.labels for fate in fates):
        raise Refused(HELP_FIRST)
    if state is State.RETURNED and (message.guest is None or message.kind not in _RETURNABLE):
        raise Refused
    with transaction.atomic():
        for fate in fates:
            fate.revision = seen[fate.pk]
            _still_held(fate)
            decide(fate=fate, state=state, person=person, reason=reason)
        settled_along(message=message, person=person, upheld=state is State.DELIVERED)


def decline_many(*, moderator: Moderator, seen: Mapping[int, int]) -> bool:
    """Declines a group that was looked at as one. Never delivers: nothing goes out unread. What may be
    danger and what changed meanwhile is left as it is; returns whether nothing was."""
    person = active(moderator)
    own = set(own_guests(space=moderator.space, person=person))
    whole = True
    fates = Fate.objects.filter(pk__in=seen, message__space=moderator.space, host__left_at=None)
    for fate in fates.select_related("message__guest", "message__space", "host"):
        if fate.message.guest_id in own:
            raise NotAllowed
        if fate.urgent:
            whole = False
            continue
        fate.revision = seen[fate.pk]
        try:
            with transaction.atomic():
                _still_held(fate)
                decide(fate=fate, state=State.DECLINED, person=person)
                settled_along(message=fate.message, person=person, upheld=False)
        except Overtaken:
            whole = False
    return whole


def leave_waiting(*, moderator: Moderator, messages: Iterable[Message]) -> None:
    """They were read, or are being looked after: they stay held, and come after what nobody has read."""
    person = active(moderator)
    own = set(own_guests(space=moderator.space, person=person))
    with transaction.atomic():
        for message in messages:
            if message.space_id != moderator.space_id or message.guest_id in own:
                raise NotAllowed
            audit.record(action=_LEFT, actor=audit.person(person), space=message.space, message=message)


def _waiting(message: Message) -> Waiting:
    version = last_wording(message)
    found = reading.from_data(version.reading)
    fates: list[Fate] = message.waiting_fates  # type: ignore[attr-defined]
    labels = _joined(fate.labels for fate in fates)
    return Waiting(
        message=message,
        fates=fates,
        text=version.body,
        spans=[(span.start, span.end, span.label) for span in found.spans if span.label in labels],
        urgent=any(fate.urgent for fate in fates),
        codes=_joined(fate.codes for fate in fates),
        labels=labels,
        objection=next(iter(message.open_objections), None),  # type: ignore[attr-defined]
        notes=message.left_notes,  # type: ignore[attr-defined]
        left=getattr(message, "place", _NEXT) == _LAST,
    )


def _joined(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names))


def _left_waiting(space: Space) -> list[UUID]:
    """Messages that somebody read and left. An edit, or an objection since, makes them new again."""
    entries = AuditEntry.objects.filter(space_ref=space.pk, action=_LEFT)
    left = {entry.message_ref: entry.at for entry in entries.order_by("at") if entry.message_ref}
    fates = Fate.objects.filter(message__in=left).values_list("message_id", "decided_at")
    made = Objection.objects.filter(message__in=left, settled_at=None).values_list("message_id", "made_at")
    late = {message_id for message_id, at in (*fates, *made) if at and at > left[message_id]}
    return [message_id for message_id in left if message_id not in late]


def _deliverable(fates: list[Fate]) -> list[Fate]:
    """All but what a host herself handed to a friend."""
    found = [fate for fate in fates if fate.by != By.PERSON or fate.state != State.HELD]
    if not found:
        raise Refused(NOT_BACK)
    return found


def _still_held(fate: Fate) -> None:
    now = Fate.objects.get(pk=fate.pk)
    if now.revision != fate.revision or now.state != State.HELD:
        raise Overtaken
