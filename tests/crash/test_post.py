"""Workers killed at any moment: every mail goes out, and what goes out twice is known as the same (D1)."""

from __future__ import annotations

import contextlib
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from beside.space.verbs.mail import message_id
from tests.conftest import count
from tests.database import fresh_database
from tests.space.verbs.letters import Box, free_port, smtp_server

pytestmark = pytest.mark.enable_socket
MAILS, KILLS = count(400, 40), count(40, 4)
# so that what a killed worker held is free again within the test
SHORT = 8

_SET_UP = """
import django, sys
django.setup()
from django.conf import settings
apps = ("space", "account", "mfa", "auth", "contenttypes", "sessions")
settings.MIGRATION_MODULES = dict.fromkeys(apps)
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from django.utils import timezone
from beside.space.models import Outbox
now = timezone.now()
for number in range(int(sys.argv[1])):
    Outbox.objects.create(key=f"key {number}", kind="erased", to=f"a{number}@example.org", due_at=now)
"""
_WORKER = """
import django, datetime, sys, time
django.setup()
from beside.space.verbs import post
post.LEASE = datetime.timedelta(seconds=int(sys.argv[1]))
while True:
    post.send_due()
    time.sleep(0.02)
"""
_LEFT = """
import django
django.setup()
from beside.space.models import Outbox
print(Outbox.objects.filter(sent_at=None).count(), Outbox.objects.exclude(given_up_at=None).count())
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    with fresh_database(tmp_path) as given:
        yield {
            **given,
            "BESIDE_SMTP_HOST": "127.0.0.1",
            "BESIDE_SMTP_PORT": str(free_port()),
            "BESIDE_LOG_LEVEL": "CRITICAL",
        }


def run(code: str, surroundings: dict[str, str], *given: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *given], env=surroundings, capture_output=True, text=True, check=True
    )
    return done.stdout


@contextlib.contextmanager
def workers(surroundings: dict[str, str], lease: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two of them, which hold a row for `lease` seconds at most."""
    some = [start(surroundings, lease) for _ in range(2)]
    try:
        yield some
    finally:
        for one in some:
            one.kill()
            one.wait()


def start(surroundings: dict[str, str], lease: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _WORKER, str(lease)], env=surroundings)


def wait_until(done, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


class Slow(Box):
    """Takes its time before it says that it has a mail, as servers do."""

    async def handle_DATA(self, server, session, envelope) -> str:
        import asyncio

        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(0.02)
        return answer


def test_killed_at_random_every_mail_arrives_and_repeats_are_known(surroundings):
    chance = random.Random(5)
    run(_SET_UP, surroundings, str(MAILS))
    box = Slow(port=int(surroundings["BESIDE_SMTP_PORT"]))
    with smtp_server(box), workers(surroundings, SHORT) as some:
        for _ in range(KILLS):
            seen = len(box.mails)
            wait_until(lambda before=seen: len(box.mails) > before or len(ids(box)) == MAILS, 60)
            time.sleep(chance.random() * 0.1)
            place = chance.randrange(2)
            some[place].send_signal(signal.SIGKILL)
            some[place].wait()
            some[place] = start(surroundings, SHORT)
        wait_until(lambda: len(ids(box)) == MAILS, 120)
        wait_until(lambda: run(_LEFT, surroundings).split() == ["0", "0"], 60)
    assert set(ids(box)) == {message_id(f"key {number}") for number in range(MAILS)}
    assert sum(ids(box).values()) - MAILS <= KILLS  # at most the one that each had in hand


def ids(box: Box) -> Counter[str]:
    return Counter(str(mail["Message-ID"]) for mail in box.mails)


def test_two_workers_send_nothing_twice(surroundings):
    run(_SET_UP, surroundings, "40")
    box = Slow(port=int(surroundings["BESIDE_SMTP_PORT"]))
    with smtp_server(box), workers(surroundings, 300):
        wait_until(lambda: len(ids(box)) == 40, 60)
        time.sleep(0.5)
    assert set(ids(box).values()) == {1}
