"""What holds for every page of a host: one heading, labels, nothing inline, nothing loud, nothing held."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from beside.space.models import Installation, Kind
from beside.space.verbs import circles, inbox, let_in, pause, receive, second_host, share
from beside.space.web.host_questions import ABOUT, OPENING, RULES

pytestmark = pytest.mark.django_db

KIND = "I am so sorry. I am thinking of you and holding you in my heart."
UNKIND = "At least you are young, you can try again."
_VOID = {"input", "meta", "link", "img", "br", "hr"}


class Page(HTMLParser):
    """The parts of a page that are looked at here."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.headings, self.labelled, self.fields, self.inline = [], [], set(), [], []
        self.texts, self._open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag not in _VOID:
            self._open.append(tag)
        self.ids += [known["id"]] if "id" in known else []
        self.headings += [int(tag[1])] if tag in ("h1", "h2", "h3") else []
        if tag == "label":
            self.labelled.add(known.get("for"))
        if tag in ("input", "select", "textarea") and known.get("type") != "hidden":
            self.fields.append(known.get("id"))
        self.inline += [name for name in known if name == "style" or name.startswith("on")]
        if tag in ("script", "style") and "src" not in known:
            self.inline.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if self._open and self._open[-1] not in ("script", "style", "textarea"):
            self.texts.append(data)


@pytest.fixture
def addresses(place):
    """Every page of hers that can be looked at, with something on it."""
    host, update = place.host, place.update
    receive.receive(guest=place.guest, text=KIND, update=update)
    receive.receive(guest=place.guest, text=UNKIND, update=update)
    receive.receive(guest=place.guest, update=update, kind=Kind.CANDLE)
    away = receive.receive(guest=place.guest, text=f"Away. {KIND}", update=update)
    inbox.put_away(host=host, message=away)
    offer = "I would love to bring soup to your door on Thursday."
    receive.receive(guest=place.guest, text=offer, kind=Kind.OFFER, help_on=timezone.localdate())
    let_in.ask(space=place.space, name="Nora", email="", note="I am so sorry. May I read along?")
    circle = circles.make(host=host, name="Family")
    draft = share.draft(host=host, body="A draft.")
    _, token = second_host.ask(host=host, name="Sam", email="sam@host.example")
    space = place.space.pk
    plain = (
        "home came away updates write people invite circles rules space pause quiet_hours notices friends "
        "ask_friend nobody safety second leave erase"
    )
    found = [reverse(f"host_{name}", args=[space]) for name in plain.split()]
    found += [reverse("open_step", args=[space, step]) for step in OPENING]
    found += [reverse("host_rule", args=[space, what]) for what in RULES]
    found += [reverse("host_about", args=[space, what]) for what in ABOUT]
    for one in (update, draft):
        found += [
            reverse(f"host_{name}", args=[space, one.pk])
            for name in ("update", "edit", "photos", "share", "withdraw", "discard")
        ]
    found += [reverse(f"host_{name}", args=[space, circle.pk]) for name in ("circle", "circle_away")]
    found += [
        reverse(f"host_{name}", args=[space, place.guest.pk]) for name in ("person", "new_link", "revoke")
    ]
    found += [reverse("host_answer", args=[space, away.pk]), reverse("open_done", args=[space])]
    found += [reverse("host_thank_friend", args=[space, place.moderator.pk]), reverse("open")]
    return [*found, reverse("host_invitation", args=[token])]


def test_every_page_is_sound(addresses, as_host):
    Installation.objects.update(quick_exit=True)
    for address in addresses:
        response = as_host.get(address)
        assert response.status_code == 200, address
        page = Page(response.content.decode())
        assert page.headings[0] == 1, address
        assert page.headings.count(1) == 1, address
        assert all(
            after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)
        ), address
        assert sorted(set(page.ids)) == sorted(page.ids), address
        assert [field for field in page.fields if field not in page.labelled] == [], address
        assert page.inline == [], address


def test_no_page_is_loud_or_counts(addresses, as_host):
    for address in addresses:
        text = " ".join(Page(as_host.get(address).content.decode()).texts)
        assert "!" not in text, address
        assert "moderator" not in text.lower(), address
        assert UNKIND not in text, address


def test_paused_and_in_quiet_hours_the_pages_are_sound_too(place, as_host):
    pause.pause(host=place.host)
    for name in ("home", "came", "pause"):
        page = Page(as_host.get(reverse(f"host_{name}", args=[place.space.pk])).content.decode())
        assert page.headings.count(1) == 1


def test_nothing_held_shows_anywhere(place, as_host):
    """Two spaces that differ in what is held alone look the same to the host."""
    names = ("home", "came", "away", "people", "updates", "space", "friends", "rules")
    before = [_shown(as_host, place, name) for name in names]
    for _ in range(3):
        receive.receive(guest=place.guest, text=UNKIND, update=place.update)
    let_in.ask(space=place.space, name="Nora", email="", note="This is your own fault.")
    assert [_shown(as_host, place, name) for name in names] == before


def _shown(client, place, name):
    text = client.get(reverse(f"host_{name}", args=[place.space.pk])).content.decode()
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]
