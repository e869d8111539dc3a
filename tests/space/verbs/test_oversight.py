"""The operator looks in only with a reason, and settles only what nobody else may or did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import AuditEntry, Fate, Message, Person, Space
from beside.space.verbs import let_in, oversight, receive, review, share
from beside.space.verbs.errors import NotAllowed, Overtaken, Refused
from beside.space.verbs.objections import object_to

BLOW = "At least it was early, you can try again."
INSULT = "You stupid attention seeking cow"
REASON = "Somebody reported a threat."

pytestmark = pytest.mark.django_db


def held_since(message: Message, hours: int) -> None:
    then = timezone.now() - timedelta(hours=hours)
    Fate.objects.filter(message=message).update(decided_at=then)
    Message.objects.filter(pk=message.pk).update(received_at=then)


class TestFind:
    def test_by_number_or_by_host_and_by_nothing_else(self, place, other):
        number = str(place.space.pk)
        for text in (number, f" {number} ", "ADA@host.example"):
            assert oversight.find_spaces(text=text) == [place.space]
        for text in ("", "host.example", "Ada", place.guest.email, place.moderator.person.email):
            assert oversight.find_spaces(text=text) == []


class TestLook:
    def test_is_recorded_with_its_reason_before_anything_is_seen(self, place, operator):
        message = receive.receive(guest=place.guest, text=BLOW)
        seen = oversight.look_in(person=operator, space=place.space, reason=f" {REASON} ")
        assert (seen.updates, seen.messages) == ([place.update], [message])
        entry = oversight.looks(space=place.space).get()
        assert (entry.actor, entry.reason) == (f"person {operator.pk}", REASON)

    @pytest.mark.parametrize("reason", ["", "   ", "because"])
    def test_without_a_reason_nothing_is_seen(self, place, operator, reason):
        with pytest.raises(Refused):
            oversight.look_in(person=operator, space=place.space, reason=reason)
        assert oversight.looks(space=place.space).count() == 0

    def test_nobody_else_looks(self, place):
        for person in (place.moderator.person, Person.objects.create_user("x@x.example")):
            with pytest.raises(NotAllowed):
                oversight.look_in(person=person, space=place.space, reason=REASON)
        assert oversight.looks(space=place.space).count() == 0

    def test_shows_no_draft_no_diary_nothing_taken_back_and_no_other_space(self, place, other, operator):
        share.draft(host=place.host, body="A draft")
        diary = share.draft(host=place.host, body="Only for me")
        share.publish(host=place.host, update=diary, audience="only_me")
        back = receive.receive(guest=place.guest, text=BLOW)
        receive.take_back(message=back, guest=place.guest)
        receive.receive(guest=other.guest, text=BLOW)
        seen = oversight.look_in(person=operator, space=place.space, reason=REASON)
        assert (seen.updates, seen.messages) == ([place.update], [])

    def test_hosts_see_the_looks_into_their_own_space_only(self, place, other, operator):
        oversight.look_in(person=operator, space=other.space, reason=REASON)
        assert oversight.looks(space=place.space).count() == 0


class TestObjection:
    def test_is_opened_with_a_record_by_who_may_settle_it(self, place, operator):
        objection = object_to(
            message=receive.receive(guest=place.guest, text=INSULT), guest=place.guest, why="Why?"
        )
        with pytest.raises(NotAllowed):  # a friend of the space may
            oversight.read_objection(person=operator, objection=objection)
        place.moderator.ended_at = timezone.now()
        place.moderator.save()
        oversight.read_objection(person=operator, objection=objection)
        entry = AuditEntry.objects.get(action=oversight.READ)
        assert (entry.message_ref, entry.space_ref) == (objection.message_id, place.space.pk)

    def test_its_hosts_do_not_learn_of_it(self, place, operator):
        message = receive.receive(guest=place.guest, text=INSULT)
        objection = object_to(message=message, guest=place.guest, why="")
        place.moderator.ended_at = timezone.now()
        place.moderator.save()
        oversight.read_objection(person=operator, objection=objection)
        assert oversight.looks(space=place.space).count() == 0


class TestVolunteer:
    @pytest.fixture
    def waiting(self, place):
        Space.objects.update(volunteer_allowed=True)
        place.space.refresh_from_db()
        message = receive.receive(guest=place.guest, text=BLOW)
        held_since(message, 73)
        return Message.objects.get(pk=message.pk)

    def test_gets_what_waited_for_72_hours_where_it_is_allowed(self, place, other, operator, waiting):
        fresh = receive.receive(guest=place.guest, text=BLOW)
        held_since(fresh, 71)
        Space.objects.filter(pk=other.space.pk).update(volunteer_allowed=False)
        held_since(receive.receive(guest=other.guest, text=BLOW), 100)
        assert oversight.left_waiting(person=operator) == [waiting]

    def test_opens_it_with_a_record_and_decides(self, place, operator, waiting):
        one = oversight.read_left_waiting(person=operator, message=waiting)
        entry = AuditEntry.objects.get(action=oversight.READ)
        assert (one.text, entry.message_ref, entry.actor) == (BLOW, waiting.pk, f"person {operator.pk}")
        assert oversight.looks(space=place.space).count() == 0  # her page says nothing of what was held
        oversight.settle_left_waiting(person=operator, message=waiting, outcome="decline", seen=one.seen)
        fate = waiting.fates.get()
        assert (fate.state, fate.decided_by) == ("declined", operator)

    def test_comes_too_late_where_a_friend_was_faster(self, place, operator, waiting):
        one = oversight.read_left_waiting(person=operator, message=waiting)
        review.settle_held(moderator=place.moderator, message=waiting, outcome="deliver", seen=one.seen)
        with pytest.raises(Overtaken):
            oversight.settle_left_waiting(person=operator, message=waiting, outcome="decline", seen=one.seen)
        assert waiting.fates.get().state == "delivered"

    def test_touches_nothing_that_is_fresh_or_not_allowed_or_their_own(self, place, operator, waiting):
        fresh = receive.receive(guest=place.guest, text=BLOW)
        own_guest, _ = let_in.invite(host=place.host, name="Op", email=operator.email)
        own = receive.receive(guest=own_guest, text=BLOW)
        held_since(own, 100)
        assert oversight.left_waiting(person=operator) == [waiting]
        for message in (fresh, own):
            message.refresh_from_db()
            seen = {message.fates.get().pk: message.fates.get().revision}
            with pytest.raises(NotAllowed):
                oversight.read_left_waiting(person=operator, message=message)
            with pytest.raises(NotAllowed):
                oversight.settle_left_waiting(person=operator, message=message, outcome="decline", seen=seen)

    def test_is_nobody_but_the_operator(self, place, waiting):
        with pytest.raises(NotAllowed):
            oversight.read_left_waiting(person=place.moderator.person, message=waiting)
        assert AuditEntry.objects.filter(action=oversight.READ).count() == 0


class TestErasure:
    def test_lists_hosts_who_have_waited_for_thirty_days(self, place, other):
        for one, days in ((place, 31), (other, 29)):
            one.host.wants_erasure = timezone.now() - timedelta(days=days)
            one.host.save()
        assert oversight.one_sided_erasures() == [place.host]
        Space.objects.update(erase_after=timezone.now())
        assert oversight.one_sided_erasures() == []
