"""An objection is settled by somebody who neither wrote nor decided; else by the operator."""

from __future__ import annotations

import pytest

from beside.space.models import Message, Moderator, Objection, Outbox, Person
from beside.space.verbs import let_in, open_space, oversight, receive, review
from beside.space.verbs.errors import NotAllowed, Overtaken, Refused
from beside.space.verbs.objections import object_to, objections, settle_objection

KIND = "I am so sorry for your loss. Holding you both in my heart."
BLOW = "At least it was early, you can try again."
INSULT = "You stupid attention seeking cow"

pytestmark = pytest.mark.django_db


def another(place, name: str = "second") -> Moderator:
    _, token = open_space.ask_moderator(host=place.host, name=name, email=f"{name}@mod.example")
    return open_space.accept_moderating(token=token, person=Person.objects.create_user(f"{name}@mod.example"))


def declined(place, text: str = BLOW) -> Message:
    """By the place's moderator."""
    message = receive.receive(guest=place.guest, text=text)
    (one,) = review.queue(moderator=place.moderator)
    review.settle_held(moderator=place.moderator, message=message, outcome="decline", seen=one.seen)
    return message


def state(message: Message) -> str:
    return message.fates.get().state


def test_only_the_sender_objects_once_and_only_against_something(place, other):
    message, fine = declined(place), receive.receive(guest=place.guest, text=KIND)
    objection = object_to(message=message, guest=place.guest, why=" I meant it well. ")
    assert (objection.why, objection.against) == ("I meant it well.", place.moderator.person)
    with pytest.raises(NotAllowed):
        object_to(message=message, guest=other.guest, why="")
    for one in (message, fine):
        with pytest.raises(Refused):
            object_to(message=one, guest=place.guest, why="")
    assert Objection.objects.count() == 1


def test_goes_to_another_moderator_never_to_who_decided(place):
    objection = object_to(message=declined(place), guest=place.guest, why="")
    second = another(place)
    assert objections(moderator=place.moderator) == []
    assert objections(moderator=second) == [objection]
    with pytest.raises(NotAllowed):
        settle_objection(objection=objection, person=place.moderator.person, uphold=True)


def test_never_to_who_decided_for_one_of_two_hosts(place):
    sam = Person.objects.create_user("sam@host.example")
    open_space.add_host(space=place.space, person=sam, name="Sam", by=place.host)
    message, second = receive.receive(guest=place.guest, text=BLOW), another(place)
    (one,) = review.queue(moderator=place.moderator)
    for fate, moderator in zip(one.fates, (place.moderator, second), strict=True):
        review.settle_held(
            moderator=moderator, message=message, outcome="decline", seen={fate.pk: fate.revision}
        )
    objection = object_to(message=message, guest=place.guest, why="")
    assert [objections(moderator=one) for one in (place.moderator, second)] == [[], []]
    assert objections(moderator=another(place, "third")) == [objection]


def test_never_to_its_writer(place):
    own, _ = let_in.invite(host=place.host, name="Friend", email="friend-of-ada@mod.example")
    message = receive.receive(guest=own, text=INSULT)
    objection = object_to(message=message, guest=own, why="")
    assert objections(moderator=place.moderator) == []
    with pytest.raises(NotAllowed):
        settle_objection(objection=objection, person=place.moderator.person, uphold=True)


def test_never_to_a_moderator_of_another_space_or_to_anybody_else(place, other):
    objection = object_to(message=receive.receive(guest=place.guest, text=INSULT), guest=place.guest, why="")
    assert objections(moderator=other.moderator) == []
    for person in (other.moderator.person, place.host.person, Person.objects.create_user("x@x.example")):
        with pytest.raises(NotAllowed):
            settle_objection(objection=objection, person=person, uphold=True)


def test_upheld_delivers(place):
    message = declined(place)
    objection = object_to(message=message, guest=place.guest, why="")
    settle_objection(objection=objection, person=another(place).person, uphold=True)
    objection.refresh_from_db()
    assert (state(message), objection.upheld) == ("delivered", True)


def test_not_upheld_stands_and_the_sender_is_told(place):
    message = declined(place)
    Outbox.objects.all().delete()
    objection = object_to(message=message, guest=place.guest, why="")
    settle_objection(objection=objection, person=another(place).person, uphold=False)
    objection.refresh_from_db()
    assert (state(message), objection.upheld) == ("declined", False)
    told = Outbox.objects.filter(kind="sender_told").get()
    assert (told.to, told.about["message"]) == (place.guest.email, str(message.pk))


def test_the_second_of_two_is_told(place):
    objection = object_to(message=declined(place), guest=place.guest, why="")
    stale = Objection.objects.get(pk=objection.pk)
    settle_objection(objection=objection, person=another(place).person, uphold=False)
    with pytest.raises(Overtaken):
        settle_objection(objection=stale, person=another(place, "third").person, uphold=True)
    assert state(objection.message) == "declined"


def test_deciding_what_waited_answers_an_objection_to_the_waiting(place):
    message = receive.receive(guest=place.guest, text=BLOW)
    objection = object_to(message=message, guest=place.guest, why="Please")
    (one,) = review.queue(moderator=place.moderator)
    assert (one.objection, objections(moderator=place.moderator)) == (objection, [])
    review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=one.seen)
    objection.refresh_from_db()
    assert (objection.upheld, objection.settled_by) == (True, place.moderator.person)


def test_nothing_is_left_to_settle_of_what_was_taken_back(place):
    message = declined(place)
    object_to(message=message, guest=place.guest, why="")
    receive.take_back(message=message, guest=place.guest)
    assert objections(moderator=another(place)) == []


class TestOperator:
    def test_gets_what_no_moderator_may_settle(self, place, operator):
        objection = object_to(message=declined(place), guest=place.guest, why="")
        assert oversight.waiting_objections(person=operator) == [objection]
        another(place)
        assert oversight.waiting_objections(person=operator) == []

    def test_settles_it(self, place, operator):
        message = declined(place)
        objection = object_to(message=message, guest=place.guest, why="")
        settle_objection(objection=objection, person=operator, uphold=True)
        assert state(message) == "delivered"

    def test_never_against_their_own_decision(self, place, operator):
        place.moderator.person.is_operator = True
        place.moderator.person.save()
        object_to(message=declined(place), guest=place.guest, why="")
        assert oversight.waiting_objections(person=place.moderator.person) == []
        assert len(oversight.waiting_objections(person=operator)) == 1
