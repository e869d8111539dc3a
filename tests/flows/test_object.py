"""A sender objects; somebody else looks at it than the one who decided, and lets it through."""

from tests.flows.test_moderate import second_friend

HURT = "At least you are young, you can try again."


def test_another_friend_settles_it(visitor, arrive, place):
    joan = second_friend(place)
    tomasz, ada = arrive(place.token, phone=True), visitor(place.host.person)
    first, second = visitor(place.moderator.person), visitor(joan.person)
    tomasz.press("Write a few words")
    tomasz.fill("Your words", HURT)
    tomasz.press("Send")
    tomasz.press("Let a friend read it first")
    first.go(f"/m/{place.space.pk}/")
    first.press("Do not pass it on")
    tomasz.press("See it, change it or take it back")
    tomasz.reads("A friend has read it and has not passed it on.")
    tomasz.open("Ask for another look")
    tomasz.fill(
        "What whoever looks at it should know", "We have talked about this. She will know what I mean."
    )
    tomasz.press("Ask")
    tomasz.reads("You asked for another look.")

    first.go(f"/m/{place.space.pk}/objections/")
    first.reads("Nobody asks for another look.")
    second.go(f"/m/{place.space.pk}/")
    second.press("Somebody asks for another look at a decision")
    second.reads("Tomasz", HURT, "She will know what I mean.", "A friend did not pass it on.")
    second.press("Let it through after all")
    second.reads("Whoever wrote it is told.")
    tomasz.go(tomasz.page.url)
    tomasz.reads("It has arrived.")
    ada.go(f"/h/{place.space.pk}/came/")
    ada.reads(HURT)


def test_where_nobody_else_reads_first_the_operator_looks(visitor, arrive, place, operator):
    tomasz, only = arrive(place.token), visitor(place.moderator.person)
    tomasz.press("Write a few words")
    tomasz.fill("Your words", HURT)
    tomasz.press("Send")
    tomasz.press("Let a friend read it first")
    only.go(f"/m/{place.space.pk}/")
    only.press("Do not pass it on")
    tomasz.press("See it, change it or take it back")
    tomasz.open("Ask for another look")
    tomasz.press("Ask")
    op = visitor(operator)
    op.go("/operator/")
    op.press("Something waits that nobody else may decide")
    op.reads_not(HURT)
    op.press("Open and read")
    op.reads(HURT)
    op.press("Leave it as it is")
    tomasz.go(tomasz.page.url)
    tomasz.reads("Another person has looked at it as you asked. It stays as it is.")
    op.go("/operator/log/")
    op.reads("objection declined")
