"""Both parents, each with settings of their own; and circles, of which nobody sees that there are any."""

from beside.space.models import Person
from beside.space.verbs import let_in

PRAYER = "I am praying for you and for your little one. I am so sorry."


def test_the_other_parent_joins_and_reads_by_rules_of_his_own(visitor, arrive, place, link_for):
    ada, sam = visitor(place.host.person), visitor(Person.objects.create_user("sam@host.example"))
    ada.go(f"/h/{place.space.pk}/second/")
    ada.fill("Their name", "Sam")
    ada.fill("Their e-mail address", "sam@host.example")
    ada.press("Ask them")
    ada.reads("Sam is asked, and has not answered yet.")
    sam.go(link_for("sam@host.example"))
    sam.reads("Ada would like to share a space with you")
    sam.press("Share the space")
    sam.go(f"/h/{place.space.pk}/rules/faith/")
    sam.choose("Not to me; a friend reads them first")
    sam.press("Keep this")

    tomasz = arrive(place.token)
    tomasz.reads("What Ada and Sam shared with you")
    tomasz.press("Write a few words")
    tomasz.fill("Your words", PRAYER)
    tomasz.press("Send")
    tomasz.reads("It has arrived. Ada and Sam can read it whenever the time is right.")
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads(PRAYER)
    for path in ("", "came/"):
        sam.go(f"/h/{place.space.pk}/{path}")
        sam.reads_not(PRAYER, "Tomasz")
    ada.go(f"/h/{place.space.pk}/rules/")
    ada.reads_not("Not to me; a friend reads them first Prayers")
    friend = visitor(place.moderator.person)
    friend.go(f"/m/{place.space.pk}/")
    friend.reads(PRAYER)
    friend.press("Let it through (this message)")
    sam.go(f"/h/{place.space.pk}/came/")
    sam.reads("new to you", PRAYER)


def test_what_is_shared_with_a_circle_is_read_by_it_alone(visitor, arrive, place):
    (_, family), (_, work) = (let_in.invite(host=place.host, name=name) for name in ("Bea", "Colin"))
    ada = visitor(place.host.person)
    ada.go(f"/h/{place.space.pk}/people/")
    ada.press("Circles")
    ada.fill("A name for the circle", "Family")
    ada.press("Make a circle")
    ada.go(f"/h/{place.space.pk}/people/")
    ada.press("Bea")
    ada.choose("Family")
    ada.press("Keep this")
    ada.press("What you share")
    ada.press("Write")
    ada.fill("Your words", "The funeral is on Friday, only for us.")
    ada.press("Save, and choose who may read it")
    ada.choose("Some of my people")
    ada.choose("Family")
    ada.press("Share it")
    bea, colin = arrive(family), arrive(work, phone=True)
    bea.reads("The funeral is on Friday, only for us.", "We lost our daughter on Sunday.")
    colin.reads("We lost our daughter on Sunday.")
    colin.reads_not("The funeral")
    for one in (bea, colin):
        one.reads_not("Family", "circle")
    colin.go(bea.page.get_by_role("link", name="Write a few words").first.get_attribute("href"))
    colin.reads("This page is not here")


def test_one_leaves_with_a_copy_and_the_other_stays(visitor, arrive, place, link_for):
    sam = visitor(Person.objects.create_user("sam@host.example"))
    ada = visitor(place.host.person)
    ada.go(f"/h/{place.space.pk}/second/")
    ada.fill("Their name", "Sam")
    ada.fill("Their e-mail address", "sam@host.example")
    ada.press("Ask them")
    sam.go(link_for("sam@host.example"))
    sam.press("Share the space")
    ada.go(f"/h/{place.space.pk}/leave/")
    ada.choose("Seal it: nobody can read it any more")
    ada.press("Leave")
    ada.reads("You have left the space.")
    arrive(place.token).reads_not("We lost our daughter")
    ada.go(f"/h/{place.space.pk}/")
    ada.reads("This page is not here")
    sam.go(f"/h/{place.space.pk}/")
    sam.reads("It is quiet here.")
