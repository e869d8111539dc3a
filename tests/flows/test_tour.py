"""The pictures of docs/tour.md, made anew by `BESIDE_SHOTS=1 pytest tests/flows/test_tour.py`.
Without BESIDE_SHOTS the tour is walked all the same, so that no picture can show what is not there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from beside.space.models import Helpline, Installation, Person
from beside.space.verbs import inbox, let_in, open_space, receive, share
from tests.flows.photos import add_photo
from tests.flows.visitor import Visitor
from tests.space.conftest import Place

DOCS = Path(__file__).parents[2] / "docs"
MOST, LARGEST = 12, 80_000
PHONE = {"viewport": {"width": 390, "height": 800}, "device_scale_factor": 1.5}
DESKTOP = {"viewport": {"width": 1000, "height": 640}}
TELLING = (
    "Our daughter Noor was born on Thursday evening, at 31 weeks. She did not live. She has Sam’s chin and a "
    "great deal of dark hair.\n\nWe are home. If you want to write, please do; we will read when we can."
)
KIND = {
    "Aunt Bea": "My darlings. There is soup on the step, and more on Thursday. No need to come out.",
    "Tomasz": "Oh Mira. Noor. I have said her name out loud in the kitchen. I am so sorry.",
}
HURT = {
    "Colin": "So sorry for your loss. At least you are both young, you can try again.",
    "Gwen": "What went wrong, did the doctors say? You were working very hard, weren’t you",
}
DANGER = "I lost mine in spring and nobody knows. I don’t want to be here any more."


@pytest.fixture
def shot() -> Callable[[Visitor, str], None]:
    """Makes one picture, and remembers its name."""
    made = []

    def take(one: Visitor, name: str) -> None:
        made.append(name)
        picture = one.picture()
        assert len(picture) < LARGEST, (name, len(picture))
        if os.environ.get("BESIDE_SHOTS"):
            (DOCS / "tour").mkdir(exist_ok=True)
            (DOCS / "tour" / f"{name}.png").write_bytes(picture)

    yield take
    named = re.findall(r"\]\(tour/([\w-]+)\.png\)", (DOCS / "tour.md").read_text(encoding="utf-8"))
    assert sorted(named) == sorted(made)
    assert len(made) <= MOST
    assert sorted(path.stem for path in (DOCS / "tour").iterdir()) == sorted(made)


@pytest.fixture
def mira(installation) -> Place:
    """A made-up space with what made-up people wrote."""
    Installation.objects.update(name="A quiet place")
    person = Person.objects.create_user("mira@host.example", may_open_spaces=True)
    about = {"words": "daughter", "baby_name": "Noor", "title": "Noor", "country": "GB"}
    host = open_space.open_space(person=person, name="Mira", **about)
    _, asked = open_space.ask_moderator(host=host, name="Joan", email="joan@mod.example")
    joan = open_space.accept_moderating(token=asked, person=Person.objects.create_user("joan@mod.example"))
    update = share.draft(host=host, body=TELLING)
    share.publish(host=host, update=update, audience="guests", shares_replies=True)
    guest, token = let_in.invite(host=host, name="Dele")
    place = Place(host.space, host, joan, guest, token, update)
    add_photo(place, words="This is Noor. Open when you like.")
    for name, text in {**KIND, **HURT}.items():
        receive.receive(guest=let_in.invite(host=host, name=name)[0], update=update, text=text)
    return place


def test_the_tour(visitor, mira, operator, helplines, shot):
    _as_guest(visitor, mira, shot)
    _as_host(visitor, mira, shot)
    _as_friend(visitor, mira, shot)
    _as_operator(visitor, operator, shot)


def _as_guest(visitor, place, shot):
    one = visitor(**PHONE)
    one.go(f"/in/{place.token}/")
    shot(one, "guest-link-phone")
    one.press("Come in")
    shot(one, "guest-reads-phone")
    one.press("Write a few words")
    one.fill("Your words", "I am so sorry, Mira. At least it was early, and everything happens for a reason.")
    one.press("Send")
    one.reads("These words")
    shot(one, "guest-nudge-phone")
    one.press("Say it in other words")
    one.fill("Your words", DANGER)
    one.press("Send")
    one.reads("You first")
    shot(one, "guest-help-phone")


def _as_host(visitor, place, shot):
    one, wide = (visitor(place.host.person, **size) for size in (PHONE, DESKTOP))
    space = place.space.pk
    one.go(f"/h/{space}/open/faith/")
    shot(one, "host-question-phone")
    one.go(f"/h/{space}/")
    shot(one, "host-home-phone")
    letters = inbox.came(host=place.host).letters
    inbox.heart(host=place.host, message=letters[-1].message)
    wide.go(f"/h/{space}/came/")
    wide.reads(*KIND)
    shot(wide, "host-reads-desktop")
    one.page.emulate_media(color_scheme="dark")
    one.go(f"/h/{space}/write/")
    one.fill("Your words", "Thank you all. We read every line.\n\nThe funeral is on Friday, only for us.")
    one.page.get_by_label("Your words").blur()
    one.reads("Saved at")
    shot(one, "host-writes-phone")


def _as_friend(visitor, place, shot):
    one, wide = visitor(place.moderator.person, **PHONE), visitor(place.moderator.person, **DESKTOP)
    wide.go(f"/m/{place.space.pk}/")
    wide.reads("Somebody may be in danger.", *HURT)
    shot(wide, "friend-queue-desktop")
    one.go(f"/m/{place.space.pk}/")
    one.press("Other ways on: other words, a note, the sender", one.page.locator("article", has_text="Colin"))
    one.open("Ask for other words")
    shot(one, "friend-message-phone")


def _as_operator(visitor, operator, shot):
    one = visitor(operator, **DESKTOP)
    Helpline.objects.exclude(checked_on=None).update(checked_by="Ola")
    one.go("/setup/helplines/")
    shot(one, "operator-helplines-desktop")
    one.go("/operator/")
    shot(one, "operator-home-desktop")
