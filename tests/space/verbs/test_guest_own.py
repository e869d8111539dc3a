"""What is a guest's own is whole, theirs alone, and gone when they say so."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from beside.space.models import Guest, Host, Message
from beside.space.verbs import guest_own, inbox, let_in, receive
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.nudge import BURST

KIND = "I am so sorry. We are thinking of you."


def _write(place, text=KIND, guest=None) -> Message:
    return receive.receive(guest=guest or place.guest, update=place.update, text=text)


@pytest.mark.django_db
def test_it_is_theirs_the_newest_first_with_answers(place, other):
    bea, _ = let_in.invite(host=place.host, name="Bea")
    _write(place, guest=bea)
    _write(other)
    first, second = _write(place), _write(place, "At least it was early.")
    inbox.answer(host=place.host, message=first, body="Thank you, Tomasz.")
    found, more = guest_own.wrote(guest=place.guest)
    assert ([own.message for own in found], more) == ([second, first], False)
    assert [(own.view.key, [answer.body for answer in own.answers]) for own in found] == [
        ("hurts", []),
        ("arrived", ["Thank you, Tomasz."]),
    ]
    assert "".join(piece.text for piece in found[0].pieces) == "At least it was early."


@pytest.mark.django_db
def test_an_answer_of_a_host_who_sealed_her_part_is_gone(place):
    message = _write(place)
    inbox.answer(host=place.host, message=message, body="Thank you, Tomasz.")
    Host.objects.filter(pk=place.host.pk).update(left_at=timezone.now(), sealed_at=timezone.now())
    assert guest_own.one(guest=place.guest, message_id=message.pk).answers == []


@pytest.mark.django_db
def test_pages_of_twenty(place):
    for _ in range(21):
        _write(place)
    pages = [guest_own.wrote(guest=place.guest, page=page) for page in (1, 2)]
    assert [(len(found), more) for found, more in pages] == [(20, True), (1, False)]


@pytest.mark.django_db
def test_what_is_somebody_elses_is_not_there(place, other):
    for message_id in (_write(other).pk, uuid4()):
        with pytest.raises(NotAllowed):
            guest_own.one(guest=place.guest, message_id=message_id)


@pytest.mark.django_db
def test_a_name_passes_the_gate_and_counts_from_now_on(place):
    before = _write(place)
    for unkind in ("Stupid cow", " ", "Kill yourself"):
        with pytest.raises(Refused):
            guest_own.know_as(guest=place.guest, name=unkind)
    guest_own.know_as(guest=place.guest, name=" Tom ")
    before.refresh_from_db()
    assert (Guest.objects.get(pk=place.guest.pk).name, before.sender, _write(place).sender) == (
        "Tom",
        "Tomasz",
        "Tom",
    )


@pytest.mark.django_db
def test_names_are_no_way_to_ask_the_gate_as_often_as_one_likes(place):
    for number in range(BURST):
        guest_own.know_as(guest=place.guest, name=f"Tom {number}")
    with pytest.raises(Refused):
        guest_own.know_as(guest=place.guest, name="Tom again")
    guest_own.know_as(guest=place.guest, name=place.guest.name)


@pytest.mark.django_db
def test_leaving_ends_the_link_and_leaves_the_words(place):
    message = _write(place)
    guest_own.leave(guest=place.guest)
    assert let_in.guest_by(token=place.token) is None
    assert not Guest.objects.get(pk=place.guest.pk).is_in
    assert Message.objects.filter(pk=message.pk).exists()
