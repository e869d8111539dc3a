"""The access matrix: every route, every method, every person (A1, A2, A11)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import get_resolver, reverse

from beside.space.models import Person
from beside.space.verbs import let_in, receive

pytestmark = pytest.mark.django_db
ROLES = {"anyone", "signed in", "host", "moderator", "guest", "operator"}
HURT = "At least it was early, you can try again."


def routes():
    """(name, role, methods, names of the parts in the address) of every route that is ours."""
    found = []

    def walk(patterns, prefix):
        for one in patterns:
            if hasattr(one, "url_patterns"):
                if not str(one.pattern).startswith("account/"):  # allauth's own
                    walk(one.url_patterns, prefix + str(one.pattern))
            else:
                found.append((one.name, one.callback, tuple(one.pattern.converters)))

    walk(get_resolver().url_patterns, "")
    return found


ROUTES = routes()
OWNED = [(name, view, parts) for name, view, parts in ROUTES if view.role in ROLES - {"anyone", "signed in"}]
NAMES = [name for name, _, _ in OWNED]


@pytest.fixture
def people(place, other, installation):
    """A browser for everybody who might ask."""
    revoked, token = let_in.invite(host=place.host, name="Vera")
    clients = {name: Client() for name in ("anonymous", "guest", "other guest", "revoked guest")}
    for name, link in (("guest", place.token), ("other guest", other.token), ("revoked guest", token)):
        assert clients[name].post(f"/in/{link}/").status_code == 302
    let_in.revoke(host=place.host, guest=revoked)
    accounts = {
        "stranger": Person.objects.create(email="nobody@x.example", password=make_password(None)),
        "operator": Person.objects.create(
            email="op@x.example", password=make_password(None), is_operator=True
        ),
        "host": place.host.person,
        "other host": other.host.person,
        "moderator": place.moderator.person,
        "other moderator": other.moderator.person,
    }
    for name, person in accounts.items():
        clients[name] = Client()
        clients[name].force_login(person)
    return clients


def address(name, parts, place, message):
    """The address of a route in a space, filled with things of that space."""
    known = {
        "space_id": place.space.pk,
        "update_id": place.update.pk,
        "guest_id": place.guest.pk,
        "moderator_id": place.moderator.pk,
        "message_id": message.pk,
        "step": "words",
        "what": "faith",
    }
    missing = {"photo_id": uuid4(), "job_id": uuid4()}
    return reverse(name, kwargs={part: known.get(part, missing.get(part, 1)) for part in parts})


def test_every_route_says_who_may_ask_and_how():
    undeclared = [name for name, view, _ in ROUTES if getattr(view, "role", None) not in ROLES]
    assert undeclared == []
    assert all(set(view.methods) <= {"GET", "POST"} and view.methods for _, view, _ in ROUTES)


@pytest.mark.parametrize(("name", "view", "parts"), OWNED, ids=NAMES)
def test_a_page_opens_to_its_own_people_alone(name, view, parts, place, people):
    message = receive.receive(guest=place.guest, text=HURT, update=place.update)
    where = address(name, parts, place, message)
    missing = people["anonymous"].get("/there-is-no-such-page/").content
    for who, client in people.items():
        if who == view.role:
            continue
        for method in view.methods:
            answer = client.generic(method, where)
            if view.role != "guest" and (who == "anonymous" or who.endswith("guest")):
                assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login")), who
            else:
                assert answer.status_code == 404, (who, method)
                assert without_name(answer.content) == without_name(missing), (who, method)


def without_name(page):
    """A page without what differs from person to person on any page."""
    return b"".join(line for line in page.splitlines() if b"csrf" not in line and b'class="top"' not in line)


@pytest.mark.parametrize(
    ("name", "view", "parts"),
    [route for route in OWNED if set(route[2]) - {"space_id", "step", "what"}],
    ids=[name for name, _, parts in OWNED if set(parts) - {"space_id", "step", "what"}],
)
def test_what_belongs_to_another_space_is_not_found(name, view, parts, place, other, people):
    """One's own space in the address, things of another one behind it."""
    message = receive.receive(guest=other.guest, text=HURT, update=other.update)
    own = reverse(
        name,
        kwargs={
            part: {
                "space_id": place.space.pk,
                "update_id": other.update.pk,
                "guest_id": other.guest.pk,
                "moderator_id": other.moderator.pk,
                "message_id": message.pk,
            }.get(part, uuid4() if part in ("photo_id", "job_id") else 10_000)
            for part in parts
        },
    )
    for method in view.methods:
        answer = people[view.role].generic(method, own)
        assert answer.status_code == 404, method


@pytest.mark.parametrize(
    ("name", "view", "parts"),
    [route for route in ROUTES if "POST" in route[1].methods],
    ids=[name for name, view, _ in ROUTES if "POST" in view.methods],
)
def test_nothing_is_changed_without_a_token_of_the_form(name, view, parts, place, people):
    message = receive.receive(guest=place.guest, text=HURT, update=place.update)
    client = people.get(view.role, people["stranger"])
    client.handler.enforce_csrf_checks = True
    where = (
        reverse(name, kwargs=dict.fromkeys(parts, "x"))
        if set(parts) & {"token", "key"}
        else address(name, parts, place, message)
    )
    assert client.post(where).status_code == 403


@pytest.mark.parametrize(("name", "view", "parts"), ROUTES, ids=[name for name, _, _ in ROUTES])
def test_other_methods_are_refused(name, view, parts, place, people):
    message = receive.receive(guest=place.guest, text=HURT, update=place.update)
    where = (
        reverse(name, kwargs=dict.fromkeys(parts, "x"))
        if set(parts) & {"token", "key"}
        else address(name, parts, place, message)
    )
    client = people.get(view.role, people["stranger"])
    assert {client.generic(method, where).status_code for method in ("PUT", "DELETE", "PATCH")} == {405}
