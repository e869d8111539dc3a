"""Every page of everybody: axe (WCAG 2.2 AA, best practice) in light and dark, on a phone and a desktop.
Nothing scrolls sideways at 320 px, nothing is too small to be hit. A page that is not here fails the last."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.urls import resolve, reverse

from beside.space.models import Guest, Installation, Person
from beside.space.verbs import demo, open_space, pause, second_host
from beside.space.verbs.tokens import new_token
from beside.space.verbs.unsubscribe import unsubscribe_token
from beside.space.web import errors
from beside.space.web.host_questions import ABOUT, OPENING, RULES
from tests.flows.filled import DANGER, HURT, Filled, fill
from tests.flows.test_open import code_in
from tests.flows.visitor import DESKTOP, PHONE, Visitor
from tests.space.conftest import make_place
from tests.space.test_access import ROUTES

# what gives a file, a picture or a line for machines, and is no page
NO_PAGES = {"photo", "host_taken_file", "health_live", "health_ready"}


@pytest.fixture
def filled(place, operator) -> Filled:
    return fill(place, operator)


def look(one: Visitor) -> list[str]:
    """What is wrong with the page as it stands."""
    page = one.page
    page.set_viewport_size(PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    heads = page.locator("h1").count()
    found = [] if heads == 1 else [f"{page.url} has {heads} first headings"]
    found += one.ill_fitting() + one.accessible()
    page.set_viewport_size(DESKTOP)
    return found + one.ill_fitting() + one.accessible(("dark",))


def walk(one: Visitor, *pages: str | tuple[str, ...], status: int = 200) -> list[str]:
    """Looks at pages: names of routes and what stands in their addresses."""
    found = []
    for page in pages:
        name, *parts = (page,) if isinstance(page, str) else page
        address = one.url + reverse(name, args=parts)
        answer = one.page.goto(address)
        is_it = (answer.status, one.page.url) == (status, address)
        found += [] if is_it else [f"{name}: {answer.status} {one.page.url}"]
        found += look(one)
    return found


def posted(one: Visitor, where: str, **fields: object) -> list[str]:
    """Looks at what follows a form: the first one of the page that leads there, with these fields."""
    form = one.page.locator(f"form[action='{where}']" if where else "main form").first
    for name, value in fields.items():
        field = form.locator(f"[name={name}]:not([type=hidden])").first
        if field.get_attribute("type") in ("radio", "checkbox"):
            field.check()
        else:
            field.fill(str(value))
    with one.page.expect_navigation():
        form.evaluate("one => { one.noValidate = true; one.requestSubmit(one.querySelector('button')) }")
    return look(one)


def test_what_everybody_sees(visitor, filled):
    _, asked = open_space.ask_moderator(host=filled.host, name="May", email="may@mod.example")
    one, space = visitor(), filled.space.pk
    found = walk(one, "front", "help", "house_rules", "privacy", "report", "reported")
    found += walk(one, ("come_in", filled.place.token), ("ask", space), ("shared_update", filled.open_token))
    found += walk(
        one, ("moderator_invitation", asked), ("unsubscribe", unsubscribe_token(who=filled.place.guest))
    )
    found += posted(one, "")
    one.go(reverse("report"))
    found += posted(one, "", reply_to="no address")
    one.go(reverse("ask", args=[space]))
    found += posted(one, "")
    found += posted(one, "", name="Nora", email="n@guest.example", note=DANGER)
    one.go("/help/?country=DE")
    found += look(one)
    found += walk(one, ("come_in", new_token()[0]), status=404)
    one.go(reverse("moderator_invitation", args=[asked]))
    with one.page.expect_navigation():
        one.page.get_by_role("button", name="No, not now").click()
    assert "\n".join(found + look(one)) == ""


def test_what_a_guest_sees(arrive, filled):
    one, space, place = arrive(filled.place.token), filled.space.pk, filled.place
    messages = (
        filled.kind,
        filled.offer,
        filled.held,
        filled.danger,
        filled.declined,
        filled.returned,
        filled.abroad,
    )
    found = walk(
        one,
        *(
            (name, space)
            for name in (
                "guest_home",
                "guest_what_to_say",
                "guest_offer",
                "guest_mine",
                "guest_erase",
                "guest_settings",
                "guest_copy",
            )
        ),
    )
    found += walk(one, *(("guest_message", space, message.pk) for message in messages))
    found += walk(one, ("guest_sent", space, filled.danger.pk), ("guest_sent", space, filled.kind.pk))
    one.go(reverse("guest_offer", args=[space]))
    found += posted(one, "")
    found += walk(one, ("guest_update", space, place.update.pk))
    write = reverse("guest_write", args=[space])
    found += posted(one, write)
    found += posted(one, write, text=HURT)
    pause.pause(host=filled.host)
    Guest.objects.filter(pk=place.guest.pk).update(blocked_at=place.guest.let_in_at)
    found += walk(one, ("guest_home", space), ("guest_update", space, place.update.pk))
    found += walk(one, ("guest_update", space, filled.draft.pk), status=404)
    assert "\n".join(found) == ""


def test_what_a_host_does_and_reads(visitor, filled):
    one, space = visitor(filled.host.person), filled.space.pk
    found = walk(
        one,
        "home",
        "open",
        *(
            (name, space)
            for name in (
                "host_home",
                "open_done",
                "host_looked_in",
                "host_came",
                "host_away",
                "host_updates",
                "host_write",
                "host_people",
                "host_invite",
                "host_circles",
            )
        ),
    )
    for update in (filled.draft, filled.scheduled, filled.open, filled.place.update):
        found += walk(one, ("host_update", space, update.pk))
    found += walk(
        one, *((name, space, filled.draft.pk) for name in ("host_edit", "host_share", "host_discard"))
    )
    found += walk(
        one,
        *(
            (name, space, filled.place.update.pk)
            for name in ("host_photos", "host_edit", "host_share", "host_withdraw")
        ),
    )
    found += walk(
        one,
        *((name, space, filled.place.guest.pk) for name in ("host_person", "host_new_link", "host_revoke")),
    )
    found += posted(one, "")
    found += walk(one, ("host_answer", space, filled.kind.pk))
    circle = filled.space.circles.get()
    found += walk(one, ("host_circle", space, circle.pk), ("host_circle_away", space, circle.pk))
    for name in ("host_write", "host_invite", "host_circles"):
        one.go(reverse(name, args=[space]))
        found += posted(one, "")
    one.go(reverse("host_invite", args=[space]))
    found += posted(one, "", name="May")
    one.go(reverse("host_update", args=[space, filled.open.pk]))
    found += posted(one, reverse("host_update_link", args=[space, filled.open.pk]))
    pause.pause(host=filled.host)
    found += walk(one, *((name, space) for name in ("host_home", "host_came", "host_pause")))
    assert "\n".join(found) == ""


def test_what_a_host_sets(visitor, filled):
    one, space = visitor(filled.host.person), filled.space.pk
    found = walk(one, *(("open_step", space, step) for step in OPENING))
    found += walk(one, *(("host_about", space, what) for what in ABOUT))
    found += walk(
        one, ("host_rules", space), *(("host_rule", space, what) for what in RULES[:2] + RULES[-2:])
    )
    found += walk(
        one,
        *(
            (name, space)
            for name in (
                "host_space",
                "host_pause",
                "host_quiet_hours",
                "host_notices",
                "host_friends",
                "host_ask_friend",
                "host_nobody",
                "host_volunteer",
                "host_safety",
                "host_second",
                "host_leave",
                "host_erase",
            )
        ),
    )
    found += walk(one, ("host_thank_friend", space, filled.place.moderator.pk))
    one.go(reverse("host_safety", args=[space]))
    found += posted(one, "", agreed=True)
    for name in ("host_ask_friend", "host_second"):
        one.go(reverse(name, args=[space]))
        found += posted(one, "")
    one.go(reverse("host_second", args=[space]))
    found += posted(one, "", name="Sam", email="sam2@host.example")
    sam = visitor(filled.two.host.person)
    found += walk(sam, ("host_leave", filled.two.space.pk), ("host_erase", filled.two.space.pk))
    _, token = second_host.ask(host=filled.alone.host, name="Ada", email="ada@host.example")
    assert "\n".join(found + walk(one, ("host_invitation", token))) == ""


def test_what_is_taken_away_and_brought_along(visitor, filled, work):
    one, friend, space = visitor(filled.host.person), visitor(filled.joan.person), filled.space.pk
    found = walk(one, ("host_export", space), ("host_taken", space, filled.copy.pk), ("host_book", space))
    found += walk(one, ("host_book_pages", space, "all"), ("host_import", space))
    found += posted(one, "")
    found += walk(one, ("host_brought", space, filled.brought.pk), ("host_brought", space, filled.column.pk))
    one.go(reverse("host_export", args=[space]))
    found += posted(one, reverse("host_copy", args=[space]))
    found += walk(friend, ("moderator_import", space))
    friend.page.get_by_label("The file").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": b"PK\3\4"}
    )
    found += posted(friend, "")
    job = friend.page.url.rstrip("/").rsplit("/", 1)[1]
    work()
    assert "\n".join(found + walk(friend, ("moderator_brought", space, job))) == ""


def test_what_a_friend_sees(visitor, filled, mailoutbox):
    one, space = visitor(filled.place.moderator.person), filled.space.pk
    found = walk(
        one,
        *(
            (name, space)
            for name in (
                "moderator_home",
                "moderator_alike",
                "moderator_objections",
                "moderator_notes",
                "moderator_senders",
                "moderator_step_down",
            )
        ),
    )
    found += walk(
        one, *(("moderator_message", space, message.pk) for message in (filled.held, filled.danger))
    )
    found += walk(one, ("moderator_sender", space, filled.place.guest.pk))
    one.go(reverse("moderator_notes", args=[space]))
    found += posted(one, "")
    may = Person.objects.create_user("may@mod.example")
    EmailAddress.objects.create(user=may, email=may.email, verified=True, primary=True)
    _, token = open_space.ask_moderator(host=filled.host, name="May", email=may.email)
    two = visitor()
    two.go(reverse("moderator_invitation", args=[token]))
    two.press("Sign in to say yes")
    two.fill("E-mail address", may.email)
    two.press("Send me a code")
    two.fill("Code", code_in(mailoutbox[-1]))
    two.press("Go on")
    assert two.page.url == two.url + reverse("moderator_answer")
    found += look(two)
    assert "\n".join(found) == ""


def test_what_the_operator_sees(visitor, filled):
    one = visitor(filled.operator)
    found = walk(
        one,
        "operator_home",
        "operator_contact",
        "operator_safeguarding",
        "operator_countries",
        "operator_helplines",
        "operator_house_rules",
        "operator_opening",
        "operator_retention",
        "operator_quick_exit",
        "operator_complaints",
        "operator_taken_down",
        "operator_spaces",
        "operator_log",
        "operator_waiting",
    )
    found += walk(one, ("operator_helpline", filled.line.pk), ("operator_helpline_new", "GB"))
    found += walk(one, *(("operator_complaint", complaint.pk) for complaint in filled.complaints))
    found += walk(
        one, *((name, filled.space.pk) for name in ("operator_space", "operator_look", "operator_evidence"))
    )
    found += walk(one, ("operator_erasure", filled.two.space.pk))
    one.go(reverse("operator_look", args=[filled.space.pk]))
    found += posted(one, "", reason="short")
    found += posted(one, "", reason="The host asked for help by telephone.")
    one.go(reverse("operator_spaces"))
    found += posted(one, "", text="nobody@host.example")
    one.go(reverse("operator_contact"))
    found += posted(one, "", contact_email="no address")
    for kind in ("objections", "messages"):
        one.go(reverse("operator_waiting"))
        with one.page.expect_navigation():
            one.page.locator(f"form[action*='/{kind}/'] button").first.click()
        found += look(one)
    assert "\n".join(found) == ""


def test_what_an_account_needs(visitor, installation):
    person = Person.objects.create_user("eve@host.example")
    one, own = visitor(), visitor(person)
    found = walk(one, "account_login", "account_signup", "account_reset_password", "account_inactive")
    found += posted(one, "") if one.page.locator("main form").count() else []
    one.go(reverse("account_login"))
    found += posted(one, reverse("account_request_login_code"), email="eve@host.example")
    found += posted(one, "", code="WRONG")
    found += walk(own, "home", "open", "account_email", "account_logout", "mfa_index")
    assert "\n".join(found) == ""


def test_what_is_empty(visitor, arrive, installation):
    place = make_place("una")
    place.update.delete()
    host, friend, guest = visitor(place.host.person), visitor(place.moderator.person), arrive(place.token)
    space = place.space.pk
    found = walk(
        host,
        *(
            (name, space)
            for name in (
                "host_home",
                "host_came",
                "host_away",
                "host_updates",
                "host_people",
                "host_circles",
                "host_looked_in",
                "host_export",
            )
        ),
    )
    found += walk(
        friend,
        *(
            (name, space)
            for name in (
                "moderator_home",
                "moderator_alike",
                "moderator_objections",
                "moderator_notes",
                "moderator_senders",
            )
        ),
    )
    found += walk(guest, ("guest_home", space), ("guest_mine", space))
    stranger = visitor(Person.objects.create_user("stranger@host.example"))
    assert "\n".join(found + walk(stranger, "home", "open") + walk(visitor(), "help")) == ""


def test_what_goes_wrong(visitor, installation, rf):
    one = visitor()
    pages = [
        errors.not_found(rf.get("/")),
        errors.failed(rf.get("/")),
        errors.csrf(rf.get("/")),
        errors.bad_request(rf.get("/")),
    ]
    found = walk(one, ("ask", uuid4()), status=404)
    for page in pages:
        one.go("/privacy/")
        one.page.set_content(page.content.decode().replace('href="/static', f'href="{one.url}/static'))
        found += look(one)
    assert "\n".join(found) == ""


def test_the_first_run(visitor, transactional_db):
    Installation.objects.all().delete()
    one = visitor()
    found = walk(one, "setup")
    found += posted(one, "", code="wrong", email="op@operator.example")
    op = Person.objects.create_user("op@operator.example", is_operator=True)
    found += walk(one, "setup")
    assert "\n".join(found + walk(visitor(op), "setup", "operator_countries", "operator_helplines")) == ""


def test_a_demo_has_doors(visitor, installation, settings):
    settings.BESIDE_DEMO = True
    links = demo.links()
    one = visitor()
    assert resolve(urlsplit(links.friend).path).url_name == "demo"
    one.go(links.friend)
    assert "\n".join(look(one)) == ""


def test_no_page_is_left_out():
    named = set(re.findall(r'"(\w+)"', Path(__file__).read_text(encoding="utf-8")))
    assert sorted({name for name, view, _ in ROUTES if "GET" in view.methods} - NO_PAGES - named) == []
