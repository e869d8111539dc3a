"""What is erased is gone: from the database file, its log, the photos; and from backups with the key (P2)."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image

from beside.space.models import (
    Answer,
    AuditEntry,
    Complaint,
    Erasure,
    Fate,
    Guest,
    Host,
    Job,
    JobKind,
    Message,
    Objection,
    Outbox,
    Person,
    Photo,
    Space,
    Update,
    Version,
)
from beside.space.sealed import vault as the_vault
from beside.space.vault import KeyGone
from beside.space.verbs import (
    erase,
    inbox,
    jobs,
    leave,
    objections,
    open_space,
    receive,
    sealed_file,
    senders,
)
from beside.space.verbs import photo as photos

KIND = "I am so sorry. We are thinking of you."
HURTS = "At least it was early, you can try again."
THREAT = "I know where you live and I am going to come and kill you."


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return out.getvalue()


def write(place, text=KIND):
    return receive.receive(guest=place.guest, update=place.update, text=text)


def due(space):
    Space.objects.filter(pk=space.pk).update(erase_after=timezone.now() - timedelta(seconds=1))


def rows_of(space):
    """How many rows of a space there are, over every model that has to do with one."""
    owned = sum(
        model.objects.filter(space=space).count()
        for model in (Host, Guest, Update, Photo, Message, Version, Job, Outbox, Objection)
    )
    return owned + Fate.objects.filter(host__space=space).count() + Space.objects.filter(pk=space.pk).count()


@pytest.mark.django_db
class TestGuest:
    def test_everything_of_theirs_goes_and_nothing_of_others(self, place, other):
        for one in (place, other):
            message = write(one)
            inbox.answer(host=one.host, message=message, body="Thank you.")
            receive.change(message=message, guest=one.guest, text=f"{KIND} Truly.")
            held = write(one, HURTS)
            objections.object_to(message=held, guest=one.guest, why="I meant well.")
            senders.leave_note(moderator=one.moderator, message=held, body="Leave it.")
        kept, gone = rows_of(other.space), place.guest.pk
        assert Outbox.objects.filter(about__guest=str(gone)).exists()
        erase.erase_guest(guest=place.guest)
        assert rows_of(other.space) == kept
        assert not Guest.objects.filter(pk=gone).exists()
        for model in (Message, Version, Answer, Objection):
            assert {row.space_id for row in model.objects.all()} == {other.space.pk}
        assert {fate.host_id for fate in Fate.objects.all()} == {other.host.pk}
        assert not Outbox.objects.filter(about__guest=str(gone)).exists()
        assert Outbox.objects.filter(about__guest=str(other.guest.pk)).exists()

    def test_that_it_was_done_is_known_by_ids_alone(self, place):
        write(place)
        gone = str(place.guest.pk)
        erase.erase_guest(guest=place.guest)
        row = Erasure.objects.get()
        assert (row.what, row.ref, bytes(row.key)) == ("guest", gone, b"")
        assert json.loads(erase.listed()) == {"what": "guest", "ref": gone, "key": ""}
        assert AuditEntry.objects.filter(action="guest erased", space_ref=place.space.pk).count() == 1

    def test_what_threatens_somebody_stays_as_evidence(self, place):
        threat, kind = write(place, THREAT), write(place)
        assert threat.fates.get().urgent
        erase.erase_guest(guest=place.guest)
        assert not Message.objects.filter(pk=kind.pk).exists()
        assert Message.objects.get(pk=threat.pk).guest is None
        assert Version.objects.get(message=threat).body == THREAT

    def test_a_restored_guest_is_erased_again(self, place):
        write(place)
        gone = place.guest.pk
        erase.erase_guest(guest=place.guest)
        Erasure.objects.all().delete()  # the restored table is older
        back = Guest.objects.create(pk=gone, space=place.space, name="Tomasz", let_in_at=timezone.now())
        receive.receive(guest=back, text=KIND)
        assert erase.replay() == 1
        assert (Guest.objects.count(), Message.objects.count(), Erasure.objects.count()) == (0, 0, 1)


@pytest.mark.django_db
class TestSpace:
    def test_nothing_happens_before_its_time(self, place):
        Space.objects.update(erase_after=timezone.now() + timedelta(minutes=1))
        assert (erase.sweep(), Space.objects.count()) == (0, 1)

    def test_it_can_be_stopped_in_the_time_of_grace(self, place, installation):
        leave.ask_erasure(host=place.host)
        place.space.refresh_from_db()
        assert place.space.erase_after - timezone.now() > timedelta(days=13)
        leave.keep(host=place.host)
        assert erase.sweep(now=timezone.now() + timedelta(days=installation.grace_days + 1)) == 0
        assert Space.objects.count() == 1

    def test_after_it_everything_goes_and_nothing_of_others(self, place, other, settings):
        for one in (place, other):
            photos.add(host=one.host, update=one.update, data=jpeg())
            inbox.answer(host=one.host, message=write(one), body="Thank you.")
            write(one, HURTS)
            job = jobs.start(space=one.space, person=one.host.person, kind=JobKind.EXPORT)
            with sealed_file.Writer(one.space, job.file) as out:
                out.write(b"a copy")
        kept, key = rows_of(other.space), place.space.key_id()
        theirs = {Photo.objects.get(space=other.space).file, Job.objects.get(space=other.space).file}
        leave.ask_erasure(host=place.host)
        assert erase.sweep(now=timezone.now() + timedelta(days=15)) == 1
        assert (rows_of(place.space), rows_of(other.space)) == (0, kept)
        left = {path.name for path in Path(settings.MEDIA_ROOT).iterdir()} | {
            path.name for path in sealed_file.folder().iterdir()
        }
        assert left == theirs
        with pytest.raises(KeyGone):
            the_vault().seal(key, b"x", "anywhere")
        assert Version.objects.first().body == KIND  # of the other space: it reads as before

    def test_both_hosts_hear_of_it_when_it_is_done(self, place):
        sam = Person.objects.create_user("sam@host.example")
        open_space.add_host(space=place.space, person=sam, name="Sam", by=place.host)
        gone = Person.objects.create_user("left@host.example")
        host = open_space.add_host(space=place.space, person=gone, name="Left", by=place.host)
        Host.objects.filter(pk=host.pk).update(left_at=timezone.now())
        due(place.space)
        erase.sweep()
        mails = Outbox.objects.all()
        assert {(mail.kind, mail.to, mail.space) for mail in mails} == {
            ("erased", "ada@host.example", None),
            ("erased", "sam@host.example", None),
        }
        assert all(set(mail.about) == {"person"} for mail in mails)

    def test_that_it_was_done_is_known_by_ids_alone(self, place):
        key = place.space.key_id()
        due(place.space)
        erase.sweep()
        row = Erasure.objects.get()
        assert (row.what, row.ref, bytes(row.key)) == ("space", str(place.space.pk), key)
        assert Path(the_vault()._folder / "erased.jsonl").read_text().split() == erase.listed().split()

    def test_a_complaint_about_it_outlives_it(self, place):
        Complaint.objects.create(space=place.space, text="This was wrong.")
        due(place.space)
        erase.sweep()
        assert [(one.space, one.text) for one in Complaint.objects.all()] == [(None, "This was wrong.")]

    @pytest.mark.parametrize("after", ["destroy", "_delete", "_tell"])
    def test_whatever_it_was_cut_short_by_it_is_gone_on_with(self, place, settings, monkeypatch, after):
        photos.add(host=place.host, update=place.update, data=jpeg())
        write(place)
        due(place.space)
        owner = the_vault() if after == "destroy" else erase
        real = getattr(owner, after)

        def cut(*args, **kwargs):
            real(*args, **kwargs)
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(owner, after, cut)
            with pytest.raises(SystemExit):
                erase.sweep()
        # once decided, nothing stops it any more
        Space.objects.update(erase_after=None)
        assert erase.sweep() == 1
        assert (rows_of(place.space), list(Path(settings.MEDIA_ROOT).iterdir())) == (0, [])
        assert Outbox.objects.filter(kind="erased").count() == 1

    def test_a_restored_space_is_erased_again_from_the_list(self, place, other):
        due(place.space)
        pk, key = place.space.pk, place.space.key_id()
        erase.sweep()
        listed = erase.listed()
        Erasure.objects.all().delete()
        (the_vault()._folder / "erased.jsonl").unlink()
        Space.objects.create(pk=pk, key=key)
        assert erase.replay() == 0
        assert erase.replay(lines=["", "no json", '{"what": "space"}', *listed.splitlines()]) == 1
        assert [space.pk for space in Space.objects.all()] == [other.space.pk]

    def test_a_restored_keystore_loses_the_key_again(self, place):
        key = place.space.key_id()
        kept = the_vault()._path(key).read_bytes()
        due(place.space)
        erase.sweep()
        the_vault()._path(key).write_bytes(kept)
        erase.replay()
        assert not the_vault()._path(key).exists()

    def test_a_line_that_was_cut_spoils_no_other(self, place, other):
        due(place.space)
        erase.sweep()
        path = the_vault()._folder / "erased.jsonl"
        path.write_text(path.read_text().rstrip("\n") + '\n{"what": "gue')
        due(other.space)
        erase.sweep()
        Erasure.objects.all().delete()
        erase.replay()
        assert {row.ref for row in Erasure.objects.all()} == {str(place.space.pk), str(other.space.pk)}

    def test_the_demo_ends_without_a_mail(self, place):
        Space.objects.update(is_demo=True)
        due(place.space)
        assert (erase.sweep(), Outbox.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_photo_that_was_taken_away_does_not_come_back(place, django_capture_on_commit_callbacks):
    photo = photos.add(host=place.host, update=place.update, data=jpeg())
    pk, name, sealed = photo.pk, photo.file, Path(default_storage.path(photo.file)).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove(host=place.host, photo=photo)
    Erasure.objects.all().delete()
    Path(default_storage.path(name)).write_bytes(sealed)
    Photo.objects.create(pk=pk, space=place.space, update=place.update, file=name, width=1, height=1, size=1)
    assert erase.replay() == 1
    assert (Photo.objects.count(), default_storage.exists(name)) == (0, False)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the log is SQLite's")
def test_inside_a_transaction_the_log_is_left_for_later(place):
    assert connection.in_atomic_block
    assert erase.empty_log() is False


def test_of_500_sentinels_none_is_left_and_the_backup_is_dark(tmp_path):
    """On a real database file, by another process: see `erase_drill.py`."""
    drill = Path(__file__).with_name("erase_drill.py")
    surroundings = {name: value for name, value in os.environ.items() if name != "BESIDE_DATABASE"}
    done = subprocess.run(
        [sys.executable, str(drill), str(tmp_path)],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found == {
        "sentinels": 500,
        "plain before": 0,
        "sealed before": 500,
        "of the guest after": 0,
        "log held open": False,
        "log once free": True,
        "sealed after": 0,
        "photos after": 0,
        "of others after": found["of others"],
        "of others": found["of others"],
        "in the backup": 500,
        "opened from the backup": 0,
        "read from the backup": [""],
        "erased again": 3,
        "sealed after the restore": 0,
        "spaces left": 1,
    }
    assert found["of others"] == 20
