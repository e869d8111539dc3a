"""Held, read first by a friend, let through. Of two friends at once the second is told."""

from beside.space.models import Fate, Person
from beside.space.verbs import open_space, receive

HURT = "At least you are young, you can try again."


def second_friend(place):
    _, token = open_space.ask_moderator(host=place.host, name="Joan", email="joan@mod.example")
    return open_space.accept_moderating(token=token, person=Person.objects.create_user("joan@mod.example"))


def _hold(arrive, place):
    tomasz = arrive(place.token)
    tomasz.press("Write a few words")
    tomasz.fill("Your words", HURT)
    tomasz.press("Send")
    tomasz.press("Let a friend read it first")
    tomasz.reads("It has not been shown to Ada.", "A friend reads it next and decides.")
    return tomasz


def test_the_first_decides_and_the_second_is_told(visitor, arrive, place):
    joan = second_friend(place)
    tomasz, ada = _hold(arrive, place), visitor(place.host.person)
    first, second = visitor(place.moderator.person), visitor(joan.person, phone=True)
    for friend in (first, second):
        friend.go(f"/m/{place.space.pk}/")
        friend.reads("Tomasz", HURT)
    ada.go(f"/h/{place.space.pk}/")
    ada.reads("It is quiet here.")
    first.press("Let it through (this message)")
    first.reads("It has gone through", "Nothing waits.")
    second.press("Do not pass it on")
    second.reads("Somebody else has decided about this message in the meantime. Nothing was changed.")
    assert [(fate.state, fate.decided_by) for fate in Fate.objects.all()] == [
        ("delivered", place.moderator.person)
    ]
    ada.go(f"/h/{place.space.pk}/")
    ada.press("Open what came in")
    ada.reads("Tomasz", HURT)
    tomasz.go(f"/g/{place.space.pk}/mine/")
    tomasz.reads("It has arrived. Ada can read it whenever the time is right.")


def test_a_friend_asks_for_other_words(visitor, arrive, place):
    tomasz, friend = _hold(arrive, place), visitor(place.moderator.person)
    friend.go(f"/m/{place.space.pk}/")
    friend.press("Other ways on: other words, a note, the sender")
    friend.open("Ask for other words")
    friend.choose("Words that compare or hurry the grief can hurt.")
    friend.press("Ask for other words")
    friend.reads("Whoever wrote it is asked for other words.")
    tomasz.press("See it, change it or take it back")
    tomasz.reads("A friend has read it and asks you for other words.")
    tomasz.open("Change it")
    tomasz.fill("Your words", "I am so sorry. I am thinking of you.")
    tomasz.press("Send it in these words")
    tomasz.reads("It has arrived.")


def test_a_sender_is_blocked_and_has_no_taps_either(visitor, arrive, place):
    tomasz, friend = _hold(arrive, place), visitor(place.moderator.person)
    friend.go(f"/m/{place.space.pk}/senders/")
    friend.press("Block Tomasz")
    friend.press("Block them")
    tomasz.go(f"/g/{place.space.pk}/")
    tomasz.reads("Writing to this space is not open to you at the moment.", "We lost our daughter on Sunday.")
    for name in ("Write a few words", "Light a candle for their baby", "Send a heart"):
        assert tomasz.page.get_by_text(name).count() == 0


def test_a_friend_says_yes_by_the_link_of_a_mail(visitor, place, link_for):
    open_space.ask_moderator(host=place.host, name="Joan", email="joan@mod.example")
    joan = visitor(Person.objects.create_user("joan@mod.example"))
    joan.go(link_for("joan@mod.example"))
    joan.reads("Ada asks whether you would read first", "You can step down at any time.")
    joan.press("Yes, I read first")
    joan.reads("Nothing waits. Thank you for being there.")
    receive.receive(guest=place.guest, text=HURT)
    joan.press("What waits")
    joan.reads(HURT)
    joan.press("Step down")
    joan.press("Stop reading here")
    joan.go(f"/m/{place.space.pk}/")
    joan.reads("This page is not here")
