"""A host sees when somebody looked in and why, and learns nothing of what was held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from beside.space.models import Fate, Message, Space
from beside.space.verbs import evidence, oversight, receive

pytestmark = pytest.mark.django_db
REASON = "You asked us for help by telephone."


def looks(client, place) -> str:
    return client.get(reverse("host_looked_in", args=[place.space.pk])).content.decode()


def test_shows_each_look_into_her_space_with_its_reason(place, other, as_host, operator):
    assert "Nobody has looked in." in looks(as_host, place)
    oversight.look_in(person=operator, space=place.space, reason=REASON)
    oversight.look_in(person=operator, space=other.space, reason="Another reason altogether")
    html = looks(as_host, place)
    assert (REASON in html, "Another reason" in html) == (True, False)


def test_shows_that_a_file_was_made_for_the_police(place, as_host, operator):
    evidence.export(person=operator, host=place.host, reason="Asked by telephone, case 12")
    assert "Asked by telephone, case 12" in looks(as_host, place)


def test_is_the_same_whether_a_held_message_was_read_or_not(place, as_host, operator):
    before = looks(as_host, place)
    message = receive.receive(guest=place.guest, text="At least it was early, you can try again.")
    then = timezone.now() - timedelta(hours=73)
    Space.objects.update(volunteer_allowed=True)
    Fate.objects.update(decided_at=then)
    Message.objects.update(received_at=then)
    oversight.read_left_waiting(person=operator, message=Message.objects.get(pk=message.pk))
    assert looks(as_host, place) == before


def test_is_hers_alone(place, other, as_host, as_moderator, as_operator):
    address = reverse("host_looked_in", args=[other.space.pk])
    assert [one.get(address).status_code for one in (as_host, as_moderator, as_operator)] == [404] * 3
