"""Somebody writes that they cannot go on: help first, people told at once, the host sees nothing."""

from beside.space.models import Outbox

DANGER = "I just lost mine and I don't want to be here any more"


def test_help_first_for_the_country_that_is_chosen(visitor, arrive, place, helplines, work, mailoutbox):
    tomasz = arrive(place.token, phone=True)
    tomasz.press("Write a few words")
    tomasz.fill("Your words", DANGER)
    tomasz.press("Send")
    tomasz.reads("Please stay a moment", "You first", "Samaritans", "Nobody may be watching this page now.")
    tomasz.reads_not("Pieta", "Not checked yet", "Before it is sent", "not passed on")
    assert tomasz.page.locator("main").inner_text().index("Samaritans") < 700
    tomasz.page.get_by_label("Show help for another country").select_option("IE")
    tomasz.press("Show")
    tomasz.reads("Pieta", "It was received. It is not shown to Ada.")
    tomasz.reads_not("Samaritans", "Not checked yet")

    work()
    urgent = [mail for mail in mailoutbox if mail.subject == "Please look at this now"]
    assert sorted(mail.to[0] for mail in urgent) == [place.moderator.person.email, "safe@operator.example"]
    assert not any(word in mail.body for mail in urgent for word in ("lost mine", "Tomasz", "Ada"))

    ada, friend = visitor(place.host.person), visitor(place.moderator.person)
    for path in ("", "came/", "away/", "updates/"):
        ada.go(f"/h/{place.space.pk}/{path}")
        ada.reads_not(DANGER, "Tomasz", "danger")
    assert not Outbox.objects.filter(kind="arrived").exists()
    friend.go(f"/m/{place.space.pk}/")
    friend.reads("Please look at this first", "Somebody may be in danger.", DANGER, "Safe Guard")
    assert friend.page.get_by_role("button", name="Do not pass it on").count() == 0
    friend.press("Somebody is looking after this")
    friend.reads("Read, and left here")
    tomasz.press("See it, change it or take it back")
    tomasz.reads("You first", "Samaritans")


def test_her_own_words_of_danger_show_help_to_her_alone(visitor, arrive, place, helplines, work, mailoutbox):
    ada, dark = visitor(place.host.person), "I cannot go on any more. I want to die tonight and be with her."
    ada.go(f"/h/{place.space.pk}/write/")
    ada.fill("Your words", dark)
    ada.press("Save, and choose who may read it")
    ada.reads_not("This is for you alone")
    ada.choose("Everybody I let in")
    ada.press("Share it")
    ada.reads("This is for you alone", "Samaritans", "Nobody else is shown this, and nobody is told.")
    tomasz = arrive(place.token)
    tomasz.reads(dark)
    tomasz.reads_not("Samaritans", "This is for you alone")
    work()
    assert [mail.to for mail in mailoutbox if "look after" in mail.subject] == []
