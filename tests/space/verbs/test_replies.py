"""Other guests see what was delivered to every host, and nothing by which they could tell what she chose."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from beside.gate.policy import PRESETS
from beside.space.models import Fate, Kind, Message, Person, State
from beside.space.verbs import let_in, open_space, receive, review, share
from beside.space.verbs.replies import of_others

KIND = "I am so sorry. We are thinking of you."
HERS = {
    "Praying for you and your little one.": "faith",
    "We lost our son too, two years ago. So sorry.": "shared_loss",
    "I am so sorry. My sister is expecting in May.": "other_pregnancy",
}


@pytest.fixture
def shared(place):
    """The update shares replies; `place.reader` is the guest who reads them."""
    share.publish(host=place.host, update=place.update, audience="guests", shares_replies=True)
    place.reader, _ = let_in.invite(host=place.host, name="Bea")
    return place


def _write(place, text, guest=None, **facts) -> Message:
    return receive.receive(guest=guest or place.guest, update=place.update, text=text, **facts)


def _seen(place, guest=None) -> list[tuple[str, str]]:
    place.update.refresh_from_db()
    found, _ = of_others(guest=guest or place.reader, updates=[place.update])
    return [(reply.sender, reply.text) for reply in found]


def _friend_delivers(place, message) -> None:
    seen = {fate.pk: fate.revision for fate in message.fates.filter(state=State.HELD)}
    if seen:
        review.settle_held(moderator=place.moderator, message=message, outcome="deliver", seen=seen)


@pytest.mark.django_db
def test_a_kind_message_is_seen_by_others_and_not_twice_by_its_sender(shared):
    _write(shared, KIND)
    assert (_seen(shared), _seen(shared, shared.guest)) == ([("Tomasz", KIND)], [])


@pytest.mark.django_db
def test_nothing_is_seen_where_replies_are_not_shared(shared):
    _write(shared, KIND)
    shared.update.shares_replies = False
    shared.update.save()
    assert _seen(shared) == []


@pytest.mark.django_db
def test_what_she_is_asked_about_is_never_seen_delivered_or_not(shared):
    messages = {text: _write(shared, text) for text in HERS}
    for text, message in messages.items():
        assert HERS[text] in message.fates.get().labels
        _friend_delivers(shared, message)
    assert {message.fates.get().state for message in messages.values()} == {State.DELIVERED}
    assert _seen(shared) == []


@pytest.mark.django_db
@pytest.mark.parametrize("preset", PRESETS)
def test_once_a_friend_has_read_others_see_the_same_under_every_preset(shared, preset):
    open_space.set_rules(host=shared.host, rules={"preset": preset})
    for text in (KIND, "I will bring soup on Thursday.", "Would soup or curry be better?", *HERS):
        _friend_delivers(shared, _write(shared, text))
    assert _seen(shared) == [("Tomasz", "I will bring soup on Thursday."), ("Tomasz", KIND)]


@pytest.mark.django_db
def test_held_declined_withdrawn_and_taps_are_not_seen(shared):
    _write(shared, "At least it was early.")
    _write(shared, "You are stupid")
    _write(shared, KIND, to_friend_first=True)
    receive.take_back(message=_write(shared, KIND), guest=shared.guest)
    _write(shared, "", kind=Kind.CANDLE)
    _write(shared, "I will bring soup on Thursday.", kind=Kind.OFFER)
    assert _seen(shared) == []


@pytest.mark.django_db
def test_what_a_friend_delivered_is_seen(shared):
    message = _write(shared, KIND, to_friend_first=True)
    _friend_delivers(shared, message)
    assert _seen(shared) == [("Tomasz", KIND)]


@pytest.mark.django_db
def test_every_host_must_have_it(shared):
    person = Person.objects.create_user("sam@host.example")
    second = open_space.add_host(space=shared.space, person=person, name="Sam", by=shared.host)
    message = _write(shared, KIND)
    assert _seen(shared) == [("Tomasz", KIND)]
    Fate.objects.filter(message=message, host=second).update(state=State.HELD)
    assert _seen(shared) == []
    type(second).objects.filter(pk=second.pk).update(left_at=timezone.now())
    assert _seen(shared) == [("Tomasz", KIND)]


@pytest.mark.django_db
def test_only_what_counts_now_is_shown(shared):
    message = _write(shared, "Thinking of you tonight.")
    receive.change(message=message, guest=shared.guest, text=KIND)
    assert _seen(shared) == [("Tomasz", KIND)]


@pytest.mark.django_db
def test_pages_of_fifty_the_newest_first_at_one_cost(shared):
    first = _write(shared, KIND)
    fate = first.fates.get()
    for number in range(60):
        copy = Message.objects.create(
            space=shared.space, update=shared.update, guest=shared.guest, sender=f"Guest {number}"
        )
        copy.versions.create(space=shared.space, body=KIND)
        Fate.objects.create(message=copy, host=shared.host, state=fate.state, shareable=fate.shareable)
    shared.update.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        newest, more = of_others(guest=shared.reader, updates=[shared.update])
    oldest, end = of_others(guest=shared.reader, updates=[shared.update], page=2)
    assert ([len(newest), more], [len(oldest), end]) == ([50, True], [11, False])
    assert (newest[0].sender, oldest[-1].sender, len(queries)) == ("Guest 59", "Tomasz", 3)
