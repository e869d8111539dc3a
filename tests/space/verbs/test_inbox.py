"""What a host sees: what was delivered to her and nothing else, when she wants it."""

from uuid import uuid4

import pytest
from django.utils import timezone

from beside.space.models import Answer, AuditEntry, Fate, Kind, Message, Outbox, Person, State
from beside.space.verbs import inbox, let_in, open_space, pause, receive, settle
from beside.space.verbs.errors import NotAllowed, Refused, TooLong

pytestmark = pytest.mark.django_db

KIND = "I am so sorry. I am thinking of you and holding you in my heart."
UNKIND = "At least you are young, you can try again. It was not meant to be."


def write(place, text=KIND, **more):
    return receive.receive(guest=place.guest, text=text, update=place.update, **more)


def texts(host, **more):
    return [letter.text for letter in inbox.came(host=host, **more).letters]


def state(host, message):
    return Fate.objects.get(host=host, message=message).state


def test_only_what_was_delivered_comes_the_newest_first(place, other):
    write(place, "First. " + KIND)
    write(place, UNKIND)
    write(place, "Second. " + KIND)
    write(other, "Elsewhere. " + KIND)
    assert texts(place.host) == ["Second. " + KIND, "First. " + KIND]


def test_a_message_is_shown_in_its_newest_words(place):
    message = write(place, "First. " + KIND)
    receive.change(message=message, guest=place.guest, text="Again. " + KIND)
    assert texts(place.host) == ["Again. " + KIND]


def test_twenty_a_page_and_never_how_many(place):
    for _ in range(inbox.PAGE + 1):
        receive.receive(guest=place.guest, update=place.update, kind=Kind.CANDLE)
    first, second = (inbox.came(host=place.host, page=page) for page in (1, 2))
    assert (len(first.letters), first.older) == (inbox.PAGE, True)
    assert (len(second.letters), second.older) == (1, False)
    assert inbox.came(host=place.host, page=0).page == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(place, count, django_assert_num_queries):
    for _ in range(count):
        receive.receive(guest=place.guest, update=place.update, kind=Kind.HEART)
    with django_assert_num_queries(3):
        inbox.came(host=place.host)


def test_a_pause_hides_what_comes_in_it_and_only_that(place):
    write(place, "Before. " + KIND)
    pause.pause(host=place.host)
    message = write(place, "Meanwhile. " + KIND)
    assert state(place.host, message) == State.DELIVERED
    assert texts(place.host) == ["Before. " + KIND]
    with pytest.raises(NotAllowed):
        inbox.letter(host=place.host, message_id=message.pk)
    with pytest.raises(NotAllowed):
        inbox.heart(host=place.host, message=message)
    pause.unpause(host=place.host)
    assert texts(place.host) == ["Meanwhile. " + KIND, "Before. " + KIND]


def test_whether_something_is_new(place):
    assert (inbox.anything(host=place.host), inbox.anything_new(host=place.host)) == (False, False)
    write(place, UNKIND)
    assert inbox.anything(host=place.host) is False
    write(place)
    assert (inbox.anything(host=place.host), inbox.anything_new(host=place.host)) == (True, True)
    inbox.mark_read(host=place.host, letters=inbox.came(host=place.host).letters)
    assert (inbox.anything(host=place.host), inbox.anything_new(host=place.host)) == (True, False)


def test_each_host_has_a_reading_state_of_their_own(place):
    person = Person.objects.create_user("sam@host.example")
    second = open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)
    write(place)
    inbox.mark_read(host=place.host, letters=inbox.came(host=place.host).letters)
    inbox.put_away(host=place.host, message=Message.objects.get())
    assert [letter.new for letter in inbox.came(host=second).letters] == [True]


def test_one_heart_and_one_answer_a_message(place):
    message = write(place)
    inbox.heart(host=place.host, message=message)
    inbox.heart(host=place.host, message=message)
    inbox.answer(host=place.host, message=message, body=" Thank you.\r\nReally. ")
    row = Answer.objects.get()
    assert (row.heart, row.body, row.space_id) == (True, "Thank you.\nReally.", place.space.pk)
    letter = inbox.came(host=place.host).letters[0]
    assert (letter.heart, letter.answer) == (True, "Thank you.\nReally.")


def test_an_answer_that_says_nothing_any_more_is_gone(place):
    message = write(place)
    inbox.answer(host=place.host, message=message, body="Thank you.")
    inbox.answer(host=place.host, message=message, body="  ")
    assert Answer.objects.count() == 0
    inbox.heart(host=place.host, message=message, on=False)
    assert Answer.objects.count() == 0


def test_too_long_an_answer_is_refused_and_nothing_is_kept(place):
    message = write(place)
    with pytest.raises(TooLong):
        inbox.answer(host=place.host, message=message, body="x" * 10_001)
    assert Answer.objects.count() == 0


def test_the_sender_hears_once_that_there_is_an_answer(place):
    message = write(place)
    inbox.heart(host=place.host, message=message)
    inbox.answer(host=place.host, message=message, body="Thank you.")
    assert list(Outbox.objects.filter(kind="answered").values_list("about", flat=True)) == [
        {"guest": str(place.guest.pk), "message": str(message.pk)}
    ]


def test_put_away_and_brought_back(place):
    message = write(place)
    inbox.put_away(host=place.host, message=message)
    assert (texts(place.host), texts(place.host, away=True)) == ([], [KIND])
    assert inbox.anything(host=place.host) is False
    inbox.bring_back(host=place.host, message=message)
    assert (texts(place.host), texts(place.host, away=True)) == ([KIND], [])


def test_handed_over_it_waits_for_the_friend(place):
    message = write(place)
    inbox.hand_over(host=place.host, message=message)
    fate = Fate.objects.get(host=place.host, message=message)
    assert (fate.state, fate.by, fate.decided_by) == (State.HELD, "person", place.host.person)
    assert texts(place.host) == []
    entry = AuditEntry.objects.filter(action="held", actor=f"person {place.host.person.pk}").get()
    assert entry.reason == "handed over by the host"


def test_of_a_hand_over_the_friend_hears_and_its_sender_does_not(place):
    message = write(place)
    Outbox.objects.all().delete()
    inbox.hand_over(host=place.host, message=message)
    assert [row.to for row in Outbox.objects.filter(kind="waiting")] == [place.moderator.person.email]
    assert list(Outbox.objects.exclude(kind="waiting")) == []


def test_without_a_friend_nothing_is_handed_over(place):
    message = write(place)
    open_space.end_moderating(moderator=place.moderator)
    with pytest.raises(Refused):
        inbox.hand_over(host=place.host, message=message)
    assert state(place.host, message) == State.DELIVERED


def test_new_rules_do_not_bring_back_what_she_handed_over(place):
    message = write(place)
    inbox.hand_over(host=place.host, message=message)
    open_space.set_rules(host=place.host, rules={"caution": "open"})
    assert state(place.host, message) == State.HELD


def test_what_is_held_or_elsewhere_is_as_if_it_were_not_there(place, other):
    held, elsewhere = write(place, UNKIND), write(other)
    assert state(place.host, held) == State.HELD
    for message in (held, elsewhere):
        for verb in (inbox.heart, inbox.put_away, inbox.bring_back, inbox.hand_over):
            with pytest.raises(NotAllowed):
                verb(host=place.host, message=message)
        with pytest.raises(NotAllowed):
            inbox.answer(host=place.host, message=message, body="Thank you.")
        with pytest.raises(NotAllowed):
            inbox.letter(host=place.host, message_id=message.pk)
    with pytest.raises(NotAllowed):
        inbox.letter(host=place.host, message_id=uuid4())
    assert Answer.objects.count() == 0
    assert state(other.host, elsewhere) == State.DELIVERED


def test_an_offer_is_taken_or_left_and_nothing_else_is(place):
    offer = receive.receive(
        guest=place.guest,
        text="I would love to bring soup to your door on Thursday.",
        kind=Kind.OFFER,
        help_on=timezone.localdate(),
    )
    assert state(place.host, offer) == State.DELIVERED
    for take in (True, False):
        inbox.answer_offer(host=place.host, message=offer, take=take)
        assert Message.objects.get(pk=offer.pk).help_taken is take
    with pytest.raises(NotAllowed):
        inbox.answer_offer(host=place.host, message=write(place), take=True)


def test_a_request_comes_apart_and_not_in_a_pause(place, other):
    let_in.ask(space=place.space, name="Nora", email="nora@guest.example", note="May I read along? " + KIND)
    let_in.ask(space=other.space, name="Olga", email="", note="May I read along? " + KIND)
    assert texts(place.host) == []
    assert [letter.message.sender for letter in inbox.requests(host=place.host)] == ["Nora"]
    pause.pause(host=place.host)
    let_in.ask(space=place.space, name="Peter", email="", note="May I? " + KIND)
    assert [letter.message.sender for letter in inbox.requests(host=place.host)] == ["Nora"]


def test_a_message_taken_back_is_gone(place):
    message = write(place)
    settle.withdraw(message=message)
    assert texts(place.host) == []
