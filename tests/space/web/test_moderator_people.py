"""The pages of a friend who reads first: objections, notes, senders, stepping down."""

from __future__ import annotations

import pytest
from django.urls import reverse

from beside.space.models import Message, Note, Person
from beside.space.verbs import open_space, receive, review
from beside.space.verbs.objections import object_to

BLOW = "At least it was early, you can try again."
INSULT = "You stupid attention seeking cow"

pytestmark = pytest.mark.django_db


def decided_by_another(place) -> Message:
    _, token = open_space.ask_moderator(host=place.host, name="B", email="b@mod.example")
    second = open_space.accept_moderating(token=token, person=Person.objects.create_user("b@mod.example"))
    message = receive.receive(guest=place.guest, text=BLOW)
    (one,) = review.queue(moderator=second)
    review.settle_held(moderator=second, message=message, outcome="decline", seen=one.seen)
    return message


class TestObjections:
    def test_shows_what_they_say_what_was_decided_and_the_words(self, place, as_moderator):
        object_to(message=decided_by_another(place), guest=place.guest, why="I meant it well.")
        html = as_moderator.get(reverse("moderator_objections", args=[place.space.pk])).content.decode()
        for shown in ("I meant it well.", "A friend did not pass it on.", f"<mark>{BLOW}</mark>"):
            assert shown in html
        home = as_moderator.get(reverse("moderator_home", args=[place.space.pk])).content.decode()
        assert "Somebody asks for another look at a decision" in home

    @pytest.mark.parametrize(("answer", "after"), [("yes", "delivered"), ("no", "declined")])
    def test_is_settled(self, place, as_moderator, answer, after):
        message = decided_by_another(place)
        objection = object_to(message=message, guest=place.guest, why="")
        address = reverse("moderator_objection", args=[place.space.pk, objection.pk])
        response = as_moderator.post(address, {"uphold": answer}, follow=True)
        objection.refresh_from_db()
        assert (message.fates.get().state, objection.upheld) == (after, answer == "yes")
        assert "Whoever wrote it is told." in response.content.decode()

    def test_is_settled_once_and_the_second_is_told(self, place, as_moderator):
        message = decided_by_another(place)
        objection = object_to(message=message, guest=place.guest, why="")
        address = reverse("moderator_objection", args=[place.space.pk, objection.pk])
        as_moderator.post(address, {"uphold": "no"})
        response = as_moderator.post(address, {"uphold": "yes"}, follow=True)
        assert "Somebody else has decided" in response.content.decode()
        assert message.fates.get().state == "declined"

    def test_against_ones_own_decision_is_not_there(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=BLOW)
        (one,) = review.queue(moderator=place.moderator)
        review.settle_held(moderator=place.moderator, message=message, outcome="decline", seen=one.seen)
        objection = object_to(message=message, guest=place.guest, why="I meant it well.")
        html = as_moderator.get(reverse("moderator_objections", args=[place.space.pk])).content.decode()
        assert "I meant it well." not in html
        as_moderator.post(
            reverse("moderator_objection", args=[place.space.pk, objection.pk]), {"uphold": "yes"}
        )
        assert message.fates.get().state == "declined"

    def test_of_another_space_is_not_there(self, place, other, as_moderator):
        message = receive.receive(guest=other.guest, text=INSULT)
        objection = object_to(message=message, guest=other.guest, why="")
        as_moderator.post(
            reverse("moderator_objection", args=[place.space.pk, objection.pk]), {"uphold": "yes"}
        )
        assert message.fates.get().state == "declined"

    def test_covers_the_worst(self, place, as_moderator):
        object_to(message=receive.receive(guest=place.guest, text=INSULT), guest=place.guest, why="")
        html = as_moderator.get(reverse("moderator_objections", args=[place.space.pk])).content.decode()
        inside = html[html.index("<details>") : html.index("</details>")]
        assert (html.count("stupid"), inside.count("stupid") > 0) == (inside.count("stupid"), True)
        assert "The program that reads first did not pass it on." in html


def test_notes_are_read_by_the_friends_of_the_space(place, other, as_moderator):
    address = reverse("moderator_notes", args=[place.space.pk])
    assert as_moderator.post(address, {"body": "I am away this week."}).status_code == 302
    Note.objects.create(space=other.space, moderator=other.moderator, body="Elsewhere")
    html = as_moderator.get(address).content.decode()
    assert ("I am away this week." in html, "Elsewhere" in html) == (True, False)
    assert "errorlist" in as_moderator.post(address, {"body": ""}).content.decode()


class TestSenders:
    def test_blocks_after_asking_once_more_and_unblocks(self, place, as_moderator):
        receive.receive(guest=place.guest, text=BLOW)
        address = reverse("moderator_sender", args=[place.space.pk, place.guest.pk])
        assert "You can undo it." in as_moderator.get(address).content.decode()
        for blocked in (True, False):
            as_moderator.post(address)
            place.guest.refresh_from_db()
            assert (place.guest.blocked_at is not None) is blocked

    def test_who_wrote_nothing_that_waits_and_who_is_elsewhere_is_not_there(self, place, other, as_moderator):
        receive.receive(guest=other.guest, text=BLOW)
        for guest in (place.guest, other.guest):
            address = reverse("moderator_sender", args=[place.space.pk, guest.pk])
            assert (as_moderator.get(address).status_code, as_moderator.post(address).status_code) == (
                404,
                404,
            )
        html = as_moderator.get(reverse("moderator_senders", args=[place.space.pk])).content.decode()
        assert ("Tomasz" in html, "There is nobody to show." in html) == (False, True)


def test_stepping_down_is_asked_once_more_and_ends_it(place, as_moderator):
    address = reverse("moderator_step_down", args=[place.space.pk])
    assert "nobody asks you why" in as_moderator.get(address).content.decode()
    assert as_moderator.get(reverse("moderator_home", args=[place.space.pk])).status_code == 200
    assert as_moderator.post(address).url == reverse("home")
    assert as_moderator.get(reverse("moderator_home", args=[place.space.pk])).status_code == 404
