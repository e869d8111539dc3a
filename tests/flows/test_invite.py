"""A host invites somebody; the link is a button that no scanner can use up, and it can be taken back."""

import urllib.request

from beside.space.models import Guest


def _scan(link):
    """What the filter of a mail server does with every link: it opens it, keeps nothing, follows all."""
    for method in ("HEAD", "GET", "GET"):
        with urllib.request.urlopen(urllib.request.Request(link, method=method)) as answer:
            assert (answer.status, answer.headers.get("Set-Cookie", "")[:6]) in ((200, ""), (200, "beside"))
            assert "sessionid" not in answer.headers.get("Set-Cookie", "")


def _as_it_is(guest):
    guest.refresh_from_db()
    return guest.token_hash, guest.first_came_at, guest.session_version, guest.let_in_at


def test_an_invitation_outlives_the_scanner_and_lets_in(visitor, place, link_for):
    ada = visitor(place.host.person)
    ada.go(f"/h/{place.space.pk}/")
    ada.press("Invite somebody")
    ada.fill("Their name", "Bea")
    ada.fill("Their e-mail address", "bea@guest.example")
    ada.press("Make the link")
    shown = ada.page.get_by_label("The link").input_value()
    assert link_for("bea@guest.example") == shown
    guest = Guest.objects.latest("created_at")
    before = _as_it_is(guest)
    _scan(shown)
    assert _as_it_is(guest) == before

    bea = visitor(phone=True)
    bea.go(shown)
    bea.reads("An invitation from Ada", "You need no account.")
    bea.reads_not("We lost our daughter")
    bea.press("Come in")
    bea.reads("We lost our daughter on Sunday.")
    assert bea.page.url == f"{bea.url}/g/{place.space.pk}/"
    guest.refresh_from_db()
    assert guest.first_came_at is not None


def test_a_link_that_is_taken_back_leads_nowhere_at_once(visitor, arrive, place):
    tomasz, ada = arrive(place.token), visitor(place.host.person)
    tomasz.reads("We lost our daughter on Sunday.")
    ada.go(f"/h/{place.space.pk}/people/")
    ada.press("Tomasz")
    ada.press("Take the link back")
    ada.press("Take it back")
    ada.reads("The link is taken back")
    for path in (f"/g/{place.space.pk}/", f"/in/{place.token}/"):
        tomasz.go(path)
        tomasz.reads("This page is not here")
        tomasz.reads_not("We lost our daughter")


def test_who_asks_is_let_in_by_a_link_that_comes_by_mail(visitor, place, link_for):
    nora, ada = visitor(phone=True), visitor(place.host.person)
    ada.go(f"/h/{place.space.pk}/people/")
    ada.open("A page where people may ask")
    nora.go(ada.page.get_by_label("Its address").input_value())
    nora.reads_not("Ada")
    nora.fill("Your name", "Nora")
    nora.fill("Your e-mail address", "nora@guest.example")
    nora.fill("A few words", "I am so sorry. I am thinking of you both.")
    nora.press("Ask")
    nora.reads("Your question was received.")
    ada.go(f"/h/{place.space.pk}/")
    ada.press("Somebody asks to be let in. Look when you like.")
    ada.reads("Nora", "I am thinking of you both.")
    ada.press("Let them in")
    ada.reads("They are let in.")
    nora.go(link_for("nora@guest.example"))
    nora.press("Come in")
    nora.reads("We lost our daughter on Sunday.")
