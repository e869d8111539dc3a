"""Run by `test_erase.py` in a process of its own: erasure on a real database file in a given folder.

A sentinel is the sealed form of a text, as it lies in the database: texts themselves are in no file anyway.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
DATA, BACKUP = FOLDER / "data", FOLDER / "yesterday.sqlite3"
os.environ.update(BESIDE_DATA=str(DATA), DJANGO_SETTINGS_MODULE="beside.server.settings")

import django  # noqa: E402

import beside.server.settings as chosen  # noqa: E402

chosen.MIGRATION_MODULES = {"space": None}
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from beside.space.models import Installation, Message, Person, Photo, Space, Version  # noqa: E402
from beside.space.sealed import SealedText, vault  # noqa: E402
from beside.space.vault import KeyGone  # noqa: E402
from beside.space.verbs import erase, inbox, let_in, open_space, receive, share  # noqa: E402
from beside.space.verbs import photo as photos  # noqa: E402


def make(name: str):
    """A space with a host, an update, a photo, and guests who wrote."""
    person = Person.objects.create_user(f"{name}@host.example", may_open_spaces=True)
    host = open_space.open_space(person=person, name=name, title=f"SENTINEL title {name}")
    update = share.draft(host=host, body=f"SENTINEL update {name}")
    share.publish(host=host, update=update, audience="guests")
    out = io.BytesIO()
    Image.effect_noise((200, 200), 50).convert("RGB").save(out, "JPEG")
    photos.add(host=host, update=update, data=out.getvalue(), alt=f"SENTINEL photo {name}")
    return host, update


def say(host, update, count: int):
    """Messages of a new guest, stored without the gate's help, which would only take time."""
    guest, _ = let_in.invite(host=host, name=f"SENTINEL {count}", email=f"sentinel{count}@guest.example")
    for number in range(count):
        receive._store(space=host.space, text=f"SENTINEL {number} {host.pk}", guest=guest, sender=guest.name)
    return guest


def sealed(sql: str, *given: object) -> list[bytes]:
    """The middle of sealed values: enough to be found by, and found nowhere else."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [bytes(row[0])[16:48] for row in cursor.fetchall() if row[0]]


def of_messages(messages) -> list[bytes]:
    found: list[bytes] = []
    for pk in messages.values_list("pk", flat=True):
        found += sealed("SELECT body FROM space_version WHERE message_id = %s", pk.hex)
        found += sealed("SELECT sender FROM space_message WHERE id = %s", pk.hex)
    return found


def of_space(space: Space) -> list[bytes]:
    found = of_messages(space.messages)
    for table, field in (
        ("update", "body"),
        ("photo", "alt"),
        ("guest", "name"),
        ("guest", "email"),
        ("host", "name"),
    ):
        found += sealed(f"SELECT {field} FROM space_{table} WHERE space_id = %s", space.pk.hex)
    return found + sealed("SELECT title FROM space_space WHERE id = %s", space.pk.hex)


def files() -> bytes:
    """Everything that lies in the folder of data: database, log, photos, jobs."""
    return b"\n".join(path.read_bytes() for path in sorted(DATA.rglob("*")) if path.is_file())


def present(marks: list[bytes]) -> int:
    everything = files()
    return sum(mark in everything for mark in marks)


def opened(marks: list[bytes], file: Path) -> int:
    """How many sealed values of a database can be opened with the keys that there are now."""
    count, base = 0, sqlite3.connect(file)
    for model in (Version, Message, Space, Photo):
        for name in [field.attname for field in model._meta.fields if isinstance(field, SealedText)]:
            for (value,) in base.execute(f"SELECT {name} FROM {model._meta.db_table}"):
                if value and bytes(value)[16:48] in marks:
                    try:
                        vault().unseal(bytes(value), f"{model._meta.model_name}.{name}")
                        count += 1
                    except KeyGone:
                        pass
    base.close()
    return count


def main() -> dict[str, object]:
    call_command("migrate", run_syncdb=True, verbosity=0)
    Installation.objects.create(set_up_at=timezone.now())
    host, update = make("ada")
    other, other_update = make("zoe")
    say(host, update, 200)
    erased_guest = say(other, other_update, 50)
    staying = say(other, other_update, 10)
    inbox.anything(host=host)
    guest_marks = of_messages(Message.objects.filter(guest=erased_guest))
    space_marks = of_space(host.space)[: 500 - len(guest_marks)]
    marks = guest_marks + space_marks
    others = of_messages(Message.objects.filter(guest=staying))
    found: dict[str, object] = {"sentinels": len(marks), "of others": len(others)}
    found["plain before"] = files().count(b"SENTINEL")
    found["sealed before"] = present(marks)

    with sqlite3.connect(BACKUP) as copy:
        connection.connection.backup(copy)
    copy.close()
    backup = BACKUP.read_bytes()
    found["in the backup"] = sum(mark in backup for mark in marks)

    reader = sqlite3.connect(DATA / "beside.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM space_message").fetchone()
    erase.erase_guest(guest=erased_guest)
    found["log held open"] = erase.empty_log()
    reader.close()
    found["log once free"] = erase.empty_log()
    found["of the guest after"] = present(guest_marks)

    photos.remove(host=other, photo=Photo.objects.get(space=other.space))
    photo = Photo.objects.get(space=host.space).file
    picture = (DATA / "photos" / photo).read_bytes()[100:140]
    Space.objects.filter(pk=host.space_id).update(erase_after=timezone.now())
    erase.sweep()
    found["sealed after"] = present(marks)
    found["photos after"] = files().count(picture) + len(list((DATA / "photos").iterdir()))
    found["of others after"] = present(others)
    found["opened from the backup"] = opened(space_marks, BACKUP)

    connection.close()
    for ending in ("-wal", "-shm"):
        (DATA / f"beside.sqlite3{ending}").unlink(missing_ok=True)
    shutil.copy(BACKUP, DATA / "beside.sqlite3")
    restored = Version.objects.filter(space=host.space_id)
    found["read from the backup"] = sorted({version.body for version in restored.select_related("space")})
    found["erased again"] = erase.replay()
    found["sealed after the restore"] = present(marks)
    found["spaces left"] = Space.objects.count()
    return found


if __name__ == "__main__":
    print(json.dumps(main()))
