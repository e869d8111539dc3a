"""Words that may hurt are met before they are sent: which, why, what helps instead; then said in others."""

from beside.space.models import Message, Version

HURT, KIND = "At least you are young, you can try again.", "I am so sorry. I am thinking of you."


def test_the_nudge_and_other_words(visitor, arrive, place):
    tomasz, ada = arrive(place.token, phone=True), visitor(place.host.person)
    tomasz.press("Write a few words")
    tomasz.press("I do not know what to say")
    tomasz.reads("Say that you are sorry, in the plainest way.")
    tomasz.press("Back, to write")
    tomasz.fill("Your words", HURT)
    tomasz.press("Send")
    tomasz.reads("Before it is sent", "These words", "Why they can hurt, and what helps instead")
    assert "At least" in tomasz.marked()
    assert not Message.objects.exists()
    tomasz.press("Say it in other words")
    assert tomasz.page.get_by_label("Your words").input_value() == HURT
    tomasz.fill("Your words", KIND)
    tomasz.press("Send")
    tomasz.reads("It has arrived.")
    assert [version.body for version in Version.objects.all()] == [KIND]
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads(KIND)
    ada.reads_not("At least")


def test_keeping_quiet_keeps_nothing(arrive, place):
    tomasz = arrive(place.token)
    tomasz.press("Write a few words")
    tomasz.fill("Your words", HURT)
    tomasz.press("Send")
    tomasz.press("Keep quiet for now")
    tomasz.reads("Nothing was sent, and nothing was kept.")
    assert not Message.objects.exists()
