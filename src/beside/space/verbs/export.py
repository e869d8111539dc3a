"""Everything of one's own, to take away: a ZIP with a page that opens offline, the data, and the photos.

A host takes her updates (drafts too), her photos, what was delivered to her, her answers and her settings;
nothing that was held or declined, nothing of the other host's. A guest takes their own words, every wording,
and their settings; nothing that would tell what became of them.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone, translation

from beside.photo import media_type
from beside.space.models import Answer, Fate, Guest, Host, Job, JobKind, Message, Person, Photo, State, Update
from beside.space.verbs import audit, jobs, photo, sealed_file
from beside.space.verbs.errors import NotAllowed
from beside.space.verbs.export_pages import guest_page, host_page
from beside.space.verbs.jobs import Stuck, Tell
from beside.space.verbs.texts import newest_of

FORMAT = 1


class Out(Protocol):
    """Where a ZIP is written to."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...

    def close(self) -> None: ...


def start(*, host: Host) -> Job:
    """The worker puts her copy together. Raises `NotAllowed` for a host without an account."""
    if host.person is None:
        raise NotAllowed
    return jobs.start(space=host.space, person=host.person, kind=JobKind.EXPORT, options={"host": host.pk})


def work(job: Job, tell: Tell) -> bool:
    """For the worker: the whole copy, as one piece."""
    host = host_of(job)
    with translation.override(language_of(host.person)):
        with sealed_file.Writer(job.space, job.file) as out:
            pack_host(host=host, out=out, tell=tell)
        job.options = {**job.options, "size": out.size}
    return True


def host_of(job: Job) -> Host:
    """Whose copy a job makes, while she hosts."""
    found = Host.objects.filter(pk=job.options.get("host"), person=job.person_id, left_at=None)
    host = found.select_related("space", "person").first()
    if host is None:
        raise Stuck("gone")
    return host


def pack_host(*, host: Host, out: Out, tell: Tell | None = None) -> None:
    """Writes the ZIP of everything of hers to `out`."""
    data = of_host(host=host)
    held = {str(one.pk): one for one in _photos(host)}
    shown = [one for update in data["updates"] for one in update["photos"]]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, entry in enumerate(shown, start=1):
            entry["file"] = _put_photo(archive, held.get(entry["id"]), number)
            if tell:
                tell(number, len(shown) + 1)
        _put(archive, "data.json", _json(data))
        _put(archive, "index.html", host_page(data=data))
    audit.record(action="copy taken", actor=audit.host(host), space=host.space)


def pack_guest(*, guest: Guest) -> bytes:
    """The ZIP of everything of a guest's."""
    whole, data = io.BytesIO(), of_guest(guest=guest)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "data.json", _json(data))
        _put(archive, "index.html", guest_page(data=data))
    audit.record(action="copy taken", actor="guest", space=guest.space)
    return whole.getvalue()


def of_host(*, host: Host) -> dict[str, Any]:
    """Everything of hers as plain data; photos without their pictures."""
    updates = Update.objects.filter(host=host).select_related("space").order_by("created_at", "pk")
    circles = host.space.circles.order_by("pk")
    own = list(updates.prefetch_related("circles", Prefetch("photos", _photos(host))))
    return {
        "format": FORMAT,
        "made": timezone.now(),
        "zone": host.person.time_zone if host.person else "UTC",
        "you": _host(host),
        "space": _space(host),
        "circles": [circle.name for circle in circles],
        "updates": [_update(update) for update in own],
        "messages": _delivered(host, {update.pk for update in own}),
    }


def of_guest(*, guest: Guest) -> dict[str, Any]:
    """Everything of a guest's as plain data."""
    found = Message.objects.filter(guest=guest).select_related("space").order_by("received_at", "pk")
    return {
        "format": FORMAT,
        "made": timezone.now(),
        "you": {
            "name": guest.name,
            "email": guest.email,
            "country": guest.country,
            "notices": guest.notices,
            "let_in": guest.let_in_at,
            "first_came": guest.first_came_at,
        },
        "messages": [_written(message) for message in found.prefetch_related("versions", "objections")],
    }


def language_of(person: Person | None) -> str:
    """In which language somebody is written to."""
    return (person.language if person else "") or settings.LANGUAGE_CODE


def _host(host: Host) -> dict[str, Any]:
    person = host.person
    return {
        "name": host.name,
        "email": person.email if person else "",
        "joined": host.joined_at,
        "rules": host.rules,
        "paused_since": host.paused_since,
        "notices": person.notices if person else "",
        "language": person.language if person else "",
        "time_zone": person.time_zone if person else "",
        "quiet_from": str(person.quiet_from) if person and person.quiet_from else "",
        "quiet_to": str(person.quiet_to) if person and person.quiet_to else "",
        "told_when_in_danger": _alert(host) if host.alert_agreed else None,
    }


def _alert(host: Host) -> dict[str, str]:
    return {"name": host.alert_name, "email": host.alert_email}


def _space(host: Host) -> dict[str, Any]:
    space = host.space
    return {
        "id": str(space.pk),
        "title": space.title,
        "words": space.words,
        "baby_name": space.baby_name,
        "dates": space.dates,
        "country": space.country,
        "opened": space.created_at,
    }


def _update(update: Update) -> dict[str, Any]:
    return {
        "id": str(update.pk),
        "text": update.body,
        "audience": update.audience,
        "circles": [circle.name for circle in update.circles.all()],
        "shares_replies": update.shares_replies,
        "anonymous": update.anonymous,
        "written": update.created_at,
        "published": update.published_at,
        "planned_for": update.publish_at,
        "edited": update.edited_at,
        "withdrawn": update.withdrawn_at,
        "photos": [_photo(one) for one in update.photos.all()],
    }


def _photo(one: Photo) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "file": "",
        "alt": one.alt,
        "covered": one.covered,
        "cover_words": one.cover_words,
        "width": one.width,
        "height": one.height,
    }


def _photos(host: Host) -> Any:
    own = Photo.objects.filter(update__host=host).select_related("space")
    return own.order_by("update__created_at", "created_at", "pk")


def _delivered(host: Host, own: set[UUID]) -> list[dict[str, Any]]:
    """What was delivered to her, read or not, put away or not. Nothing else has ever been hers."""
    fates = Fate.objects.filter(host=host, state=State.DELIVERED).select_related("message__space")
    hers = Prefetch("message__answers", Answer.objects.filter(host=host).select_related("space"), "hers")
    found = list(fates.prefetch_related(hers).order_by("message__received_at", "message_id"))
    texts = newest_of([fate.message_id for fate in found])
    return [_message(fate, texts[fate.message_id].body, own) for fate in found]


def _message(fate: Fate, text: str, own: set[UUID]) -> dict[str, Any]:
    message = fate.message
    answers: Iterable[Answer] = message.hers  # type: ignore[attr-defined]
    return {
        "id": str(message.pk),
        "kind": message.kind,
        "from": message.sender,
        "text": text,
        "written": message.received_at,
        "about_update": str(message.update_id) if message.update_id in own else None,
        "help_on": str(message.help_on) if message.help_on else None,
        "help_taken": message.help_taken,
        "brought_from": message.source,
        "put_away": fate.put_away_at,
        "answers": [{"heart": one.heart, "text": one.body, "written": one.written_at} for one in answers],
    }


def _written(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.pk),
        "kind": message.kind,
        "sent_under": message.sender,
        "sent": message.received_at,
        "taken_back": message.withdrawn_at,
        "friend_first": message.to_friend_first,
        "help_on": str(message.help_on) if message.help_on else None,
        "wordings": [
            {"number": one.number, "text": one.body, "written": one.written_at}
            for one in message.versions.all()
        ],
        "objections": [{"text": one.why, "made": one.made_at} for one in message.objections.all()],
    }


def _put_photo(archive: zipfile.ZipFile, one: Photo | None, number: int) -> str:
    """The name of the picture in the archive; "" when it was taken out meanwhile."""
    if one is None:
        return ""
    try:
        data = photo.read(photo=one)
    except NotAllowed:
        return ""
    name = f"photos/{number:03d}.{'webp' if media_type(data) == 'image/webp' else 'jpg'}"
    _put(archive, name, data, zipfile.ZIP_STORED)
    return name


def _put(archive: zipfile.ZipFile, name: str, data: bytes | str, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, timezone.now().timetuple()[:6])
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, data, how)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, default=datetime.isoformat)
