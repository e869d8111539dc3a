"""One link for everybody, the same in each of their mails, kept nowhere."""

from __future__ import annotations

import pytest

from beside.space.models import Guest, Notices, Person
from beside.space.verbs.tokens import token_hash
from beside.space.verbs.unsubscribe import unsubscribe, unsubscribe_token, who_by

pytestmark = pytest.mark.django_db


def test_the_link_of_a_guest_ends_the_mail_of_that_guest_alone(place, other):
    token = unsubscribe_token(who=place.guest)
    unsubscribe_token(who=other.guest)
    assert unsubscribe(token=token)
    assert Guest.objects.get(pk=place.guest.pk).notices == Notices.NEVER
    assert Guest.objects.get(pk=other.guest.pk).notices == Notices.AT_ONCE
    assert Person.objects.get(pk=place.host.person.pk).notices == Notices.DAILY


def test_the_link_of_an_account_ends_the_mail_of_that_account(place):
    assert unsubscribe(token=unsubscribe_token(who=place.host.person))
    assert Person.objects.get(pk=place.host.person.pk).notices == Notices.NEVER
    assert Person.objects.get(pk=place.moderator.person.pk).notices == Notices.DAILY


def test_it_stays_the_same_and_works_twice(place):
    token = unsubscribe_token(who=place.guest)
    assert unsubscribe_token(who=Guest.objects.get(pk=place.guest.pk)) == token
    assert [unsubscribe(token=token), unsubscribe(token=token)] == [True, True]


def test_looking_changes_nothing(place):
    token = unsubscribe_token(who=place.guest)
    assert [who_by(token=token) for _ in range(3)] == [place.guest] * 3
    assert Guest.objects.get(pk=place.guest.pk).notices == Notices.AT_ONCE


def test_only_its_hash_is_kept_and_no_two_are_alike(place, other):
    people = (place.guest, other.guest, place.host.person, other.host.person, place.moderator.person)
    tokens = [unsubscribe_token(who=who) for who in people]
    assert len(set(tokens)) == 5
    assert min(map(len, tokens)) == 64  # 256 bits
    assert Guest.objects.get(pk=place.guest.pk).unsubscribe_hash == token_hash(tokens[0])


@pytest.mark.parametrize("token", ["", "nobody", "0" * 64])
def test_what_is_nobodys_link_does_nothing(place, token):
    assert who_by(token=token) is None
    assert unsubscribe(token=token) is False
