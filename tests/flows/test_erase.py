"""A guest goes without a trace; a space goes after a time in which it can still be kept."""

from datetime import timedelta

from django.utils import timezone

from beside.space.models import Guest, Message, Space, Update
from beside.space.verbs import receive

KIND = "I am so sorry. I am thinking of you every day."


def test_a_guest_erases_everything_of_theirs(visitor, arrive, place):
    receive.receive(guest=place.guest, text=KIND, update=place.update)
    tomasz, ada = arrive(place.token, phone=True), visitor(place.host.person)
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads("Tomasz", KIND)
    tomasz.press("What you sent")
    tomasz.press("Erase everything of mine")
    tomasz.reads("It cannot be undone.")
    tomasz.press("Erase everything of mine")
    tomasz.reads("Everything of yours is erased here.")
    for path in ("came/", "people/", "away/"):
        ada.go(f"/h/{place.space.pk}/{path}")
        ada.reads_not("Tomasz", KIND)
    tomasz.go(f"/in/{place.token}/")
    tomasz.reads("This page is not here")
    assert (Guest.objects.count(), Message.objects.count()) == (0, 0)


def test_a_space_is_erased_after_the_time_of_grace(visitor, arrive, place, work, mailoutbox):
    receive.receive(guest=place.guest, text=KIND, update=place.update)
    ada, tomasz = visitor(place.host.person), arrive(place.token)
    ada.go(f"/h/{place.space.pk}/space/")
    ada.press("Erase the space")
    ada.press("Erase it")
    ada.reads("Everything here will be erased on")
    ada.press("Keep the space")
    ada.reads("The space stays.")
    work()
    assert Space.objects.exists()

    ada.press("Erase the space")
    ada.press("Erase it")
    work()
    tomasz.go(f"/g/{place.space.pk}/")
    tomasz.reads("We lost our daughter on Sunday.")
    Space.objects.update(erase_after=timezone.now() - timedelta(seconds=1))
    work()
    assert (Space.objects.count(), Update.objects.count(), Message.objects.count()) == (0, 0, 0)
    for one, path in ((ada, "h"), (tomasz, "g")):
        one.go(f"/{path}/{place.space.pk}/")
        one.reads("This page is not here")
    work()
    told = [mail for mail in mailoutbox if mail.to == [place.host.person.email]]
    assert told[-1].subject == "What you asked for is done"
