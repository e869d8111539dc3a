"""Who is told what, and when: rows in the outbox, one for each thing to tell."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from beside.space.models import Guest, Installation, Notices, Outbox, Person, State
from beside.space.verbs import let_in, notify, open_space, receive, share
from beside.space.verbs.post import send_due
from beside.space.verbs.settle import decide
from tests.space.verbs.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KIND, HURT = "I am so sorry for your loss. I am thinking of you.", "At least it was early"
CRISIS = "I want to kill myself, I cannot go on"


@pytest.fixture
def place(place):
    Outbox.objects.all().delete()
    return place


def rows(kind: str | None = None) -> list[tuple[str, str]]:
    found = Outbox.objects.filter(kind=kind) if kind else Outbox.objects
    return [(row.kind, row.to) for row in found.order_by("pk")]


def want(person: Person, notices: str) -> None:
    Person.objects.filter(pk=person.pk).update(notices=notices)


# one row for one thing


def test_asked_twice_it_is_sent_once(place):
    for _ in range(3):
        notify.enqueue(kind="erased", key="the same", to="a@b.example", space=place.space)
    assert rows() == [("erased", "a@b.example")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Outbox.objects.create(kind="erased", key="the same", due_at=NOON, space=place.space)


def test_nobody_is_written_to_without_an_address(place):
    notify.enqueue(kind="erased", key="one", to="", space=place.space)
    guest, _ = let_in.invite(host=place.host, name="Without an address")
    share.publish(host=place.host, update=share.draft(host=place.host, body="More"), audience="guests")
    assert guest.email == ""
    assert rows() == [("update_shared", place.guest.email)]


def test_a_row_holds_ids_and_a_kind_and_never_a_word(place):
    receive.receive(guest=place.guest, text=KIND)
    receive.receive(guest=place.guest, text=HURT)
    receive.receive(guest=place.guest, text=CRISIS)
    for row in Outbox.objects.values("key", "kind", "about"):
        for word in ("sorry", "early", "kill", "Tomasz", "Ada", "@"):
            assert word not in str(row)


# something came, something waits


def test_a_host_hears_of_what_came_and_a_friend_of_what_waits(place):
    receive.receive(guest=place.guest, text=KIND)
    assert rows() == [("arrived", "ada@host.example")]
    receive.receive(guest=place.guest, text=HURT)
    assert rows() == [("arrived", "ada@host.example"), ("waiting", "friend-of-ada@mod.example")]


def test_all_that_comes_until_the_mail_goes_is_one_mail(place, clock):
    for _ in range(5):
        receive.receive(guest=place.guest, text=KIND)
        receive.receive(guest=place.guest, text=HURT)
    assert len(rows()) == 2
    clock.shift(timedelta(days=1))
    send_due()
    receive.receive(guest=place.guest, text=KIND)
    assert len(rows("arrived")) == 2


def test_what_comes_while_a_mail_is_being_sent_is_a_mail_of_its_own(place):
    receive.receive(guest=place.guest, text=KIND)
    Outbox.objects.update(claimed_until=NOON + timedelta(minutes=5))
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        receive.receive(guest=place.guest, text=KIND)
    assert len(rows("arrived")) == 2


@pytest.mark.parametrize(
    ("notices", "wait"),
    [
        (Notices.AT_ONCE, timedelta(minutes=2)),
        (Notices.DAILY, timedelta(days=1)),
        (Notices.WEEKLY, timedelta(days=7)),
        (Notices.NEVER, None),
    ],
)
def test_as_often_as_they_want(place, notices, wait):
    want(place.host.person, notices)
    want(place.moderator.person, notices)
    receive.receive(guest=place.guest, text=KIND)
    receive.receive(guest=place.guest, text=HURT)
    due = set(Outbox.objects.values_list("due_at", flat=True))
    assert due == (set() if wait is None else {NOON + wait})


def test_a_host_in_a_pause_hears_nothing(place):
    place.space.hosts.update(paused_since=NOON)
    message = receive.receive(guest=place.guest, text=HURT)
    receive.receive(guest=place.guest, text=KIND)
    fate = message.fates.get()
    decide(fate=fate, state=State.DELIVERED, person=place.moderator.person)
    assert rows("arrived") == []


def test_of_two_hosts_each_hears_of_their_own(place):
    ben = Person.objects.create_user("ben@host.example")
    host = open_space.add_host(space=place.space, person=ben, name="Ben", by=place.host)
    open_space.set_rules(host=host, rules={"labels": {"faith": "hold"}})
    receive.receive(guest=place.guest, text="Praying for you, God bless")
    assert rows("arrived") == [("arrived", "ada@host.example")]


def test_only_friends_who_said_yes_and_are_there_still(place):
    open_space.ask_moderator(host=place.host, name="Second", email="second@mod.example")
    assert notify.moderators_of(place.space) == [place.moderator]
    open_space.end_moderating(moderator=place.moderator)
    Outbox.objects.all().delete()
    receive.receive(guest=place.guest, text=HURT)
    assert (notify.moderators_of(place.space), rows()) == ([], [])


def test_the_friends_of_another_space_hear_nothing(place, other):
    Outbox.objects.all().delete()
    receive.receive(guest=place.guest, text=HURT)
    receive.receive(guest=place.guest, text=CRISIS)
    assert {to for _, to in rows()} == {"friend-of-ada@mod.example", "safe@operator.example"}


# danger


def test_danger_is_told_at_once_to_each_once_and_never_to_a_host(place):
    want(place.moderator.person, Notices.NEVER)
    message = receive.receive(guest=place.guest, text=CRISIS)
    notify.settled(message=message)
    assert rows() == [("urgent", "friend-of-ada@mod.example"), ("urgent", "safe@operator.example")]
    assert set(Outbox.objects.values_list("due_at", flat=True)) == {NOON}


def test_a_friend_who_looks_after_the_whole_place_is_told_once(place):
    Installation.objects.update(safeguarding_email="friend-of-ada@mod.example")
    receive.receive(guest=place.guest, text=CRISIS)
    assert rows() == [("urgent", "friend-of-ada@mod.example")]


def test_where_nobody_reads_the_one_who_looks_after_the_place_is_told(place):
    open_space.end_moderating(moderator=place.moderator)
    open_space.nobody_reads(host=place.host)
    receive.receive(guest=place.guest, text=CRISIS)
    assert rows("urgent") == [("urgent", "safe@operator.example")]


# decisions


@pytest.mark.parametrize("state", [State.DELIVERED, State.DECLINED, State.RETURNED])
def test_the_sender_is_told_of_each_decision_of_a_person_once(place, state):
    message = receive.receive(guest=place.guest, text=HURT)
    Outbox.objects.all().delete()
    fate = message.fates.select_related("message__guest", "message__space", "host__person").get()
    decide(fate=fate, state=state, person=place.moderator.person)
    notify.decided(fate=fate)
    told = [("sender_told", "tomasz-ada@guest.example")]
    assert rows("sender_told") == told
    assert len(rows("arrived")) == (1 if state == State.DELIVERED else 0)


def test_a_sender_who_wants_no_mail_gets_none(place):
    Guest.objects.update(notices=Notices.NEVER)
    message = receive.receive(guest=place.guest, text=HURT)
    decide(fate=message.fates.get(), state=State.DECLINED, person=place.moderator.person)
    share.publish(host=place.host, update=share.draft(host=place.host, body="More"), audience="guests")
    assert rows("sender_told") == rows("update_shared") == []


# updates and links


def test_those_who_may_read_an_update_hear_of_it_when_they_want(place, other):
    weekly, _ = let_in.invite(host=place.host, name="Ola", email="ola@guest.example")
    gone, _ = let_in.invite(host=place.host, name="Gus", email="gus@guest.example")
    let_in.revoke(host=place.host, guest=gone)
    Guest.objects.filter(pk=weekly.pk).update(notices=Notices.WEEKLY)
    Outbox.objects.all().delete()
    update = share.draft(host=place.host, body="More")
    assert rows() == []
    share.publish(host=place.host, update=update, audience="guests")
    due = {row.to: row.due_at for row in Outbox.objects.all()}
    assert due == {"tomasz-ada@guest.example": NOON, "ola@guest.example": NOON + timedelta(days=7)}


@pytest.mark.parametrize("audience", ["only_me", "circles"])
def test_nobody_hears_of_what_is_not_for_them(place, audience):
    family = place.space.circles.create(name="Family")
    update = share.draft(host=place.host, body="More")
    share.publish(host=place.host, update=update, audience=audience, circles=[family])
    assert rows() == []


def test_a_link_waits_sealed_beside_the_address_and_leaves_with_the_mail(place):
    guest, token = let_in.invite(host=place.host, name="Ola", email="ola@guest.example")
    row = Outbox.objects.get()
    assert row.to == f"ola@guest.example\n{token}"
    assert token not in f"{row.key}{row.about}"
    send_due()
    row.refresh_from_db()
    assert (row.to, row.sent_at, guest.token_hash in row.key) == ("", timezone.now(), True)
