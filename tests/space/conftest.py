"""People for every test: a host, her friend who reads first, a guest, and one who belongs elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from beside.space.models import Guest, Host, Installation, Moderator, Person, Space, Update
from beside.space.verbs import let_in, open_space, share
from tests.keystore import keystore


@pytest.fixture(autouse=True)
def _vault(tmp_path, settings):
    with keystore(tmp_path, settings):
        yield


@dataclass
class Place:
    """One space with its people; `token` is the guest's link."""

    space: Space
    host: Host
    moderator: Moderator
    guest: Guest
    token: str
    update: Update


def make_place(name: str) -> Place:
    """A space named after somebody, with a published update."""
    person = Person.objects.create_user(f"{name}@host.example", may_open_spaces=True)
    host = open_space.open_space(person=person, name=name.title(), country="GB")
    moderator, token = open_space.ask_moderator(
        host=host, name="Friend", email=f"friend-of-{name}@mod.example"
    )
    friend = Person.objects.create_user(f"friend-of-{name}@mod.example")
    moderator = open_space.accept_moderating(token=token, person=friend)
    guest, token = let_in.invite(host=host, name="Tomasz", email=f"tomasz-{name}@guest.example")
    update = share.draft(host=host, body=f"We lost our daughter on Sunday. {name}")
    share.publish(host=host, update=update, audience="guests")
    return Place(host.space, host, moderator, guest, token, update)


@pytest.fixture
def installation(db):
    return Installation.objects.create(
        set_up_at=timezone.now(),
        contact_email="contact@operator.example",
        safeguarding_name="Safe Guard",
        safeguarding_email="safe@operator.example",
        countries=["GB"],
    )


@pytest.fixture
def operator(installation) -> Person:
    """Who runs the installation."""
    return Person.objects.create_user("op@operator.example", is_operator=True)


@pytest.fixture
def place(installation):
    """The space that a test is about."""
    return make_place("ada")


@pytest.fixture
def other(installation):
    """Another space, whose data must never show in the first."""
    return make_place("zoe")


@pytest.fixture
def as_host(place):
    client = Client()
    client.force_login(place.host.person)
    return client


@pytest.fixture
def as_moderator(place):
    client = Client()
    client.force_login(place.moderator.person)
    return client


@pytest.fixture
def as_guest(place):
    """A browser that came in by the guest's link."""
    client = Client()
    client.post(f"/in/{place.token}/")
    return client


@pytest.fixture
def as_operator(installation):
    client = Client()
    client.force_login(Person.objects.create_user("op@operator.example", is_operator=True))
    return client
