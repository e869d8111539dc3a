"""Guests: let in by a link of their own or after asking, and let go."""

from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import Guest, Message, Outbox, State
from beside.space.verbs import circles, let_in
from beside.space.verbs.errors import NotAllowed

pytestmark = pytest.mark.django_db

NOTE = "I am so sorry. May I read along and be near you?"


def kept(guest):
    return Guest.objects.get(pk=guest.pk)


def test_invited_with_an_address_the_link_is_mailed(place):
    guest, token = let_in.invite(host=place.host, name=" Nora ", email=" nora@guest.example ")
    assert (kept(guest).name, kept(guest).email, kept(guest).is_in) == ("Nora", "nora@guest.example", True)
    assert token not in kept(guest).token_hash
    assert Outbox.objects.get(about={"guest": str(guest.pk)}).to == f"nora@guest.example\n{token}"


def test_invited_without_one_nothing_is_mailed(place):
    guest, token = let_in.invite(host=place.host, name="Nora")
    assert not Outbox.objects.filter(about={"guest": str(guest.pk)}).exists()
    assert let_in.guest_by(token=token) == guest


def test_only_circles_of_the_space_are_joined(place, other):
    family = circles.make(host=place.host, name="Family")
    strange = circles.make(host=other.host, name="Strange")
    guest, _ = let_in.invite(host=place.host, name="Nora", circles=[family, strange])
    assert list(guest.circles.all()) == [family]


def test_looking_at_a_link_leaves_no_trace(place):
    before = Guest.objects.filter(pk=place.guest.pk).values().get()
    for _ in range(3):
        assert let_in.guest_by(token=place.token) == place.guest
    assert Guest.objects.filter(pk=place.guest.pk).values().get() == before
    let_in.enter(token=place.token)
    first = kept(place.guest).first_came_at
    let_in.enter(token=place.token)
    assert kept(place.guest).first_came_at == first is not None


@pytest.mark.parametrize("token", ["", "x" * 43])
def test_no_link_opens_nothing(place, token):
    with pytest.raises(NotAllowed):
        let_in.enter(token=token)


def test_an_old_link_opens_nothing(place):
    Guest.objects.filter(pk=place.guest.pk).update(token_expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotAllowed):
        let_in.enter(token=place.token)


def test_a_new_link_ends_the_old_one_and_its_sessions(place):
    token = let_in.new_link(host=place.host, guest=place.guest)
    assert let_in.guest_by(token=place.token) is None
    assert let_in.guest_by(token=token) == place.guest
    assert kept(place.guest).session_version == 2


def test_taken_back_and_let_in_again(place):
    let_in.revoke(host=place.host, guest=place.guest)
    assert (kept(place.guest).is_in, let_in.guest_by(token=place.token)) == (False, None)
    assert kept(place.guest).session_version == 2
    token = let_in.new_link(host=place.host, guest=place.guest)
    assert (kept(place.guest).is_in, let_in.guest_by(token=token)) == (True, place.guest)


def test_nothing_of_another_space_is_touched(place, other):
    for verb in (let_in.new_link, let_in.revoke):
        with pytest.raises(NotAllowed):
            verb(host=place.host, guest=other.guest)
    assert let_in.guest_by(token=other.token) == other.guest


def test_a_request_waits_for_her_and_then_opens(place):
    guest = let_in.ask(space=place.space, name="Nora", email="nora@guest.example", note=NOTE)
    assert kept(guest).is_in is False
    assert [message.guest for message in let_in.open_requests(host=place.host)] == [guest]
    token = let_in.answer_request(host=place.host, guest=guest, let_in=True)
    assert let_in.guest_by(token=token) == guest
    assert Outbox.objects.get(kind="guest_invited", about={"guest": str(guest.pk)}).to.endswith(token)
    assert let_in.open_requests(host=place.host) == []


def test_a_request_refused_is_over_and_tells_nothing(place):
    guest = let_in.ask(space=place.space, name="Nora", email="nora@guest.example", note=NOTE)
    assert let_in.answer_request(host=place.host, guest=guest, let_in=False) is None
    assert (kept(guest).is_in, let_in.open_requests(host=place.host)) == (False, [])
    assert not Outbox.objects.filter(kind="guest_invited", about={"guest": str(guest.pk)}).exists()


@pytest.mark.parametrize(
    ("name", "note"),
    [("Nora", "You should have rested, this is your fault."), ("You killed your baby", NOTE)],
)
def test_a_request_whose_words_hurt_does_not_reach_her(place, name, note):
    let_in.ask(space=place.space, name=name, email="", note=note)
    assert Message.objects.get().fates.get().state != State.DELIVERED
    assert let_in.open_requests(host=place.host) == []


def test_requests_are_answered_once_and_by_their_own_host(place, other):
    guest = let_in.ask(space=place.space, name="Nora", email="", note=NOTE)
    with pytest.raises(NotAllowed):
        let_in.answer_request(host=other.host, guest=guest, let_in=True)
    let_in.answer_request(host=place.host, guest=guest, let_in=True)
    with pytest.raises(NotAllowed):
        let_in.answer_request(host=place.host, guest=kept(guest), let_in=True)
    with pytest.raises(NotAllowed):
        let_in.answer_request(host=place.host, guest=place.guest, let_in=True)
