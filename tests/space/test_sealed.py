"""Sealed fields: strings in Python, never in the database, in its log or in a dump (P1)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import serializers
from django.db import connection, models

from beside.space.models import Guest, Host, Message, Outbox, Space, Update, Version
from beside.space.sealed import SealedData, SealedText
from beside.space.sealed import vault as the_vault
from beside.space.vault import Damaged

pytestmark = pytest.mark.django_db
SECRET = "sentinel-words-Noor"
TEXTS = ["", "a", " spaces kept \n", "نور ❤️‍🩹 \u200d", "x" * 50_000, "'; DROP TABLE space_guest; --"]


def raw(model: type[models.Model], field: str, pk: object) -> bytes:
    """What the database holds."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        given = pk.hex if hasattr(pk, "hex") and connection.vendor == "sqlite" else pk
        cursor.execute(f'SELECT "{field}" FROM "{table}" WHERE id = %s', [given])
        [(value,)] = cursor.fetchall()
    return bytes(value)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_as_it_was_and_lies_sealed(place, text):
    made = Update.objects.create(space=place.space, host=place.host, body=text)
    assert Update.objects.get(pk=made.pk).body == text
    assert Update.objects.values_list("body", flat=True).get(pk=made.pk) == text
    stored = raw(Update, "body", made.pk)
    assert (stored == b"") == (text == "")
    assert len(text) < 8 or text.encode() not in stored[28:]  # a letter or two may be there by chance
    assert not text or stored[:16] == place.space.key_id()


def test_data_comes_back_as_it_was(place):
    data = {"scores": {"comfort": 0.5}, "spans": [["blaming", 0, 4]], "language": "ar", "words": "نور"}
    version = Version.objects.create(
        space=place.space, message=Message.objects.create(space=place.space), body="x", reading=data
    )
    assert Version.objects.get(pk=version.pk).reading == data
    assert b"comfort" not in raw(Version, "reading", version.pk)


def test_what_was_never_set_is_empty(place):
    made = Update.objects.create(space=place.space, host=place.host)
    assert Update.objects.get(pk=made.pk).body == ""
    assert Host.objects.get(pk=place.host.pk).rules == {}
    assert Guest(space=place.space).email == ""


def test_saved_again_it_is_sealed_anew(place):
    first = raw(Guest, "name", place.guest.pk)
    guest = Guest.objects.get(pk=place.guest.pk)
    guest.save()
    assert raw(Guest, "name", place.guest.pk) != first
    assert Guest.objects.get(pk=place.guest.pk).name == "Tomasz"


def test_rows_made_in_one_go_are_sealed_too(place):
    names = [f"{SECRET} {number}" for number in range(3)]
    made = Guest.objects.bulk_create(Guest(space=place.space, name=name) for name in names)
    assert [Guest.objects.get(pk=one.pk).name for one in made] == names
    assert all(SECRET.encode() not in raw(Guest, "name", one.pk) for one in made)


def test_a_text_of_another_field_or_an_altered_one_does_not_pass(place):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE space_guest SET email = name")
    with pytest.raises(Damaged):
        Guest.objects.get(pk=place.guest.pk)
    altered = bytearray(raw(Guest, "name", place.guest.pk))
    altered[-1] ^= 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE space_guest SET email = %s, name = %s", [b"", bytes(altered)])
    with pytest.raises(Damaged):
        Guest.objects.get(pk=place.guest.pk)


def test_it_cannot_be_looked_up_by_its_text(place):
    assert Guest.objects.filter(name=b"Tomasz").count() == 0
    assert Guest.objects.filter(name__contains=b"Tomasz").count() == 0


def test_every_space_is_dark_by_itself(place, other):
    the_vault().destroy(place.space.key_id())
    assert Guest.objects.get(pk=place.guest.pk).name == ""
    assert Host.objects.get(pk=place.host.pk).rules == {}
    assert (Space.objects.get(pk=place.space.pk).title, Update.objects.get(pk=place.update.pk).body) == (
        "",
        "",
    )
    assert Guest.objects.get(pk=other.guest.pk).name == "Tomasz"


def test_a_mail_that_belongs_to_no_space_is_sealed_with_the_operators_key(place):
    row = Outbox.objects.create(key="k", kind="erased", to=SECRET, space=None, due_at=place.space.created_at)
    the_vault().destroy(place.space.key_id())
    assert Outbox.objects.get(pk=row.pk).to == SECRET
    assert SECRET.encode() not in raw(Outbox, "to", row.pk)


def test_no_dump_of_django_writes_it_out(place):
    with pytest.raises(NotImplementedError):
        serializers.serialize("json", [place.guest])


def test_a_migration_knows_the_field_and_nothing_else():
    for field in (SealedText(), SealedData()):
        _, path, args, kwargs = field.deconstruct()
        assert path.startswith("beside.space.sealed.Sealed")
        assert args == []
        assert "editable" not in kwargs


def test_every_free_text_of_the_space_is_sealed():
    """What somebody typed is sealed wherever it is kept; what is left open is listed, with its reason."""
    from django.apps import apps

    free = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("space").get_models()
        for field in model._meta.get_fields()
        if type(field) in (models.TextField, models.EmailField)
        or (type(field) is models.CharField and not field.choices and (field.max_length or 0) > 64)
    }
    theirs = {
        name for name in free if name.partition(".")[0] not in {"installation", "helpline", "auditentry"}
    }
    assert theirs == {
        "person.email",  # to sign in by
        "person.password",  # a hash, or none
        "outbox.key",  # ids
        "outbox.last_error",  # the name of an error
        "job.file",  # a random name
        "job.problem",  # a code
    }


_JOURNEY = """
import sys
import django
django.setup()
from django.conf import settings
apps = ("space", "account", "mfa", "auth", "contenttypes", "sessions")
settings.MIGRATION_MODULES = dict.fromkeys(apps)
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from django.utils import timezone
from beside.space.models import Installation, Person
from beside.space.verbs import let_in, open_space, receive, senders, share
secret = sys.argv[1]
Installation.objects.create(set_up_at=timezone.now(), safeguarding_email="safe@operator.example")
person = Person.objects.create_user("host@place.example", may_open_spaces=True)
host = open_space.open_space(person=person, name=f"h{secret}", title=f"t{secret}", baby_name=f"b{secret}")
moderator, token = open_space.ask_moderator(host=host, name=f"m{secret}", email=f"{secret}@mod.example")
friend = Person.objects.create_user("friend@place.example")
moderator = open_space.accept_moderating(token=token, person=friend)
guest, link = let_in.invite(host=host, name=f"g{secret}", email=f"{secret}@guest.example")
update = share.draft(host=host, body=f"u{secret}")
share.publish(host=host, update=update, audience="guests")
for text in ("I am so sorry", "At least it was early", "I want to kill myself", "You murderer"):
    message = receive.receive(guest=guest, text=f"{text} {secret}", update=update)
receive.change(message=message, guest=guest, text=f"So sorry {secret}")
senders.leave_note(moderator=moderator, body=f"n{secret}")
print(link)
from django.db import connection
with connection.cursor() as cursor:  # leave the log as it is, as a power cut would
    cursor.execute("SELECT count(*) FROM space_version")
    assert cursor.fetchone() == (5,)
import os
os._exit(0)
"""


def test_no_file_of_the_data_folder_holds_a_word_of_theirs(tmp_path: Path):
    """A real database file with its log, after a whole journey: neither words nor links, in any encoding."""
    secret = "Qsentinelq"
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "beside.server.settings"}
    surroundings["BESIDE_DATA"] = str(tmp_path / "data")
    surroundings.pop("BESIDE_DATABASE", None)
    done = subprocess.run(
        [sys.executable, "-u", "-c", _JOURNEY, secret],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    link = done.stdout.split()[-1]
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert "beside.sqlite3" in {path.name for path in files}
    everything = b"".join(path.read_bytes() for path in files)
    assert b"host@place.example" in everything  # what is not sealed is found, so the search works
    for word in (secret, secret.lower(), link):
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            assert word.encode(encoding) not in everything
    assert secret not in done.stderr
    with sqlite3.connect(tmp_path / "data" / "beside.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
