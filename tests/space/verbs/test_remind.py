"""Held never means lost: after a day, three days and a week somebody is told; the same for every host."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core import mail as django_mail

from beside.gate import Policy
from beside.space.models import Guest, Notices, Outbox, Person, Space
from beside.space.verbs import let_in, open_space, receive, review
from beside.space.verbs.post import send_due
from beside.space.verbs.remind import remind
from tests.space.conftest import make_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HURT, KIND, PRAYER = "At least it was early", "I am so sorry for your loss.", "Praying for you, God bless"
DAY = timedelta(days=1)


@pytest.fixture
def place(place):
    Outbox.objects.all().delete()
    return place


def reminded(kind: str = "digest_reminder") -> list[str]:
    remind()
    return sorted(row.to for row in Outbox.objects.filter(kind=kind))


def settle_held(place, message, outcome: str) -> None:
    seen = {fate.pk: fate.revision for fate in message.fates.all()}
    review.settle_held(moderator=place.moderator, message=message, outcome=outcome, seen=seen)


# after a day


def test_friends_are_reminded_after_a_day_and_once(place, other, clock):
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(DAY - timedelta(seconds=1))
    assert reminded() == []
    clock.shift(timedelta(seconds=1))
    assert reminded() == ["friend-of-ada@mod.example"]
    for _ in range(5):
        clock.shift(timedelta(hours=7))
        assert remind() == 0
    assert len(reminded()) == 1


def test_what_came_to_wait_on_the_same_day_is_one_reminder_and_another_day_is_another(place, clock):
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(timedelta(hours=3))
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(DAY)
    assert len(reminded()) == 1
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(DAY)
    assert len(reminded()) == 2


def test_what_is_settled_or_delivered_reminds_nobody(place, clock):
    receive.receive(guest=place.guest, text=KIND)
    settle_held(place, receive.receive(guest=place.guest, text=HURT), "decline")
    clock.shift(DAY)
    assert reminded() == []


def test_what_is_settled_before_the_mail_goes_is_not_mailed(place, clock):
    message = receive.receive(guest=place.guest, text=HURT)
    clock.shift(DAY)
    remind()
    settle_held(place, message, "decline")
    send_due()
    assert "friend-of-ada@mod.example" not in [one.to[0] for one in django_mail.outbox]


@pytest.mark.parametrize("change", ["never", "stepped down", "nobody reads"])
def test_whom_nobody_reminds(place, clock, change):
    receive.receive(guest=place.guest, text=HURT)
    if change == "never":
        Person.objects.update(notices=Notices.NEVER)
    elif change == "stepped down":
        open_space.end_moderating(moderator=place.moderator)
    else:
        open_space.nobody_reads(host=place.host)
    clock.shift(DAY)
    assert reminded() == []


def test_a_reminder_waits_for_the_morning(place, clock):
    Person.objects.update(quiet_from=time(11), quiet_to=time(15))
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(DAY)
    remind()
    send_due()
    assert django_mail.outbox == []
    clock.shift(timedelta(hours=3))
    send_due()
    assert "friend-of-ada@mod.example" in [one.to[0] for one in django_mail.outbox]


# after three days


@pytest.fixture
def volunteer(place):
    Space.objects.filter(pk=place.space.pk).update(volunteer_allowed=True)
    return Person.objects.create_user("op@operator.example", is_operator=True)


def test_a_volunteer_is_asked_after_three_days_where_the_host_allows_it(place, other, volunteer, clock):
    receive.receive(guest=place.guest, text=HURT)
    receive.receive(guest=other.guest, text=HURT)
    clock.shift(3 * DAY - timedelta(seconds=1))
    assert "op@operator.example" not in reminded()
    clock.shift(timedelta(seconds=1))
    assert reminded().count("op@operator.example") == 1
    asked = Outbox.objects.get(key__startswith="volunteer_asked:")
    assert asked.space == place.space
    assert remind() == 0


@pytest.mark.parametrize("change", ["not allowed", "no operator", "never"])
def test_no_volunteer_is_asked(place, volunteer, clock, change):
    if change == "not allowed":
        Space.objects.update(volunteer_allowed=False)
    else:
        fields = {"is_operator": False} if change == "no operator" else {"notices": Notices.NEVER}
        Person.objects.filter(pk=volunteer.pk).update(**fields)
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(3 * DAY)
    assert "op@operator.example" not in reminded()


def test_a_volunteer_who_is_none_any_more_gets_no_mail(place, volunteer, clock):
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(3 * DAY)
    remind()
    Space.objects.update(volunteer_allowed=False)
    send_due()
    assert "op@operator.example" not in [one.to[0] for one in django_mail.outbox]


def test_the_mail_to_a_volunteer_is_theirs(place, volunteer, clock):
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(3 * DAY)
    remind()
    send_due()
    said = {one.to[0]: one.body for one in django_mail.outbox}
    assert "allows your volunteer to read" in said["op@operator.example"]
    assert "volunteer" not in said["friend-of-ada@mod.example"]


# after a week


@pytest.mark.parametrize("text", [HURT, KIND, PRAYER, "Lo siento mucho por su pérdida"])
def test_a_sender_is_told_after_a_week(place, clock, text):
    receive.receive(guest=place.guest, text=text)
    clock.shift(7 * DAY - timedelta(seconds=1))
    assert reminded("sender_told") == []
    clock.shift(timedelta(seconds=1))
    assert reminded("sender_told") == ["tomasz-ada@guest.example"]
    assert remind() == 0
    send_due()
    assert "A week ago you wrote something" in django_mail.outbox[-1].body


def test_two_hosts_who_differ_in_their_own_choices_cannot_be_told_apart_by_any_mail(installation, clock):
    """One wants prayers, one has them held, one has them declined; the same is written to each."""
    places = {rule: make_place(f"host-{rule}") for rule in ("welcome", "hold", "decline")}
    Outbox.objects.all().delete()
    for rule, one in places.items():
        open_space.set_rules(host=one.host, rules=Policy.from_dict({"labels": {"faith": rule}}).to_dict())
        for text in (PRAYER, KIND, HURT):
            receive.receive(guest=one.guest, text=text)
    states = [[fate.state for fate in one.host.fates.order_by("pk")] for one in places.values()]
    assert [state for state, *_ in states] == ["delivered", "held", "declined"]  # there is something to tell
    for _ in range(10):
        clock.shift(DAY)
        remind()
        send_due()
    got = {rule: _mails_to(one.guest.email) for rule, one in places.items()}
    assert got["welcome"] == got["hold"] == got["decline"]
    assert len(got["hold"]) == 1


def _mails_to(address: str) -> list[tuple[str, str]]:
    mine = [one for one in django_mail.outbox if one.to == [address]]
    return [(str(one.subject), one.body.partition("http")[0]) for one in mine]


def test_one_mail_for_all_that_was_written_on_a_day(place, clock):
    for text in (KIND, HURT, PRAYER):
        receive.receive(guest=place.guest, text=text)
    clock.shift(DAY)
    receive.receive(guest=place.guest, text=KIND)
    clock.shift(7 * DAY)
    assert reminded("sender_told") == ["tomasz-ada@guest.example"] * 2


@pytest.mark.parametrize("change", ["withdrawn", "declined", "revoked", "never"])
def test_no_sender_is_told_of_what_is_over(place, clock, change):
    message = receive.receive(guest=place.guest, text=HURT)
    if change == "withdrawn":
        receive.take_back(message=message, guest=place.guest)
    elif change == "declined":
        settle_held(place, message, "decline")
        Outbox.objects.all().delete()  # they were told then
    elif change == "revoked":
        let_in.revoke(host=place.host, guest=place.guest)
    else:
        Guest.objects.update(notices=Notices.NEVER)
    clock.shift(7 * DAY)
    assert reminded("sender_told") == []


def test_what_is_open_is_told_of_although_another_message_of_that_day_is_over(place, clock):
    receive.take_back(message=receive.receive(guest=place.guest, text=KIND), guest=place.guest)
    settle_held(place, receive.receive(guest=place.guest, text=HURT), "decline")
    Outbox.objects.all().delete()
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(7 * DAY)
    assert reminded("sender_told") == ["tomasz-ada@guest.example"]


def test_a_sender_who_was_answered_is_not_told(place, clock):
    message = receive.receive(guest=place.guest, text=KIND)
    message.answers.create(host=place.host, space=place.space, heart=True)
    clock.shift(7 * DAY)
    remind()
    send_due()
    assert [one for one in django_mail.outbox if one.to == [place.guest.email]] == []


def test_a_worker_that_was_away_reminds_late_but_not_of_last_year(place, clock):
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(3 * DAY)
    assert len(reminded()) == 1
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(100 * DAY)
    assert remind() == 0


def test_candles_and_hearts_are_not_words(place, clock):
    receive.receive(guest=place.guest, kind="candle")
    clock.shift(7 * DAY)
    assert remind() == 0
