"""A real Chromium on a real server, one browser for all journeys and one context for each person in them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, expect, sync_playwright

from beside.server import worker
from beside.space.models import Helpline, Installation, Person
from tests.flows.visitor import DESKTOP, PHONE, Visitor, watch
from tests.keystore import keystore
from tests.space.conftest import Place, make_place

# playwright's loop runs in this thread; the database is used from it between the steps of a journey
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/flows/" in str(item.path):
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def _vault(tmp_path, settings):
    settings.DATA = tmp_path
    settings.BESIDE_HEARTBEAT = tmp_path / "worker.alive"
    cache.clear()
    with keystore(tmp_path, settings):
        yield


@pytest.fixture
def visitor(browser, live_server, settings) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors: `visitor()`, on a phone `phone=True`, without scripts `scripts=False`."""
    settings.BESIDE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    made: list[Visitor] = []

    def make(person: Person | None = None, phone: bool = False, scripts: bool = True, **more) -> Visitor:
        size = {"viewport": PHONE if phone else DESKTOP, "java_script_enabled": scripts, **more}
        context = browser.new_context(**size)
        one = Visitor(context, context.new_page(), live_server.url)
        context.set_default_timeout(15_000)
        watch(one)
        if person is not None:
            _sign_in(one, person)
        made.append(one)
        return one

    yield make
    for one in made:
        one.context.close()
    assert [problem for one in made for problem in one.problems] == []


@pytest.fixture
def arrive(visitor) -> Callable[..., Visitor]:
    """Somebody comes in by a personal link."""

    def come(token: str, **more) -> Visitor:
        one = visitor(**more)
        one.go(f"/in/{token}/")
        one.press("Come in")
        return one

    return come


@pytest.fixture
def work(mailoutbox, caplog) -> Callable[[], None]:
    """One round of the worker. Nothing may fail in it."""

    def once() -> None:
        caplog.clear()
        worker.run(once=True)
        assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []

    return once


@pytest.fixture
def link_for(mailoutbox, work) -> Callable[[str], str]:
    """The link in the last mail that went to somebody."""

    def find(address: str) -> str:
        work()
        mine = [mail for mail in mailoutbox if mail.to == [address]]
        return re.search(r"https?://\S+", mine[-1].body).group()

    return find


@pytest.fixture
def installation(transactional_db):
    return Installation.objects.create(
        set_up_at=timezone.now(),
        contact_email="contact@operator.example",
        safeguarding_name="Safe Guard",
        safeguarding_email="safe@operator.example",
        countries=["GB", "IE"],
    )


@pytest.fixture
def place(installation) -> Place:
    """Ada's space, with the friend who reads first, a guest, and something to read."""
    return make_place("ada")


@pytest.fixture
def operator(installation) -> Person:
    """Who runs the installation."""
    return Person.objects.create_user("op@operator.example", is_operator=True)


@pytest.fixture
def helplines(installation) -> None:
    """One confirmed line in each of two countries, and one that nobody has checked."""
    today = timezone.localdate()
    for country, service, checked in (
        ("GB", "Samaritans", today),
        ("IE", "Pieta", today),
        ("IE", "Not checked yet", None),
    ):
        Helpline.objects.create(
            country=country, service=service, number="116 123", is_crisis=True, checked_on=checked
        )


def _sign_in(one: Visitor, person: Person) -> None:
    """As if the code from the mail had been typed; the journey of signing in has a test of its own."""
    client = Client()
    client.force_login(person)
    name = django_settings.SESSION_COOKIE_NAME
    one.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": one.url}])
