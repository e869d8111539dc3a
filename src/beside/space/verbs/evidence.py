"""Evidence for the police, on a host's request: what was written, by whom, and what was done about it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import AuditEntry, Guest, Host, Message, Person, Space, State
from beside.space.verbs import audit
from beside.space.verbs.errors import NotAllowed, Refused

EXPORTED = "evidence exported"
_ABOUT = """Evidence from a space in Beside.

messages.jsonl   one message a line: every wording with its time, the name it was sent under, the sender's
                 e-mail address where one is known, and what was decided for each host
log.jsonl        what the audit log holds about these messages, one entry a line
messages/        every wording as a text file, in UTF-8, exactly as it was received
SHA256SUMS       a hash of each of these files; check with: sha256sum -c SHA256SUMS

Times are in UTC. A sender is known by a personal link; that somebody else used the link cannot be excluded.
"""


def asked_for(*, host: Host, guest: Guest | None = None) -> QuerySet[Message]:
    """What an export would hold: all that one sender wrote, or what was declined or held as a threat."""
    found = host.space.messages.order_by("received_at", "pk")
    if guest is not None:
        return found.filter(guest=guest)
    declined = found.filter(fates__state=State.DECLINED)
    threats = found.filter(pk__in=[one.pk for one in found.filter(fates__urgent=True) if _threatens(one)])
    return (declined | threats).distinct()


def export(*, person: Person, host: Host, reason: str, guest: Guest | None = None) -> bytes:
    """A ZIP with a list of hashes. Recorded with who asked and why, and with the hash of the ZIP itself."""
    if not person.is_operator or (guest is not None and guest.space_id != host.space_id):
        raise NotAllowed
    if len(reason.strip()) < 10:
        raise Refused(_("Please write how the host asked, and the number of the case where there is one."))
    found = asked_for(host=host, guest=guest).select_related("guest__space", "space")
    packed = _packed(list(found.prefetch_related("versions", "fates__host")))
    digest = hashlib.sha256(packed).hexdigest()
    with transaction.atomic():
        audit.record(
            action=EXPORTED,
            actor=audit.person(person),
            space=host.space,
            codes=[f"host {host.pk}", f"sha256 {digest}"],
            reason=reason.strip(),
        )
    return packed


def exports(*, space: Space) -> QuerySet[AuditEntry]:
    """When evidence was made, and why; for the hosts of a space."""
    return AuditEntry.objects.filter(space_ref=space.pk, action=EXPORTED).order_by("-at")


def _packed(messages: list[Message]) -> bytes:
    files = {
        "READ-ME.txt": _ABOUT,
        "messages.jsonl": _lines(_message(message) for message in messages),
        "log.jsonl": _lines(_entry(entry) for entry in _log(messages)),
    }
    for message in messages:
        for version in message.versions.all():
            files[f"messages/{message.pk}-{version.number}.txt"] = version.body
    raw = {name: text.encode() for name, text in files.items()}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(raw.items()))
    return _zipped({**raw, "SHA256SUMS": sums.encode()})


def _zipped(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    now = timezone.now().timetuple()[:6]
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, now), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.pk),
        "kind": message.kind,
        "received": _time(message.received_at),
        "withdrawn": _time(message.withdrawn_at),
        "sent_under": message.sender,
        "sender": _sender(message.guest) if message.guest else None,
        "imported_from": message.source,
        "wordings": [
            {"number": version.number, "written": _time(version.written_at), "text": version.body}
            for version in message.versions.all()
        ],
        "decided": [
            {
                "host": fate.host_id,
                "state": fate.state,
                "by": fate.by,
                "at": _time(fate.decided_at),
                "labels": fate.labels,
                "model": fate.model,
            }
            for fate in message.fates.all()
        ],
    }


def _sender(guest: Guest) -> dict[str, Any]:
    return {
        "id": str(guest.pk),
        "name": guest.name,
        "email": guest.email,
        "let_in": _time(guest.let_in_at),
        "first_came": _time(guest.first_came_at),
        "blocked": _time(guest.blocked_at),
    }


def _log(messages: list[Message]) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(message_ref__in=[message.pk for message in messages]).order_by("pk")


def _entry(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": _time(entry.at),
        "message": str(entry.message_ref),
        "host": entry.host_ref,
        "actor": entry.actor,
        "action": entry.action,
        "codes": entry.codes,
        "model": entry.model,
        "policy": entry.policy,
    }


def _lines(rows: Any) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _threatens(message: Message) -> bool:
    return any("threat" in fate.labels for fate in message.fates.all())


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
