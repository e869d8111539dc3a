"""What a guest sends, and what they are told before and after; every word of it without a script."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import Guest, Helpline, Host, Limit, Message, Outbox, Version
from beside.space.verbs import let_in, receive
from beside.space.web import guest_writing

KIND = "I am so sorry. We are thinking of you."
HURT = "I am so sorry.\nAt least it was early."
DANGER = "I do not want to live any more"


def _text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def _write(client, place, text, **more):
    return client.post(f"/g/{place.space.pk}/write/", {"text": text, "update": place.update.pk, **more})


def _hidden(response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: html.unescape(value) for name, value in found}


@pytest.mark.django_db
def test_three_clicks_from_the_link_to_a_sent_message(place, client):
    button = client.get(f"/in/{place.token}/")
    assert '<form method="post">' in button.content.decode()
    home = client.post(f"/in/{place.token}/", follow=True)  # one
    link = re.search(r'class="button" href="([^"]+)">Write a few words', home.content.decode()).group(1)
    page = client.get(link)  # two
    action = re.search(r'<form method="post" action="([^"]+/write/)"', page.content.decode()).group(1)
    sent = client.post(action, {**_hidden(page), "text": KIND}, follow=True)  # three
    assert "It has arrived. Ada can read it whenever the time is right." in _text(sent)
    message = Message.objects.get()
    assert (message.update, message.sender, message.versions.get().body) == (place.update, "Tomasz", KIND)


@pytest.mark.django_db
def test_a_hurt_is_met_before_it_is_sent_and_nothing_is_kept(place, as_guest):
    page = _write(as_guest, place, HURT.replace("\n", "\r\n"))
    words = _text(page)
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", page.content.decode(), re.S))
    assert ("At least it was early" in marked, "sorry" in marked) == (True, False)
    assert "Words that compare or hurry the grief can hurt." in words
    for choice in ("Say it in other words", "Let a friend read it first", "Keep quiet for now"):
        assert choice in words
    assert not re.search(r"\d\.\d|threshold|score|minimizing", words)
    assert _hidden(page)["text"] == HURT
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_rephrased_it_is_looked_at_again(place, as_guest):
    nudged = _write(as_guest, place, HURT)
    back = as_guest.post(f"/g/{place.space.pk}/write/", {**_hidden(nudged), "choice": "rephrase"})
    assert "I am so sorry.\nAt least it was early.</textarea>" in html.unescape(back.content.decode())
    assert "These words" in _text(_write(as_guest, place, HURT))
    assert _write(as_guest, place, KIND).status_code == 302
    assert Version.objects.get().body == KIND


@pytest.mark.django_db
def test_a_friend_may_read_it_first(place, as_guest):
    nudged = _write(as_guest, place, HURT)
    sent = as_guest.post(f"/g/{place.space.pk}/write/", {**_hidden(nudged), "choice": "friend"}, follow=True)
    message = Message.objects.get()
    assert (message.to_friend_first, message.update, message.fates.get().state) == (
        True,
        place.update,
        "held",
    )
    assert "A friend reads it next and decides." in _text(sent)


@pytest.mark.django_db
def test_quiet_keeps_nothing(place, as_guest):
    nudged = _write(as_guest, place, HURT)
    page = as_guest.post(f"/g/{place.space.pk}/write/", {**_hidden(nudged), "choice": "quiet"}, follow=True)
    assert "Nothing was sent, and nothing was kept." in _text(page)
    assert "early" not in page.content.decode()
    assert (Message.objects.count(), Version.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_over_the_limit_there_is_no_nudge_and_the_gate_holds_as_ever(place, as_guest):
    _write(as_guest, place, HURT)
    Limit.objects.filter(what="nudge").update(left=0)
    sent = _write(as_guest, place, HURT)
    assert sent.status_code == 302
    assert [(fate.state, fate.codes) for fate in Message.objects.get().fates.all()] == [
        ("held", ["minimizing"])
    ]


@pytest.mark.django_db
def test_writing_is_limited_and_the_words_are_not_lost(place, as_guest, monkeypatch):
    monkeypatch.setattr(guest_writing, "BURST", 1)
    assert _write(as_guest, place, KIND).status_code == 302
    over = _write(as_guest, place, "Thinking of you & yours tonight.")
    assert (over.status_code, over["Retry-After"]) == (429, "180")
    assert "Thinking of you &amp; yours tonight.</textarea>" in over.content.decode()
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_danger_is_met_with_help_first_without_a_nudge(place, as_guest):
    facts = {"checked_on": "2026-01-01", "is_crisis": True}
    Helpline.objects.create(country="GB", service="Somebody Listens", number="111 222", **facts)
    Helpline.objects.create(country="IE", service="Also There", number="333 444", **facts)
    Helpline.objects.create(country="GB", service="Unconfirmed", number="999 999", is_crisis=True)
    sent = _write(as_guest, place, DANGER)
    assert sent.status_code == 302
    words = _text(as_guest.get(sent.url))
    order = [
        "call the emergency services",
        "111 222",
        "Nobody may be watching this page now",
        "It was received",
    ]
    places = [words.index(some) for some in order]
    assert places == sorted(places)
    assert not [some for some in ("999 999", "333 444", "hurt.", "not passed on") if some in words]
    picked = _text(as_guest.get(sent.url, {"country": "IE"}))
    assert ("333 444" in picked, "111 222" in picked) == (True, False)
    assert "no helpline has been confirmed" in _text(as_guest.get(sent.url, {"country": "FR"}))
    own = _text(as_guest.get(f"/g/{place.space.pk}/mine/{Message.objects.get().pk}/"))
    assert own.index("111 222") < own.index("Where it is")


@pytest.mark.django_db
def test_the_guests_own_country_comes_before_the_spaces(place, as_guest):
    Helpline.objects.create(country="IE", service="Also There", number="333 444", checked_on="2026-01-01")
    Guest.objects.filter(pk=place.guest.pk).update(country="IE")
    assert "333 444" in _text(as_guest.get(_write(as_guest, place, DANGER).url))


@pytest.mark.django_db
def test_danger_is_met_by_help_over_every_limit(place, as_guest):
    _write(as_guest, place, KIND)
    Limit.objects.filter(what="nudge").update(left=0)
    assert "Please stay a moment" in _text(as_guest.get(_write(as_guest, place, DANGER).url))


@pytest.mark.django_db
def test_a_pause_is_told_after_writing_too(place, as_guest):
    Host.objects.filter(pk=place.host.pk).update(paused_since=timezone.now())
    sent = as_guest.get(_write(as_guest, place, KIND).url)
    assert "Nothing is shown to Ada for a while; it waits until then." in _text(sent)


@pytest.mark.django_db
def test_help_on_a_day_reaches_the_host(place, as_guest):
    day = timezone.localdate() + timedelta(days=2)
    url = f"/g/{place.space.pk}/help/"
    assert as_guest.get(url).status_code == 200
    past = as_guest.post(
        url, {"text": "Soup at your door.", "help_on": timezone.localdate() - timedelta(days=1)}
    )
    assert "This day is over." in _text(past)
    assert not Message.objects.exists()
    as_guest.post(url, {"text": "I will bring soup to your door.", "help_on": day})
    offer = Message.objects.get()
    assert (offer.kind, offer.help_on, offer.fates.get().state) == ("offer", day, "delivered")
    nudged = as_guest.post(url, {"text": "At least it was early, I will bring soup.", "help_on": day})
    assert _hidden(nudged)["help_on"] == day.isoformat()
    as_guest.post(url, {**_hidden(nudged), "choice": "friend"})
    assert Message.objects.latest("received_at").help_on == day


@pytest.mark.django_db
def test_a_candle_and_a_heart_take_one_tap_each(place, as_guest):
    for what in ("candle", "heart", "candle"):
        tapped = as_guest.post(f"/g/{place.space.pk}/{what}/", {"update": place.update.pk}, follow=True)
        assert tapped.status_code == 200
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["candle", "heart"]
    page = as_guest.get(f"/g/{place.space.pk}/").content.decode()
    assert ("Your candle is lit." in page, "/candle/" in page, "/heart/" in page) == (True, False, False)


@pytest.mark.django_db
def test_taps_are_limited(place, as_guest):
    as_guest.post(f"/g/{place.space.pk}/candle/")
    Limit.objects.filter(what="tap").update(left=0)
    over = as_guest.post(f"/g/{place.space.pk}/heart/")
    assert (over.status_code, over["Retry-After"]) == (429, "180")


@pytest.mark.django_db
def test_a_blocked_guest_can_neither_write_nor_tap(place, as_guest):
    own = receive.receive(guest=place.guest, update=place.update, text=KIND)
    Guest.objects.filter(pk=place.guest.pk).update(blocked_at=timezone.now())
    asked = {"text": KIND, "update": place.update.pk, "help_on": timezone.localdate(), "choice": "friend"}
    for page in ("write/", "help/", "candle/", "heart/", f"mine/{own.pk}/change/"):
        answer = as_guest.post(f"/g/{place.space.pk}/{page}", asked)
        assert (answer.status_code, answer.url) == (302, f"/g/{place.space.pk}/")
    assert (Message.objects.count(), Version.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_nothing_is_written_to_what_the_guest_may_not_read(place, other, as_guest):
    for update in (other.update.pk, "nonsense"):
        for page in ("write/", "candle/", "heart/"):
            answer = as_guest.post(f"/g/{place.space.pk}/{page}", {"text": KIND, "update": update})
            assert answer.status_code == 404
    assert as_guest.post(f"/g/{other.space.pk}/write/", {"text": KIND}).status_code == 404
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_what_cannot_be_sent_is_said_beside_the_field(place, as_guest):
    for text, sentence in (("  ", "There are no words yet."), ("a" * 20_481, "Please send it in two parts.")):
        page = _write(as_guest, place, text)
        assert sentence in _text(page)
        assert 'aria-invalid="true"' in page.content.decode()
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> so sorry, thinking of you", '"><img src=x> at least it was early']
)
def test_words_are_words(place, as_guest, text):
    nudged = _write(as_guest, place, text)
    pages = [nudged, _write(as_guest, place, text, choice="friend")]
    pages += [as_guest.get(pages[1].url), as_guest.get(f"/g/{place.space.pk}/mine/")]
    pages.append(as_guest.get(f"/g/{place.space.pk}/mine/{Message.objects.latest('received_at').pk}/"))
    assert not [
        page for page in pages if "<script" in page.content.decode() or "<img" in page.content.decode()
    ]


@pytest.mark.django_db
def test_a_forged_form_from_elsewhere_is_refused(place):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/in/{place.token}/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode()).group(1)
    assert client.post(f"/in/{place.token}/").status_code == 403
    assert client.post(f"/in/{place.token}/", {"csrfmiddlewaretoken": token}).status_code == 302
    assert _write(client, place, KIND).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_the_sent_page_of_somebody_else_is_not_there(place, other, as_guest):
    bea, _ = let_in.invite(host=place.host, name="Bea")
    for guest, update in ((bea, place.update), (other.guest, other.update)):
        message = receive.receive(guest=guest, update=update, text=KIND)
        for page in ("sent", "mine"):
            assert as_guest.get(f"/g/{place.space.pk}/{page}/{message.pk}/").status_code == 404


@pytest.mark.django_db
def test_people_are_alerted_of_danger_and_the_host_is_not(place, as_guest):
    _write(as_guest, place, DANGER)
    urgent = {row.to for row in Outbox.objects.filter(kind="urgent")}
    assert urgent == {"safe@operator.example", "friend-of-ada@mod.example"}
    assert "ada@host.example" not in {row.to for row in Outbox.objects.all()}
