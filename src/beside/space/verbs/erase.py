"""Erasure: a guest's own at once, a whole space after its time of grace, and again after a restore.

A space ends with its key: what any copy of the database holds of it, in old backups too, cannot be read any
more. That something was erased stands, ids alone, in the table `Erasure` and, because a restored database
brings back an older table, in a file beside the keys, which lie apart from the database and its backups.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from beside.space.models import Erasure, Fate, Guest, Host, Job, Message, Outbox, Photo, Space, State
from beside.space.sealed import vault
from beside.space.verbs import audit, notify, sealed_file

SPACE, GUEST, PHOTO = "space", "guest", "photo"
_TRUNCATE_FOR = timedelta(hours=1)
_PATIENCE = 1000  # milliseconds


def erase_guest(*, guest: Guest) -> None:
    """Everything of a guest's, at once and for good; but what threatens somebody is kept as evidence."""
    _note(GUEST, guest.pk)
    with transaction.atomic():
        Guest.objects.select_for_update().get(pk=guest.pk)  # nothing of theirs comes in meanwhile
        Message.objects.filter(guest=guest).exclude(pk__in=_evidence(guest)).delete()
        Outbox.objects.filter(about__guest=str(guest.pk)).delete()
        Job.objects.filter(guest_ref=guest.pk).delete()
        _remember(GUEST, guest.pk)
        audit.record(action="guest erased", actor="guest", space=guest.space)
        guest.delete()
    empty_log()


def note_photo(*, photo: Photo) -> None:
    """To be called where a photo is taken away, so that a restore does not bring it back."""
    _note(PHOTO, photo.pk)
    _remember(PHOTO, photo.pk)


def sweep(*, now: datetime | None = None) -> int:
    """For the worker: ends the spaces whose time of grace is over. How many there were."""
    now = now or timezone.now()
    for space in Space.objects.filter(erase_after__lte=now):
        _decide(space, now)
    ended = _decided()
    for space in ended:
        _end(space)
    if ended or Erasure.objects.filter(at__gt=now - _TRUNCATE_FOR).exists():
        empty_log()  # somebody who was reading may have kept it from being emptied before
    return len(ended)


def replay(*, lines: Iterable[str] = ()) -> int:
    """After a restore: erases again what the table, the file beside the keys or an exported list names.
    How many spaces, guests and photos there were to erase."""
    for what, ref, key in _read([*_noted(), *lines]):
        Erasure.objects.get_or_create(what=what, ref=ref, defaults={"key": key})
    spaces = _decided()
    for space in spaces:
        _end(space)
    guests = list(Guest.objects.filter(pk__in=_refs(GUEST)).select_related("space"))
    for guest in guests:
        erase_guest(guest=guest)
    photos = list(Photo.objects.filter(pk__in=_refs(PHOTO)))
    for photo in photos:
        _drop_photo(photo)
    _destroy_keys()
    empty_log()
    return len(spaces) + len(guests) + len(photos)


def listed() -> str:
    """All that was erased, a line each, to keep apart from the backups. Ids alone."""
    return "".join(_line(row.what, row.ref, bytes(row.key)) for row in Erasure.objects.order_by("at", "pk"))


def empty_log() -> bool:
    """What was deleted leaves SQLite's write-ahead log too; whether it is empty now. Somebody who is reading
    meanwhile keeps it from being emptied: they are waited for a moment, then it is for the next sweep."""
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        usual = int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {min(usual, _PATIENCE)}")
        try:
            return bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _decide(space: Space, now: datetime) -> None:
    """From here on nothing stops it. Noted first: whatever is cut short after this is gone on with."""
    with transaction.atomic():
        still = Space.objects.select_for_update().filter(pk=space.pk, erase_after__lte=now)
        if still.exists():
            _note(SPACE, space.pk, space.key_id())
            _remember(SPACE, space.pk, space.key_id())


def _decided() -> list[Space]:
    return list(Space.objects.filter(pk__in=_refs(SPACE)))


def _end(space: Space) -> None:
    """The key, the files, the rows; in this order, each of them as often as it takes."""
    vault().destroy(space.key_id())
    _delete(*_files(space))
    with transaction.atomic():
        names = _files(space)
        _tell(space)
        audit.record(action="space erased", actor="worker", space=space)
        space.delete()
    _delete(*names)


def _tell(space: Space) -> None:
    """To everybody who hosted it to the end; the mail belongs to no space, for there is none any more."""
    if space.is_demo:
        return
    for host in Host.objects.filter(space=space, left_at=None, person__isnull=False).select_related("person"):
        if host.person:
            notify.enqueue(
                kind="erased",
                key=f"erased:{space.pk}:{host.person.pk}",
                to=host.person.email,
                space=None,
                about={"person": host.person.pk},
            )


def _files(space: Space) -> tuple[list[str], list[str]]:
    photos = Photo.objects.filter(space=space).values_list("file", flat=True)
    return list(photos), list(Job.objects.filter(space=space).values_list("file", flat=True))


def _delete(photos: list[str], jobs: list[str]) -> None:
    for name in photos:
        default_storage.delete(name)
    for name in jobs:
        sealed_file.remove(name)


def _drop_photo(photo: Photo) -> None:
    name = photo.file
    photo.delete()
    default_storage.delete(name)


def _destroy_keys() -> None:
    """Also where a keystore was restored whose spaces are gone already."""
    for key in Erasure.objects.filter(what=SPACE).values_list("key", flat=True):
        if key:
            vault().destroy(bytes(key))


def _evidence(guest: Guest) -> list[UUID]:
    """Messages that threaten somebody, unless a person found that they do not."""
    fates = Fate.objects.filter(message__guest=guest, urgent=True).exclude(state=State.DELIVERED)
    return [fate.message_id for fate in fates if "threat" in fate.labels]


def _refs(what: str) -> list[UUID]:
    found = []
    for ref in Erasure.objects.filter(what=what).values_list("ref", flat=True):
        try:
            found.append(UUID(ref))
        except ValueError:
            continue
    return found


def _remember(what: str, ref: UUID, key: bytes = b"") -> None:
    Erasure.objects.get_or_create(what=what, ref=str(ref), defaults={"key": key})


def _note(what: str, ref: UUID, key: bytes = b"") -> None:
    """One line more in the file beside the keys, on disk before it returns. It begins with a line end, for
    the last one may have been cut."""
    with _list().open("a", encoding="utf-8") as file:
        file.write("\n" + _line(what, str(ref), key))
        file.flush()
        os.fsync(file.fileno())


def _noted() -> list[str]:
    return _list().read_text(encoding="utf-8").splitlines() if _list().exists() else []


def _list() -> Path:
    vault()  # makes the folder
    return Path(settings.BESIDE_KEYSTORE) / "erased.jsonl"


def _line(what: str, ref: str, key: bytes) -> str:
    return json.dumps({"what": what, "ref": ref, "key": key.hex()}) + "\n"


def _read(lines: Iterable[str]) -> Iterable[tuple[str, str, bytes]]:
    """What each line names; a line that was cut by a crash is passed over."""
    for line in lines:
        try:
            row = json.loads(line)
            yield str(row["what"]), str(UUID(row["ref"])), bytes.fromhex(row.get("key", ""))
        except (ValueError, KeyError, TypeError):
            continue
