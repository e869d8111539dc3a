"""The place for people whose language is written from right to left."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.flows.filled import Filled, fill
from tests.flows.visitor import DESKTOP, PHONE, Visitor


@pytest.fixture
def filled(place, operator) -> Filled:
    return fill(place, operator)


def turned(one: Visitor, name: str, *parts: object) -> list[str]:
    """What does not fit on a page that runs from right to left."""
    page = one.go(reverse(name, args=parts))
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.locator("h1").evaluate("one => getComputedStyle(one).direction") == "rtl"
    found = []
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        found += one.ill_fitting()
    return found + one.accessible(("light",))


def test_pages_run_from_right_to_left_and_fit(visitor, arrive, filled):
    space = filled.space.pk
    guest = arrive(filled.place.token, locale="ar")
    found = turned(guest, "guest_home", space) + turned(guest, "guest_mine", space)
    host = visitor(filled.host.person, locale="ar")
    for name in ("host_home", "host_came", "host_people", "host_rules", "host_pause"):
        found += turned(host, name, space)
    friend = visitor(filled.joan.person, locale="ar")
    found += turned(friend, "moderator_home", space)
    assert found == []


def test_words_run_as_their_own_writing_does(arrive, place):
    place.update.body = "نور، نحبك دائما."
    place.update.save()
    guest = arrive(place.token)
    words = guest.page.get_by_text("نحبك").first
    assert words.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert guest.page.evaluate("document.documentElement.dir") == "ltr"
    guest.press("Write a few words")
    box = guest.page.locator("textarea")
    assert box.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
