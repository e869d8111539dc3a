"""One tap is one candle, however often it is tapped."""

from __future__ import annotations

import pytest
from django.utils import timezone

from beside.space.models import Guest, Kind, Message
from beside.space.verbs.errors import NotAllowed
from beside.space.verbs.receive import take_back
from beside.space.verbs.tap import tap, tapped


@pytest.mark.django_db
def test_a_candle_and_a_heart_once_for_each_update(place):
    for kind in (Kind.CANDLE, Kind.CANDLE, Kind.HEART):
        tap(guest=place.guest, update=place.update, kind=kind)
    tap(guest=place.guest, update=None, kind=Kind.CANDLE)
    found = list(Message.objects.order_by("received_at").values_list("update", "kind"))
    assert found == [(place.update.pk, "candle"), (place.update.pk, "heart"), (None, "candle")]
    assert tapped(guest=place.guest, updates=[place.update]) == {
        (place.update.pk, "candle"),
        (place.update.pk, "heart"),
    }


@pytest.mark.django_db
def test_what_was_taken_back_can_be_lit_again(place):
    first = tap(guest=place.guest, update=place.update, kind=Kind.CANDLE)
    take_back(message=first, guest=place.guest)
    assert tapped(guest=place.guest, updates=[place.update]) == set()
    assert tap(guest=place.guest, update=place.update, kind=Kind.CANDLE).pk != first.pk


@pytest.mark.django_db
def test_neither_a_blocked_guest_nor_one_from_elsewhere_has_taps(place, other):
    with pytest.raises(NotAllowed):
        tap(guest=other.guest, update=place.update, kind=Kind.CANDLE)
    Guest.objects.filter(pk=place.guest.pk).update(blocked_at=timezone.now())
    place.guest.refresh_from_db()
    with pytest.raises(NotAllowed):
        tap(guest=place.guest, update=place.update, kind=Kind.HEART)
    assert not Message.objects.exists()
