"""The question whether somebody would read first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from beside.space.models import Moderator, Person
from beside.space.verbs import open_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(place):
    _, token = open_space.ask_moderator(host=place.host, name="Joan", email="joan@mod.example")
    return token


def signed_in(email: str = "joan@mod.example") -> Client:
    client = Client()
    client.force_login(Person.objects.create_user(email))
    return client


def accepted() -> int:
    return Moderator.objects.exclude(accepted_at=None).count()


def test_the_link_says_what_it_means_and_changes_nothing(place, asked, client):
    before = accepted()
    for _ in range(3):
        html = client.get(reverse("moderator_invitation", args=[asked])).content.decode()
    assert "Ada asks whether you would read first" in html
    assert (accepted(), len(client.session.keys())) == (before, 0)


def test_somebody_signed_in_says_yes(place, asked):
    client = signed_in()
    response = client.post(reverse("moderator_invitation", args=[asked]), {"answer": "yes"})
    assert response.url == reverse("moderator_home", args=[place.space.pk])
    assert client.get(response.url).status_code == 200


def test_signing_in_comes_first_and_the_token_stands_in_no_address(place, asked, client):
    before = accepted()
    response = client.post(reverse("moderator_invitation", args=[asked]), {"answer": "yes"})
    assert response.url == f"{reverse('account_login')}?next={reverse('moderator_answer')}"
    assert accepted() == before
    client.force_login(Person.objects.create_user("joan@mod.example"))
    assert "Ada asks whether" in client.get(reverse("moderator_answer")).content.decode()
    response = client.post(reverse("moderator_answer"), {"answer": "yes"})
    assert response.url == reverse("moderator_home", args=[place.space.pk])


def test_no_is_a_good_answer_and_ends_the_link(place, asked, client):
    address = reverse("moderator_invitation", args=[asked])
    assert "honest answer" in client.post(address, {"answer": "no"}).content.decode()
    assert client.get(address).status_code == 404


def test_works_once(place, asked):
    address = reverse("moderator_invitation", args=[asked])
    signed_in().post(address, {"answer": "yes"})
    assert signed_in("other@mod.example").post(address, {"answer": "yes"}).status_code == 404


def test_a_host_is_told_that_it_is_for_somebody_else(place, asked, as_host):
    response = as_host.post(reverse("moderator_invitation", args=[asked]), {"answer": "yes"})
    assert (response.status_code, "for somebody else" in response.content.decode()) == (409, True)


@pytest.mark.parametrize("token", ["wrong", "a" * 43])
def test_any_other_link_is_not_there(place, asked, client, token):
    assert client.get(reverse("moderator_invitation", args=[token])).status_code == 404
    assert signed_in().get(reverse("moderator_answer")).status_code == 404
