"""What a guest reads: what is theirs to read, the newest first, covered where the host covered it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from beside.space.models import Audience, Circle, Fate, Guest, Host, Message, Photo, State, Update, Version
from beside.space.verbs import let_in, receive, share

KIND = "I am so sorry. We are thinking of you."


def _text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def _share(place, body, **how) -> Update:
    update = share.draft(host=place.host, body=body)
    share.publish(host=place.host, update=update, **{"audience": Audience.GUESTS, **how})
    return update


@pytest.mark.django_db
def test_only_what_is_for_this_guest_the_newest_first(place, other, as_guest):
    circle = Circle.objects.create(space=place.space, name="Choir")
    family = Circle.objects.create(space=place.space, name="Family")
    place.guest.circles.add(circle)
    _share(place, "For the choir", audience=Audience.CIRCLES, circles=[circle])
    _share(place, "For the family", audience=Audience.CIRCLES, circles=[family])
    _share(place, "For herself", audience=Audience.ONLY_ME)
    share.draft(host=place.host, body="A draft")
    taken_back = _share(place, "Taken back")
    share.withdraw(host=place.host, update=taken_back)
    page = _text(as_guest.get(f"/g/{place.space.pk}/"))
    assert page.index("For the choir") < page.index("We lost our daughter")
    assert not [body for body in ("family", "herself", "draft", "Taken", "zoe", "Zoe") if body in page]


@pytest.mark.django_db
def test_an_update_of_elsewhere_is_the_same_as_none(place, other, as_guest):
    hidden = _share(place, "For herself", audience=Audience.ONLY_ME)
    answers = [as_guest.get(f"/g/{place.space.pk}/u/{pk}/") for pk in (other.update.pk, hidden.pk, uuid4())]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert as_guest.get(f"/g/{other.space.pk}/").status_code == 404
    assert Client().get(f"/g/{place.space.pk}/").status_code == 404


@pytest.mark.django_db
def test_photos_are_covered_in_her_words_unless_she_left_them_open(place, as_guest):
    facts = {"space": place.space, "update": place.update, "width": 10, "height": 20, "size": 1}
    named = Photo.objects.create(**facts, file="a", cover_words="This is our girl.", alt="Small hands")
    plain = Photo.objects.create(**facts, file="b")
    shown = Photo.objects.create(**facts, file="c", covered=False, cover_words="Not needed")
    page = as_guest.get(f"/g/{place.space.pk}/").content.decode()
    assert f'<summary>This is our girl.</summary><img src="/photo/{named.pk}/" alt="Small hands"' in page
    assert f'<summary>A photo. Open when you like.</summary><img src="/photo/{plain.pk}/"' in page
    assert f'<p class="photo"><img src="/photo/{shown.pk}/"' in page
    assert "Not needed" not in page


@pytest.mark.django_db
def test_others_replies_are_there_only_where_she_shares_them(place, as_guest):
    bea, _ = let_in.invite(host=place.host, name="Bea")
    receive.receive(guest=bea, update=place.update, text=KIND)
    receive.receive(guest=bea, update=place.update, text="At least it was early.")
    receive.receive(guest=place.guest, update=place.update, text="Mine: so sorry for your loss.")
    pages = [f"/g/{place.space.pk}/", f"/g/{place.space.pk}/u/{place.update.pk}/"]
    assert not [page for page in pages if KIND in _text(as_guest.get(page))]
    share.publish(host=place.host, update=place.update, audience="guests", shares_replies=True)
    for page in pages:
        words = _text(as_guest.get(page))
        assert [KIND in words, "early" in words, "Mine" in words] == [True, False, False]
        assert not re.search(r"\b[0-9]+ (repl|message|word)", words)


@pytest.mark.django_db
def test_the_baby_goes_by_the_hosts_words(place, as_guest):
    found = {}
    place.space.baby_name = "Noor"
    for words in ("daughter", "name", "none"):
        place.space.words = words
        place.space.save()
        found[words] = re.search(
            r"Light a candle[\w ]*", _text(as_guest.get(f"/g/{place.space.pk}/"))
        ).group()
    assert {name: text.strip() for name, text in found.items()} == {
        "daughter": "Light a candle for their daughter Send a heart Offer something that helps",
        "name": "Light a candle for Noor Send a heart Offer something that helps",
        "none": "Light a candle Send a heart Offer something that helps",
    }


@pytest.mark.django_db
def test_guidance_holds_beginnings_and_no_message(place, as_guest):
    response = as_guest.get(f"/g/{place.space.pk}/what-to-say/?update={place.update.pk}")
    page = response.content.decode()
    assert "I am so sorry that …" in page
    assert "<textarea" not in page
    assert f'href="/g/{place.space.pk}/u/{place.update.pk}/"' in page
    assert as_guest.get(f"/g/{place.space.pk}/what-to-say/?update=nonsense").status_code == 404


@pytest.mark.django_db
def test_a_blocked_guest_reads_and_has_no_form_and_no_tap(place, as_guest):
    Guest.objects.filter(pk=place.guest.pk).update(blocked_at=timezone.now())
    for page in ("", f"u/{place.update.pk}/", "help/"):
        response = as_guest.get(f"/g/{place.space.pk}/{page}")
        assert (response.status_code, "<form" in response.content.decode()) == (200, False)
        assert "Writing to this space is not open to you at the moment" in _text(response)
    assert "We lost our daughter" in _text(as_guest.get(f"/g/{place.space.pk}/"))


@pytest.mark.django_db
def test_a_pause_is_told_before_writing(place, as_guest):
    Host.objects.filter(pk=place.host.pk).update(paused_since=timezone.now())
    for page in ("", f"u/{place.update.pk}/", "help/"):
        words = _text(as_guest.get(f"/g/{place.space.pk}/{page}"))
        assert "For a while nothing is shown to Ada. You can write; it waits here" in words


@pytest.mark.django_db
def test_without_an_update_there_is_still_a_way_to_write(place, as_guest):
    share.withdraw(host=place.host, update=place.update)
    page = as_guest.get(f"/g/{place.space.pk}/").content.decode()
    assert f'action="/g/{place.space.pk}/write/"' in page
    sent = as_guest.post(f"/g/{place.space.pk}/write/", {"text": KIND})
    assert (sent.status_code, Message.objects.get().update) == (302, None)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["x", "0", "-1", "9" * 30, "²", "3"])
def test_any_page_number_is_met(place, as_guest, page):
    assert as_guest.get(f"/g/{place.space.pk}/", {"page": page}).status_code == 200


@pytest.mark.django_db
def test_older_updates_are_a_page_away(place, as_guest):
    for number in range(12):
        _share(place, f"Day {number:02}")
    first, second = (_text(as_guest.get(f"/g/{place.space.pk}/?page={page}")) for page in (1, 2))
    assert ("Day 11" in first, "Day 02" in first, "Day 01" in first, "Older" in first) == (
        True,
        True,
        False,
        True,
    )
    assert ("Day 01" in second, "We lost our daughter" in second, "Newer" in second) == (True, True, True)


def _crowd(place, count: int) -> None:
    """Delivered replies of another guest, as many as that."""
    bea, _ = let_in.invite(host=place.host, name="Bea")
    first = receive.receive(guest=bea, update=place.update, text=KIND)
    fate, reading = first.fates.get(), first.versions.get().reading
    facts = {"space": place.space, "update": place.update, "guest": bea, "sender": "Bea"}
    found = Message.objects.bulk_create(Message(**facts) for _ in range(count))
    versions = (Version(space=place.space, message=one, body=KIND, reading=reading) for one in found)
    Version.objects.bulk_create(versions)
    rest = {"host": place.host, "state": State.DELIVERED, "labels": fate.labels, "shareable": True}
    Fate.objects.bulk_create(Fate(message=one, **rest) for one in found)


@pytest.mark.django_db
def test_a_thousand_replies_cost_what_sixty_do(place, as_guest):
    share.publish(host=place.host, update=place.update, audience="guests", shares_replies=True)
    for number in range(11):
        _share(place, f"Day {number}", shares_replies=True)
    Update.objects.filter(pk=place.update.pk).update(published_at=timezone.now() + timedelta(seconds=1))
    pages = [f"/g/{place.space.pk}/", f"/g/{place.space.pk}/u/{place.update.pk}/"]
    _crowd(place, 60)
    few = [_cost(as_guest, page) for page in pages]
    _crowd(place, 1000)
    many = [_cost(as_guest, page) for page in pages]
    assert [cost for cost, _ in many] == [cost for cost, _ in few]
    assert max(cost for cost, _ in many) <= 15
    for page in pages:
        response = as_guest.get(page)
        assert response.content.decode().count(KIND) == 50
    assert sorted(seconds for _, seconds in many)[0] < 0.6  # a safe bound; the figure is measured elsewhere


def _cost(client, page) -> tuple[int, float]:
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        client.get(page)
    return len(queries), time.perf_counter() - began


@pytest.mark.django_db
@pytest.mark.parametrize(("operator", "host"), [(True, True), (True, False), (False, True)])
def test_the_quick_exit_is_there_where_both_want_it(place, installation, as_guest, operator, host):
    type(installation).objects.update(quick_exit=operator)
    type(place.space).objects.update(quick_exit=host)
    words = _text(as_guest.get(f"/g/{place.space.pk}/"))
    assert ("Leave this page now" in words) == (operator and host)
