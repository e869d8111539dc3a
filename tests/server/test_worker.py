"""The worker's rounds: everything has its turn, nothing stops it but being told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.core import mail
from django.utils import timezone

from beside.server import worker
from beside.server.worker import Turn
from beside.space.models import Guest, Job, JobKind, Message, Outbox, Space, State
from beside.space.verbs import let_in, receive

pytestmark = pytest.mark.django_db(transaction=True)  # a round ends with its connection


@pytest.fixture(autouse=True)
def heart(settings, tmp_path) -> Path:
    settings.BESIDE_HEARTBEAT = tmp_path / "worker.alive"
    return settings.BESIDE_HEARTBEAT


def test_one_round_settles_posts_reminds_and_erases(place, settings):
    Outbox.objects.all().delete()
    waits = receive._store(
        space=place.space, text="I am so sorry for your loss.", guest=place.guest, sender="Tomasz"
    )
    Message.objects.filter(pk=waits.pk).update(received_at=timezone.now() - timedelta(days=7, minutes=1))
    waits.versions.update(written_at=timezone.now() - timedelta(minutes=1))
    let_in.invite(host=place.host, name="Ola", email="ola@guest.example")
    worker.run(once=True)
    assert [fate.state for fate in waits.fates.all()] == [State.DELIVERED]
    assert [one.to for one in mail.outbox] == [["ola@guest.example"]]
    assert Outbox.objects.filter(kind="sender_told").count() == 1
    Space.objects.update(erase_after=timezone.now())
    worker.run(once=True)
    assert (Space.objects.count(), Guest.objects.count()) == (0, 0)


def test_long_jobs_have_their_turn(place):
    job = Job.objects.create(space=place.space, person=place.host.person, kind=JobKind.EXPORT)
    worker.run(once=True)
    job.refresh_from_db()
    assert job.finished_at is not None or job.tries > 0


def test_every_step_leaves_a_heartbeat(heart):
    assert not heart.exists()
    worker.run(once=True)
    assert time.time() - heart.stat().st_mtime < 5


def test_a_step_that_fails_stops_no_other_and_is_logged(heart, caplog, monkeypatch):
    done = []

    def fail() -> None:
        raise RuntimeError("one bad row")

    turns = [Turn(lambda: done.append("before")), Turn(fail), Turn(lambda: done.append("after"))]
    monkeypatch.setattr(worker, "_turns", lambda stop: turns)
    worker.run(once=True)
    assert done == ["before", "after"]
    assert [record.getMessage() for record in caplog.records] == [
        "a step of the worker failed; the others go on"
    ]
    assert heart.exists()


def test_a_disk_without_room_for_the_heartbeat_stops_nothing(settings, tmp_path, monkeypatch):
    settings.BESIDE_HEARTBEAT = tmp_path / "no such folder" / "worker.alive"
    done = []
    monkeypatch.setattr(
        worker, "_turns", lambda stop: [Turn(lambda: done.append(1)), Turn(lambda: done.append(2))]
    )
    worker.run(once=True)
    assert done == [1, 2]


def test_what_has_its_hour_is_not_done_in_every_round():
    often, seldom = [], []
    turns = [Turn(lambda: seldom.append(1), every=3600), Turn(lambda: often.append(1))]
    for _ in range(5):
        worker._go_round(turns, Event())
    assert (len(often), len(seldom)) == (5, 1)


def test_a_worker_that_was_told_to_stop_begins_nothing():
    done, stop = [], Event()
    stop.set()
    worker._go_round([Turn(lambda: done.append(1))], stop)
    assert done == []


def test_told_to_stop_it_finishes_the_step_and_ends(tmp_path):
    """A real process, in the middle of a step of half a second when SIGTERM comes."""
    code = (
        "import pathlib, sys, time\n"
        "from beside.server import worker\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "def slow():\n"
        "    (folder / 'begun').touch(); time.sleep(0.5); (folder / 'finished').touch()\n"
        "def never():\n"
        "    (folder / 'too late').touch()\n"
        "worker._turns = lambda stop: [worker.Turn(slow), worker.Turn(never)]\n"
        "worker._safely = lambda step: step()\n"
        "worker.run()\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    _wait_for(tmp_path / "begun")
    os.kill(child.pid, signal.SIGTERM)
    assert child.wait(timeout=10) == 0
    assert (tmp_path / "finished").exists()
    assert not (tmp_path / "too late").exists()


def _wait_for(path: Path) -> None:
    for _ in range(1000):
        if path.exists():
            return
        time.sleep(0.02)
    raise AssertionError(f"{path.name} never came")
