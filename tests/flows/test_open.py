"""From the front page to the first update: an account, a space, a few questions, a telling."""

import re

from allauth.account.models import EmailAddress

from beside.space.models import Installation, Space, Update


def code_in(mail):
    return re.search(r"^[A-Z0-9-]{6,}$", mail.body, re.M).group()


def test_from_the_front_page_to_the_first_update(visitor, installation, mailoutbox):
    Installation.objects.update(anyone_may_open=True)
    mira = visitor()
    mira.go("/")
    mira.press("Make an account")
    mira.fill("Email", "mira@host.example")
    mira.press("Go on")
    mira.fill("Code", code_in(mailoutbox[-1]))
    mira.press("Go on")
    mira.press("Open a space")
    mira.fill("Your name", "Mira")
    mira.press("Go on")
    mira.choose("my daughter")
    mira.press("Go on")
    mira.fill("A name", "Noor")
    mira.press("Go on")
    mira.page.get_by_label("Country").select_option("GB")
    mira.press("Go on")
    while "Your space is open" not in mira.page.inner_text("h1"):
        mira.press("Decide later")
    mira.press("Write a few words")
    mira.fill("Your words", "Our daughter Noor was born on Thursday. She did not live.")
    mira.press("Save, and choose who may read it")
    mira.choose("Everybody I let in")
    mira.press("Share it")
    mira.reads("What is shared", "Our daughter Noor was born on Thursday.", "Everybody I let in")
    space = Space.objects.get()
    assert (space.words, space.baby_name, space.country, space.nobody_reads) == (
        "daughter",
        "Noor",
        "GB",
        False,
    )
    assert [update.published_at is not None for update in Update.objects.all()] == [True]


def test_whoever_has_an_account_signs_in_by_a_code(visitor, place, mailoutbox):
    EmailAddress.objects.create(
        user=place.host.person, email=place.host.person.email, verified=True, primary=True
    )
    ada = visitor(phone=True)
    ada.go("/")
    ada.press("Sign in")
    ada.fill("E-mail address", place.host.person.email)
    ada.press("Send me a code")
    ada.fill("Code", code_in(mailoutbox[-1]))
    ada.press("Go on")
    ada.press("Ada’s space")
    ada.press("Settings")
    ada.reads("What is welcome")


def test_a_draft_saves_itself_while_it_is_written(visitor, place):
    ada = visitor(place.host.person)
    page = ada.go(f"/h/{place.space.pk}/write/")
    page.clock.install()
    page.reload()
    ada.fill("Your words", "I do not know yet how to say it.")
    page.clock.run_for(5000)
    page.wait_for_selector("#saved:has-text('Saved at')")
    ada.go(f"/h/{place.space.pk}/updates/")
    ada.reads("I do not know yet how to say it.", "A draft; nobody else sees it")
