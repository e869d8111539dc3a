"""What the operator may see and settle in spaces that are not theirs, each time with a recorded reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import (
    Audience,
    AuditEntry,
    Fate,
    Host,
    Message,
    Objection,
    Person,
    Space,
    State,
    Update,
)
from beside.space.verbs import audit
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.leave import OPERATOR_MAY
from beside.space.verbs.review import Waiting, held, settle_seen, waiting_among
from beside.space.verbs.standing import may_settle, wrote

LOOKED = "operator looked in"
# of one message that waited or was objected to: hosts are not told, or they would learn that it was held
READ = "operator read a message"
UNREAD_FOR = timedelta(hours=72)
SHORTEST_REASON = 10
_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Look:
    """What one look into a space shows: what was shared with guests, and what guests wrote."""

    space: Space
    updates: list[Update]
    messages: list[Message]


def find_spaces(*, text: str) -> list[Space]:
    """Spaces by their number or by the address of somebody who hosts them."""
    text = text.strip()
    try:
        return list(Space.objects.filter(pk=UUID(text)))
    except ValueError:
        hosted = Space.objects.filter(hosts__person__email__iexact=text, hosts__left_at=None)
        return list(hosted.distinct().order_by("created_at"))


def look_in(*, person: Person, space: Space, reason: str) -> Look:
    """One look into a space: recorded with its reason, for its hosts to see. Drafts and what a host keeps to
    herself are never shown."""
    _record(person, space, reason)
    shared = space.updates.exclude(audience=Audience.ONLY_ME).exclude(published_at=None)
    written = space.messages.filter(withdrawn_at=None).prefetch_related("versions", "fates")
    return Look(
        space=space,
        updates=list(shared.select_related("space").order_by("-published_at")[:_AT_MOST]),
        messages=list(written.select_related("space", "guest").order_by("-received_at")[:_AT_MOST]),
    )


def looks(*, space: Space) -> QuerySet[AuditEntry]:
    """When the operator looked into a space, and why; for its hosts. Never that a message was held."""
    return AuditEntry.objects.filter(space_ref=space.pk, action=LOOKED).order_by("-at")


def waiting_objections(*, person: Person) -> list[Objection]:
    """Objections that no friend of their space may settle, and this operator may."""
    found = Objection.objects.filter(settled_at=None, message__withdrawn_at=None).order_by("made_at", "pk")
    with_people = found.select_related("message__guest", "message__space", "space")
    return [one for one in with_people if may_settle(objection=one, person=person)]


def read_objection(*, person: Person, objection: Objection) -> Objection:
    """Opens one of them; recorded like every look."""
    if not person.is_operator or not may_settle(objection=objection, person=person):
        raise NotAllowed
    _record(person, objection.space, "an objection that no friend may settle", objection.message)
    return objection


def left_waiting(*, person: Person) -> list[Message]:
    """What nobody has read for 72 hours, in spaces whose host lets the operator's volunteer read it then."""
    since = timezone.now() - UNREAD_FOR
    unread = Fate.objects.filter(state=State.HELD, host__left_at=None, decided_at__lte=since)
    found = Message.objects.filter(space__volunteer_allowed=True, fates__in=unread)
    in_order = found.distinct().select_related("space", "guest__space").order_by("received_at", "pk")
    return [message for message in in_order if not wrote(person=person, message=message)]


def read_left_waiting(*, person: Person, message: Message) -> Waiting:
    """Opens one of them; recorded like every look."""
    _may_volunteer(person, message)
    found = waiting_among(held(space=message.space, person=person).filter(pk=message.pk))
    if not found:
        raise NotAllowed
    _record(person, message.space, "waited for more than 72 hours; the host allows it", message)
    return found[0]


def settle_left_waiting(
    *, person: Person, message: Message, outcome: str, seen: dict[int, int], reason: str = ""
) -> None:
    """The volunteer decides as a friend would. Raises `Overtaken` when a friend was faster."""
    old = message.received_at <= timezone.now() - UNREAD_FOR
    if not person.is_operator or not message.space.volunteer_allowed or not old:
        raise NotAllowed
    settle_seen(person=person, message=message, outcome=outcome, seen=seen, reason=reason)


def one_sided_erasures() -> list[Host]:
    """Hosts who asked for the erasure of a space more than 30 days ago while another host has not."""
    since = timezone.now() - OPERATOR_MAY
    asked = Host.objects.filter(wants_erasure__lte=since, left_at=None, space__erase_after=None)
    return list(asked.select_related("space", "person").order_by("wants_erasure", "pk"))


def _may_volunteer(person: Person, message: Message) -> None:
    if not person.is_operator or message.pk not in {one.pk for one in left_waiting(person=person)}:
        raise NotAllowed


def _record(person: Person, space: Space, reason: str, message: Message | None = None) -> None:
    if not person.is_operator:
        raise NotAllowed
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Please write why, in a sentence. The hosts of the space can read it."))
    audit.record(
        action=READ if message else LOOKED,
        actor=audit.person(person),
        space=space,
        message=message,
        reason=reason.strip(),
    )
