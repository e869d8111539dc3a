"""The four journeys that have to work without JavaScript: read, reply, be moderated, export."""

import zipfile

from beside.space.models import Fate
from tests.flows.photos import add_photo

KIND, HURT = "I am so sorry. I am thinking of you.", "At least you are young, you can try again."


def test_reading_and_a_photo_that_is_opened_by_choice(arrive, place):
    add_photo(place, alt="Her hand")
    tomasz = arrive(place.token, phone=True, scripts=False)
    tomasz.reads("We lost our daughter on Sunday.")
    photo = tomasz.page.get_by_alt_text("Her hand")
    assert not photo.is_visible()
    tomasz.open("This is our daughter. Open when you like.")
    assert photo.is_visible()
    tomasz.press("Light a candle for their baby")
    tomasz.reads("Your candle is lit.")


def test_replying_with_the_nudge_before_it(visitor, arrive, place):
    tomasz, ada = arrive(place.token, phone=True, scripts=False), visitor(place.host.person, scripts=False)
    tomasz.press("Write a few words")
    tomasz.fill("Your words", HURT)
    tomasz.press("Send")
    tomasz.press("Say it in other words")
    tomasz.fill("Your words", KIND)
    tomasz.press("Send")
    tomasz.reads("It has arrived.")
    ada.go(f"/h/{place.space.pk}/")
    ada.press("Open what came in")
    ada.reads(KIND)
    ada.press("♡ Send a heart")
    ada.press("Answer Tomasz")
    ada.fill("Your answer", "Thank you.")
    ada.press("Send")
    tomasz.press("See it, change it or take it back")
    tomasz.reads("A heart for what you sent", "Thank you.")


def test_being_moderated(visitor, arrive, place):
    tomasz = arrive(place.token, scripts=False)
    friend, ada = (visitor(one.person, scripts=False) for one in (place.moderator, place.host))
    tomasz.press("Write a few words")
    tomasz.fill("Your words", HURT)
    tomasz.press("Send")
    tomasz.press("Let a friend read it first")
    tomasz.reads("A friend reads it next and decides.")
    friend.go(f"/m/{place.space.pk}/")
    friend.press("Let it through (this message)")
    friend.reads("It has gone through")
    assert [fate.state for fate in Fate.objects.all()] == ["delivered"]
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads(HURT)


def test_writing_and_taking_a_copy(visitor, place, work):
    ada = visitor(place.host.person, scripts=False)
    ada.go(f"/h/{place.space.pk}/write/")
    ada.fill("Your words", "Two lines are enough.")
    ada.press("Save for later")
    ada.reads("It is saved.")
    ada.go(f"/h/{place.space.pk}/take/")
    ada.press("Put my copy together")
    ada.reads("It is being worked on.")
    work()
    ada.press("Look again")
    with zipfile.ZipFile(ada.take("Take the copy")) as packed:
        assert "Two lines are enough." in packed.read("index.html").decode()
