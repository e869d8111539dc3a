"""No page, mail or answer tells a guest what a host chose for herself.

Two guests go through everything there is, in spaces that differ in nothing but what the host answered about
prayer, others' losses, later babies, advice and questions. All that they are shown must be the same, byte for
byte, but for the names of rows, tokens and times of the clock.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import count as numbers

import pytest
from django.test import Client
from django.utils import timezone

from beside.codebook import LABELS, Group
from beside.gate.policy import PRESETS
from beside.space.models import Fate, Guest, Host, Outbox, Person, Space, State
from beside.space.verbs import let_in, open_space, review, share
from beside.space.verbs.wanted import Unwanted, due
from tests.conftest import count

CHOICES = [label.name for label in LABELS if label.group is Group.HOST_CHOICE]
KIND = "I am so sorry. We are thinking of you."
PLAIN = "I will bring soup on Thursday."
TEXTS = (
    KIND,
    "Praying for you and your little one.",
    "You should rest and drink raspberry leaf tea.",
    "What did you name her?",
    "Would soup or curry be better?",
    "I am so sorry. My sister is expecting in May.",
    "We lost our son too, two years ago. So sorry.",
    "First!",
    PLAIN,
    "I am praying for you. At least it was early.",
    "You are stupid",
    "I do not want to live any more",
    "Dzień dobry, bardzo mi przykro z powodu twojej straty",
)
RULES = ("welcome", "hold", "decline")
TOGETHER = {
    **{f"all={rule}": {"labels": dict.fromkeys(CHOICES, rule)} for rule in RULES},
    **{name: {"preset": name} for name in PRESETS if name != "support only"},
}
SETTINGS = {
    **TOGETHER,
    **{f"{name}={rule}": {"labels": {name: rule}} for name in CHOICES for rule in RULES},
    "shared_loss=hold": {"labels": {"shared_loss": "hold"}},
}
_made = numbers()


class Journey:
    """One space and what its two guests were shown, step by step."""

    def __init__(self, rules: dict[str, object]) -> None:
        mark = next(_made)
        person = Person.objects.create_user(f"{mark}@host.example", may_open_spaces=True)
        self.host: Host = open_space.open_space(person=person, name="Ada", country="GB")
        self.space: Space = self.host.space
        _, token = open_space.ask_moderator(host=self.host, name="Friend", email=f"{mark}@mod.example")
        friend = Person.objects.create_user(f"{mark}@mod.example")
        self.moderator = open_space.accept_moderating(token=token, person=friend)
        open_space.set_rules(host=self.host, rules=rules)
        self.update = share.draft(host=self.host, body="We lost our daughter on Sunday.")
        share.publish(host=self.host, update=self.update, audience="guests", shares_replies=True)
        self.shown: list[tuple[str, int, str]] = []
        self.guests = [self._comes(name, f"{name}-{mark}@guest.example") for name in ("Tomasz", "Bea")]

    def _comes(self, name: str, email: str) -> tuple[Guest, Client]:
        guest, token = let_in.invite(host=self.host, name=name, email=email)
        client = Client()
        client.post(f"/in/{token}/")
        return guest, client

    def go(self) -> None:
        """Everything is written and looked at; then a friend has read what is only kind; then again."""
        for _, client in self.guests:
            for text in TEXTS:
                self._post(client, "write/", text=text, update=self.update.pk)
            for text in TEXTS[:3]:
                self._post(client, "write/", text=text, choice="friend")
            for tap in ("candle/", "heart/"):
                self._post(client, tap, update=self.update.pk)
            self._post(client, "help/", text="I will pray at your door with soup.", help_on=_tomorrow())
        self._look(*self.guests[0], own_only=True)
        self._friend_reads()
        for guest, client in self.guests:
            self._changes(guest, client)
            self._look(guest, client)

    def _changes(self, guest: Guest, client: Client) -> None:
        first, second, third, *_ = guest.messages.filter(kind="message").order_by("received_at", "pk")
        self._post(client, f"mine/{first.pk}/change/", text="Praying for you tonight, so sorry.")
        self._post(client, f"mine/{third.pk}/withdraw/")
        self._post(client, f"mine/{second.pk}/object/", why="It was kind")

    def _friend_reads(self) -> None:
        """What says nothing but comfort or help is delivered wherever it was held for her choices."""
        for fate in Fate.objects.filter(
            message__space=self.space, state=State.HELD, message__to_friend_first=False
        ):
            if set(fate.labels) <= {"comfort", "practical_help"} and fate.labels:
                message, seen = fate.message, {fate.pk: fate.revision}
                review.settle_held(moderator=self.moderator, message=message, outcome="deliver", seen=seen)

    def _look(self, guest: Guest, client: Client, *, own_only: bool = False) -> None:
        pages = ["help/", "what-to-say/", "mine/", "mine/?page=2", "settings/", "mine/erase/"]
        if not own_only:
            pages += ["", f"u/{self.update.pk}/"]
        for message in guest.messages.order_by("received_at", "pk"):
            pages += [f"mine/{message.pk}/", f"sent/{message.pk}/"]
        for page in pages:
            self._keep(page, client.get(f"/g/{self.space.pk}/{page}"))

    def _post(self, client: Client, page: str, **given: object) -> None:
        self._keep(page, client.post(f"/g/{self.space.pk}/{page}", given))

    def _keep(self, page: str, response) -> None:
        body = response.content.decode() + response.headers.get("Location", "")
        self.shown.append((_plain(page), response.status_code, _plain(body)))


def _plain(text: str) -> str:
    """Without what differs between any two rows: ids, tokens, the clock."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
    text = re.sub(r'datetime="[^"]+"', "datetime", text)
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", text)


def _tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def _walk(rules: dict[str, object]) -> Journey:
    journey = Journey(rules)
    journey.go()
    return journey


def _mails(journey: Journey) -> set[str]:
    """What is sent to the guests about their words, as it would be sent now."""
    told = set()
    addresses = [guest.email for guest, _ in journey.guests]
    for row in Outbox.objects.filter(space=journey.space, kind="sender_told"):
        try:
            due(row=row, now=timezone.now() + timedelta(days=30))
        except Unwanted:
            continue
        told.add(f"{addresses.index(row.to)} {row.kind}")
    return told


@pytest.mark.django_db
def test_all_settings_of_hers_show_guests_the_same(installation, monkeypatch):
    monkeypatch.setattr("beside.space.web.guest_writing.BURST", 1000)
    monkeypatch.setattr("beside.space.verbs.nudge.BURST", 1000)
    usual = _walk({})
    assert len(usual.shown) > 100
    assert {status for _, status, _ in usual.shown} == {200, 302, 404}
    assert PLAIN in next(body for page, _, body in reversed(usual.shown) if page == "")
    made_a_difference = set()
    tried = SETTINGS if count(1, 0) else TOGETHER
    for name, rules in tried.items():
        journey = _walk(rules)
        for expected, found in zip(usual.shown, journey.shown, strict=True):
            assert found == expected, name
        assert _mails(journey) == _mails(usual), name
        if _states(journey) != _states(usual):
            made_a_difference.add(name)
    assert len(made_a_difference) >= len(tried) / 2, "settings must have changed what the host is brought"


def _states(journey: Journey) -> list[str]:
    fates = Fate.objects.filter(message__space=journey.space).order_by("message__received_at", "message")
    return list(fates.values_list("state", flat=True))


@pytest.mark.django_db
def test_changing_her_mind_changes_nothing_that_guests_see(installation, monkeypatch):
    monkeypatch.setattr("beside.space.web.guest_writing.BURST", 1000)
    journey = _walk({})
    _, client = journey.guests[0]
    pages = [
        f"/g/{journey.space.pk}/{page}" for page in ("", f"u/{journey.update.pk}/", "mine/", "mine/?page=2")
    ]
    before = [_plain(client.get(page).content.decode()) for page in pages]
    for rules in SETTINGS.values():
        if rules.get("preset") != "quiet":  # it hides what was plain comfort too, from everybody
            open_space.set_rules(host=journey.host, rules=rules)
            assert [_plain(client.get(page).content.decode()) for page in pages] == before
