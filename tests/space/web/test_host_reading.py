"""What came in: opened when she is ready, answered, put away or handed on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from beside.space.models import Answer, Fate, Guest, Kind, Message, State
from beside.space.verbs import inbox, let_in, open_space, pause, receive

pytestmark = pytest.mark.django_db

KIND = "I am so sorry. I am thinking of you and holding you in my heart."
UNKIND = "At least you are young, you can try again."


def write(place, text=KIND, **more):
    return receive.receive(guest=place.guest, text=text, update=place.update, **more)


def at(place, name, *parts, **query):
    return reverse(f"host_{name}", args=[place.space.pk, *parts])


def shown(client, place, name="came"):
    return client.get(at(place, name)).content.decode()


def test_home_shows_no_words_before_she_opens(place, as_host):
    write(place)
    home = shown(as_host, place, "home")
    assert KIND not in home
    assert "Open it when you are ready" in home
    assert KIND in shown(as_host, place)
    assert "Nothing new has come" in shown(as_host, place, "home")


def test_home_is_quiet_when_nothing_is_there(place, as_host):
    write(place, UNKIND)
    assert "It is quiet here" in shown(as_host, place, "home")


def test_looking_ahead_is_not_reading(place, as_host):
    write(place)
    as_host.head(at(place, "came"))
    assert Fate.objects.get().read_at is None
    assert "new to you" in shown(as_host, place)
    assert Fate.objects.get().read_at is not None
    assert "new to you" not in shown(as_host, place)


def test_what_is_another_spaces_stays_there(place, other, as_host):
    write(other, f"Elsewhere. {KIND}")
    write(place)
    page = shown(as_host, place)
    assert KIND in page
    assert "Elsewhere" not in page
    assert as_host.get(at(other, "came")).status_code == 404


def test_what_a_guest_writes_is_text_and_no_markup(place, as_host):
    place.guest.name = "<b>Tomasz</b>"
    place.guest.save()
    write(place, f"<script>alert(1)</script> {KIND}", to_friend_first=True)
    fate = Fate.objects.get()
    Fate.objects.filter(pk=fate.pk).update(state=State.DELIVERED, decided_at=timezone.now())
    page = shown(as_host, place)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>Tomasz" not in page


def test_twenty_a_page_and_a_way_to_the_older(place, as_host):
    for number in range(21):
        message = write(place, kind=Kind.CANDLE, text="")
        moment = timezone.now() - timedelta(hours=number)
        Fate.objects.filter(message=message).update(decided_at=moment)
    first, second = (as_host.get(at(place, "came"), {"page": page}).content.decode() for page in ("1", "2"))
    assert (first.count("Lit a candle"), second.count("Lit a candle")) == (20, 1)
    assert ("?page=2" in first, "Newer" in first) == (True, False)
    assert ("?page=1" in second, "Older" in second) == (True, False)


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "9" * 400, "٣"])
def test_any_page_number_is_answered(place, as_host, number):
    assert as_host.get(at(place, "came"), {"page": number}).status_code == 200


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("daughter", "for your daughter"),
        ("son", "for your son"),
        ("name", "for Noor"),
        ("none", "Lit a candle."),
    ],
)
def test_her_words_for_whom_she_lost(place, as_host, words, line):
    open_space.describe(host=place.host, words=words, baby_name="Noor")
    write(place, kind=Kind.CANDLE, text="")
    assert line in shown(as_host, place)


def test_a_heart_with_one_tap_and_back(place, as_host):
    message = write(place)
    response = as_host.post(at(place, "heart", message.pk), {"on": "yes", "page": "1"})
    assert response["Location"] == f"{at(place, 'came')}#m-{message.pk}"
    assert Answer.objects.get().heart is True
    as_host.post(at(place, "heart", message.pk), {"on": "no", "page": "3"})
    assert Answer.objects.count() == 0


def test_the_way_back_is_to_the_page_she_was_on(place, as_host):
    message = write(place)
    response = as_host.post(at(place, "heart", message.pk), {"on": "yes", "page": "3"})
    assert response["Location"] == f"{at(place, 'came')}?page=3#m-{message.pk}"


def test_words_back(place, as_host):
    message = write(place)
    assert KIND in as_host.get(at(place, "answer", message.pk)).content.decode()
    as_host.post(at(place, "answer", message.pk), {"body": "Thank you."})
    assert Answer.objects.get().body == "Thank you."
    assert "Thank you." in shown(as_host, place)
    response = as_host.post(at(place, "answer", message.pk), {"body": "x" * 10_001})
    assert "x" * 10_001 in response.content.decode()
    assert Answer.objects.get().body == "Thank you."


def test_put_away_and_brought_back(place, as_host):
    message = write(place)
    as_host.post(at(place, "put_away", message.pk))
    assert (KIND in shown(as_host, place), KIND in shown(as_host, place, "away")) == (False, True)
    as_host.post(at(place, "bring_back", message.pk))
    assert KIND in shown(as_host, place)


def test_sent_to_the_friend_who_reads_first(place, as_host):
    message = write(place)
    as_host.post(at(place, "hand_over", message.pk))
    assert Fate.objects.get().state == State.HELD
    assert KIND not in shown(as_host, place)


def test_without_a_friend_that_is_neither_offered_nor_done(place, as_host):
    message = write(place)
    assert at(place, "hand_over", message.pk) in shown(as_host, place)
    open_space.end_moderating(moderator=place.moderator)
    assert at(place, "hand_over", message.pk) not in shown(as_host, place)
    response = as_host.post(at(place, "hand_over", message.pk))
    assert (response.status_code, Fate.objects.get().state) == (409, State.DELIVERED)


def test_an_offer_is_taken_or_left(place, as_host):
    offer = write(place, "I would love to bring soup to your door on Thursday.", kind=Kind.OFFER)
    for take, said in (("yes", "You take this."), ("no", "You leave this.")):
        as_host.post(at(place, "offer", offer.pk), {"take": take})
        assert Message.objects.get().help_taken is (take == "yes")
        assert said in shown(as_host, place)


def test_what_is_not_before_her_is_answered_as_what_does_not_exist(place, other, as_host):
    held, elsewhere = write(place, UNKIND), write(other)
    names = ("heart", "put_away", "bring_back", "hand_over", "offer", "answer")
    for name in names:
        missing = as_host.post(at(place, name, uuid4()))
        for message in (held, elsewhere):
            response = as_host.post(at(place, name, message.pk), {"on": "yes", "body": "Thank you."})
            assert (response.status_code, response.content) == (404, missing.content)
    assert Answer.objects.count() == 0


def test_a_pause_hides_and_its_end_shows(place, as_host):
    write(place, f"Before. {KIND}")
    as_host.post(at(place, "pause"), {"on": "yes"})
    write(place, f"Meanwhile. {KIND}")
    page = shown(as_host, place)
    assert ("Before." in page, "Meanwhile." in page) == (True, False)
    assert "Something has come" not in shown(as_host, place, "home")
    as_host.post(at(place, "pause"), {"on": "no"})
    assert "Meanwhile." in shown(as_host, place)


def test_in_quiet_hours_she_may_open_all_the_same(place, as_host):
    now = timezone.now()
    start, end = ((now + timedelta(hours=hours)).time().replace(microsecond=0) for hours in (-2, 2))
    pause.set_quiet_hours(person=place.host.person, start=start, end=end, zone="UTC")
    write(place)
    assert (KIND in shown(as_host, place), "quiet hours" in shown(as_host, place, "home")) == (False, True)
    response = as_host.post(at(place, "open_anyway"))
    assert response["Location"] == at(place, "came")
    assert KIND in shown(as_host, place)


def test_who_asks_is_let_in_or_not(place, as_host):
    note = "I am so sorry. May I read along?"
    guests = [
        let_in.ask(space=place.space, name=name, email=email, note=note)
        for name, email in (("Nora", "nora@guest.example"), ("Olga", ""), ("Peter", ""))
    ]
    assert "Somebody asks to be let in" in shown(as_host, place, "home")
    people = shown(as_host, place, "people")
    assert [name for name in ("Nora", "Olga", "Peter") if name in people] == ["Nora", "Olga", "Peter"]
    mailed = as_host.post(at(place, "request", guests[0].pk), {"let_in": "yes"})
    assert (mailed.status_code, b"/in/" in mailed.content) == (302, False)
    by_hand = as_host.post(at(place, "request", guests[1].pk), {"let_in": "yes"})
    assert (by_hand.status_code, b"/in/" in by_hand.content) == (200, True)
    as_host.post(at(place, "request", guests[2].pk), {"let_in": "no"})
    assert [Guest.objects.get(pk=guest.pk).is_in for guest in guests] == [True, True, False]


def test_a_request_that_did_not_reach_her_cannot_be_answered(place, as_host):
    guest = let_in.ask(space=place.space, name="Nora", email="", note="This is your own fault.")
    assert as_host.post(at(place, "request", guest.pk), {"let_in": "yes"}).status_code == 404
    assert Guest.objects.get(pk=guest.pk).is_in is False


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(place, as_host, count, django_assert_max_num_queries):
    for _ in range(count):
        message = write(place)
        inbox.heart(host=place.host, message=message)
    with django_assert_max_num_queries(15):
        as_host.get(at(place, "came"))
