"""The pages of a friend who reads first: the queue, one message, many at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from beside.space.models import Fate, Message, Person
from beside.space.verbs import inbox, let_in, open_space, receive, review

KIND = "I am so sorry for your loss. Holding you both in my heart."
BLOW = "At least it was early, you can try again."
PRYING = "What was wrong with it? Can we see a picture?"
CRISIS = "I just lost mine and I don't want to be here any more"
THREAT = "I know where you live and I will come and hurt you."
COPIED = "Everything happens for a reason, and one day you will understand why this had to be so."

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object, **data: object) -> str:
    response = client.get(reverse(name, args=args), data)
    assert response.status_code == 200
    return response.content.decode()


def seen(message: Message) -> str:
    return ",".join(f"{fate.pk}:{fate.revision}" for fate in message.fates.all())


def decide(client: Client, place, message: Message, **data: str):
    address = reverse("moderator_decide", args=[place.space.pk, message.pk])
    return client.post(address, data, follow=True)


def state(message: Message) -> str:
    return message.fates.get().state


class TestHome:
    def test_says_kindly_that_nothing_waits(self, place, as_moderator):
        receive.receive(guest=place.guest, text=KIND)
        html = page(as_moderator, "moderator_home", place.space.pk)
        assert "Nothing waits. Thank you for being there." in html
        assert "Holding you both" not in html

    def test_shows_what_waits_why_and_which_words_danger_first(self, place, as_moderator):
        for text in (BLOW, CRISIS):
            receive.receive(guest=place.guest, text=text)
        html = page(as_moderator, "moderator_home", place.space.pk)
        assert f"<mark>{BLOW}</mark>" in html
        assert "It makes the loss or the grief smaller." in html
        assert html.index("Somebody may be in danger. Please look at this first.") < html.index(BLOW)
        assert "Safe Guard" in html

    def test_offers_no_refusal_to_somebody_in_danger(self, place, as_moderator):
        receive.receive(guest=place.guest, text=CRISIS)
        html = page(as_moderator, "moderator_home", place.space.pk)
        assert 'value="decline"' not in html
        assert "Somebody is looking after this" in html

    def test_covers_the_worst_until_opened(self, place, as_moderator):
        open_space.set_rules(host=place.host, rules={"labels": {"hostility": "hold"}})
        receive.receive(guest=place.guest, text="You stupid attention seeking cow")
        html = page(as_moderator, "moderator_home", place.space.pk)
        inside = html[html.index("<details>") : html.index("</details>")]
        assert ("attention seeking" in inside, html.count("attention seeking")) == (
            True,
            inside.count("attention seeking"),
        )
        assert 'value="deliver"' in inside

    def test_covers_an_unkind_name(self, place, as_moderator):
        place.guest.name = "You stupid attention seeking cow"
        place.guest.save()
        receive.receive(guest=place.guest, text=KIND)
        html = page(as_moderator, "moderator_home", place.space.pk)
        inside = html[html.index("<details>") : html.index("</details>")]
        assert (html.count("seeking cow"), inside.count("seeking cow")) == (1, 1)

    def test_shows_a_threat_that_was_declined_and_what_to_do(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=THREAT)
        html = page(as_moderator, "moderator_home", place.space.pk)
        assert ("This may be a threat." in html, 'value="deliver"' in html) == (True, False)
        decide(as_moderator, place, message, outcome="leave", seen=seen(message))
        assert "This may be a threat." not in page(as_moderator, "moderator_home", place.space.pk)

    def test_says_that_a_host_handed_it_over_and_offers_no_way_back(self, place, as_moderator):
        inbox.hand_over(host=place.host, message=receive.receive(guest=place.guest, text=KIND))
        html = page(as_moderator, "moderator_home", place.space.pk)
        assert "was handed to you" in html
        assert 'value="deliver"' not in html

    def test_shows_nothing_else_of_the_space_and_nothing_of_others(self, place, other, as_moderator):
        receive.receive(guest=place.guest, text=BLOW)
        receive.receive(guest=other.guest, text=PRYING)
        html = page(as_moderator, "moderator_home", place.space.pk)
        assert ("We lost our daughter" in html, "see a picture" in html) == (False, False)
        assert as_moderator.get(reverse("moderator_home", args=[other.space.pk])).status_code == 404

    def test_never_shows_ones_own(self, place, as_moderator):
        own, _ = let_in.invite(host=place.host, name="Friend", email="friend-of-ada@mod.example")
        receive.receive(guest=own, text=BLOW)
        assert BLOW not in page(as_moderator, "moderator_home", place.space.pk)

    def test_goes_on_to_the_next_ones(self, place, as_moderator, monkeypatch):
        monkeypatch.setattr("beside.space.web.moderator_queue.PAGE", 1)
        for text in (BLOW, PRYING):
            receive.receive(guest=place.guest, text=text)
        assert "?after=1" in page(as_moderator, "moderator_home", place.space.pk)
        assert PRYING in page(as_moderator, "moderator_home", place.space.pk, after="1")

    @pytest.mark.parametrize("many", [1, 12])
    def test_takes_a_constant_number_of_queries(
        self, place, as_moderator, many, django_assert_max_num_queries
    ):
        for number in range(many):
            receive.receive(guest=place.guest, text=f"{BLOW} {number}")
        with django_assert_max_num_queries(25):
            page(as_moderator, "moderator_home", place.space.pk)

    def test_escapes_what_was_written(self, place, as_moderator):
        receive.receive(guest=place.guest, text="<script>alert(1)</script> at least it was early")
        html = page(as_moderator, "moderator_home", place.space.pk)
        assert ("<script>alert" in html, "&lt;script&gt;alert" in html) == (False, True)


class TestDecide:
    @pytest.mark.parametrize(
        ("outcome", "after"), [("deliver", "delivered"), ("decline", "declined"), ("rephrase", "returned")]
    )
    def test_does_it_and_says_so(self, place, as_moderator, outcome, after):
        message = receive.receive(guest=place.guest, text=BLOW)
        response = decide(
            as_moderator, place, message, outcome=outcome, seen=seen(message), reason="minimizing"
        )
        assert (state(message), response.redirect_chain[-1][0]) == (after, f"/m/{place.space.pk}/")
        assert 'role="status"' in response.content.decode()

    def test_leaving_it_keeps_it_held_and_puts_it_last(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=BLOW)
        response = decide(as_moderator, place, message, outcome="leave", seen=seen(message))
        assert (state(message), "Read, and left here" in response.content.decode()) == ("held", True)

    def test_the_second_of_two_is_told_kindly(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=BLOW)
        before = seen(message)
        _, token = open_space.ask_moderator(host=place.host, name="B", email="b@mod.example")
        second = open_space.accept_moderating(token=token, person=Person.objects.create_user("b@mod.example"))
        (one,) = review.queue(moderator=second)
        review.settle_held(moderator=second, message=message, outcome="decline", seen=one.seen)
        response = decide(as_moderator, place, message, outcome="deliver", seen=before)
        assert state(message) == "declined"
        assert "Somebody else has decided about this message in the meantime" in response.content.decode()

    @pytest.mark.parametrize("given", ["", "x", "1", "1:x", "999999:0"])
    def test_a_form_that_saw_nothing_decides_nothing(self, place, as_moderator, given):
        message = receive.receive(guest=place.guest, text=BLOW)
        response = decide(as_moderator, place, message, outcome="deliver", seen=given)
        assert (response.status_code, state(message)) == (200, "held")

    def test_danger_cannot_be_refused_by_hand(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=CRISIS)
        response = decide(as_moderator, place, message, outcome="decline", seen=seen(message))
        assert (state(message), "met with help" in response.content.decode()) == ("held", True)

    @pytest.mark.parametrize("outcome", ["", "withdraw", "DELIVER"])
    def test_nothing_else_can_be_decided(self, place, as_moderator, outcome):
        message = receive.receive(guest=place.guest, text=BLOW)
        response = decide(as_moderator, place, message, outcome=outcome, seen=seen(message))
        assert (response.status_code, state(message)) == (404, "held")

    def test_a_message_of_another_space_looks_like_none(self, place, other, as_moderator):
        message = receive.receive(guest=other.guest, text=BLOW)
        foreign = decide(as_moderator, place, message, outcome="deliver", seen=seen(message))
        missing = as_moderator.post(
            reverse("moderator_decide", args=[place.space.pk, place.guest.pk]), {"outcome": "deliver"}
        )
        assert (foreign.status_code, foreign.content) == (404, missing.content)
        assert state(message) == "held"

    def test_get_decides_nothing(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=BLOW)
        address = reverse("moderator_decide", args=[place.space.pk, message.pk])
        assert as_moderator.get(address, {"outcome": "deliver"}).status_code == 405


class TestMessage:
    def test_has_every_way_on(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=BLOW)
        html = page(as_moderator, "moderator_message", place.space.pk, message.pk)
        for way in ("deliver", "decline", "rephrase", "leave"):
            assert f'value="{way}"' in html
        checked = 'value="minimizing" id="id_reason_1" checked'
        assert (checked in html, "Block the sender" in html) == (True, True)

    def test_is_not_there_once_decided(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=BLOW)
        decide(as_moderator, place, message, outcome="deliver", seen=seen(message))
        address = reverse("moderator_message", args=[place.space.pk, message.pk])
        assert as_moderator.get(address).status_code == 404

    def test_asks_nobody_in_danger_to_rephrase(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=CRISIS)
        html = page(as_moderator, "moderator_message", place.space.pk, message.pk)
        assert ('value="rephrase"' in html, 'value="decline"' in html) == (False, False)

    def test_a_note_is_shown_to_the_other_friends(self, place, as_moderator):
        message = receive.receive(guest=place.guest, text=BLOW)
        address = reverse("moderator_note", args=[place.space.pk, message.pk])
        assert as_moderator.post(address, {"body": "He means well."}).status_code == 302
        assert "He means well." in page(as_moderator, "moderator_home", place.space.pk)
        assert "errorlist" in as_moderator.post(address, {"body": " "}).content.decode()


class TestAlike:
    @pytest.fixture
    def copies(self, place):
        return [receive.receive(guest=place.guest, text=COPIED + "!" * number) for number in range(3)]

    def test_shows_a_group_once_and_no_way_to_let_it_through(self, place, as_moderator, copies):
        html = page(as_moderator, "moderator_alike", place.space.pk)
        assert (html.count("These say the same"), 'value="deliver"' in html) == (1, False)

    @pytest.mark.parametrize(("outcome", "after"), [("decline", "declined"), ("leave", "held")])
    def test_does_it_for_all(self, place, as_moderator, copies, outcome, after):
        together = ",".join(seen(message) for message in copies)
        address = reverse("moderator_alike", args=[place.space.pk])
        as_moderator.post(address, {"outcome": outcome, "seen": together})
        assert [state(message) for message in copies] == [after] * 3

    def test_leaves_what_was_decided_meanwhile_and_says_so(self, place, as_moderator, copies):
        together = ",".join(seen(message) for message in copies)
        decide(as_moderator, place, copies[0], outcome="deliver", seen=seen(copies[0]))
        address = reverse("moderator_alike", args=[place.space.pk])
        response = as_moderator.post(address, {"outcome": "decline", "seen": together}, follow=True)
        assert [state(message) for message in copies] == ["delivered", "declined", "declined"]
        assert "Those were left as they are." in response.content.decode()

    @pytest.mark.parametrize("outcome", ["deliver", "rephrase", ""])
    def test_nothing_goes_out_unread(self, place, as_moderator, copies, outcome):
        together = ",".join(seen(message) for message in copies)
        address = reverse("moderator_alike", args=[place.space.pk])
        assert as_moderator.post(address, {"outcome": outcome, "seen": together}).status_code == 404
        assert {state(message) for message in copies} == {"held"}

    def test_reaches_no_other_space(self, place, other, as_moderator):
        foreign = receive.receive(guest=other.guest, text=COPIED)
        address = reverse("moderator_alike", args=[place.space.pk])
        for outcome in ("decline", "leave"):
            as_moderator.post(address, {"outcome": outcome, "seen": seen(foreign)})
        assert state(foreign) == "held"
        assert review.queue(moderator=other.moderator)[0].left is False


@pytest.mark.parametrize("who", ["as_host", "as_guest", "as_operator", "client"])
def test_nobody_else_comes_in(place, request, who):
    receive.receive(guest=place.guest, text=BLOW)
    client = request.getfixturevalue(who)
    for name in ("home", "alike", "objections", "notes", "senders", "step_down"):
        response = client.get(reverse(f"moderator_{name}", args=[place.space.pk]))
        assert (response.status_code in (302, 404), BLOW in response.content.decode()) == (True, False)


def test_who_stepped_down_is_out_at_once(place, as_moderator):
    place.moderator.ended_at = timezone.now()
    place.moderator.save()
    assert as_moderator.get(reverse("moderator_home", args=[place.space.pk])).status_code == 404
    assert Fate.objects.count() == 0
