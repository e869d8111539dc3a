"""What is asked again just before a mail goes out: whether it is wanted still, and whether now."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from beside.gate import Policy
from beside.space.models import Fate, Guest, Notices, Outbox, Person, Space, State
from beside.space.verbs import let_in, notify, objections, open_space, receive, review, share
from beside.space.verbs.mail import message_id
from beside.space.verbs.post import send_due
from beside.space.verbs.settle import decide
from tests.space.verbs.conftest import NOON
from tests.space.verbs.letters import row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KIND, PRAYER = "I am so sorry for your loss. I am thinking of you.", "Praying for you, God bless"
HURT, CRISIS = "At least it was early", "I want to kill myself, I cannot go on"


@pytest.fixture
def place(place):
    """With nothing in the outbox yet, and people who want to know at once."""
    Outbox.objects.all().delete()
    Person.objects.update(notices=Notices.AT_ONCE)
    for who in (place.host, place.moderator):
        who.person.refresh_from_db()
    return place


def sent(kind: str) -> list[str]:
    """Sends what is due; to whom mails of a kind have gone so far."""
    send_due()
    ids = {message_id(key) for key in Outbox.objects.filter(kind=kind).values_list("key", flat=True)}
    return [mail.to[0] for mail in django_mail.outbox if mail.extra_headers["Message-ID"] in ids]


def dropped() -> list[str]:
    return sorted(Outbox.objects.exclude(given_up_at=None).values_list("kind", flat=True))


def settle_held(place, message, outcome: str) -> None:
    seen = {fate.pk: fate.revision for fate in message.fates.all()}
    review.settle_held(moderator=place.moderator, message=message, outcome=outcome, seen=seen)


# what has come for a host


def test_a_host_hears_that_something_came(place, clock):
    receive.receive(guest=place.guest, text=KIND)
    assert sent("arrived") == []
    clock.shift(timedelta(minutes=2))
    assert sent("arrived") == ["ada@host.example"]
    assert len(django_mail.outbox) == 1


@pytest.mark.parametrize("change", ["never", "paused", "left", "read", "away", "withdrawn", "gone"])
def test_a_host_who_does_not_want_it_any_more_does_not(place, clock, change):
    message = receive.receive(guest=place.guest, text=KIND)
    fate, person = message.fates.filter(host=place.host), Person.objects.filter(pk=place.host.person.pk)
    hosts = place.space.hosts.filter(pk=place.host.pk)
    now = timezone.now()
    {
        "never": lambda: person.update(notices=Notices.NEVER),
        "paused": lambda: hosts.update(paused_since=now),
        "left": lambda: hosts.update(left_at=now),
        "read": lambda: fate.update(read_at=now),
        "away": lambda: fate.update(put_away_at=now),
        "withdrawn": lambda: receive.take_back(message=message, guest=place.guest),
        "gone": lambda: person.update(is_active=False),
    }[change]()
    clock.shift(timedelta(minutes=2))
    assert sent("arrived") == []
    assert dropped() == ["arrived"]


def test_in_quiet_hours_it_waits_for_the_morning(place, clock):
    Person.objects.update(quiet_from=time(22), quiet_to=time(7), time_zone="Asia/Tokyo")
    clock.move_to(NOON + timedelta(hours=2))  # 23:00 in Tokyo
    receive.receive(guest=place.guest, text=KIND)
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(timedelta(minutes=2))
    assert (sent("arrived"), sent("waiting")) == ([], [])
    assert set(Outbox.objects.values_list("due_at", "tries")) == {(NOON + timedelta(hours=10), 0)}
    clock.move_to(NOON + timedelta(hours=10, seconds=-1))
    assert sent("arrived") == []
    clock.shift(timedelta(seconds=1))
    assert (sent("arrived"), sent("waiting")) == (["ada@host.example"], ["friend-of-ada@mod.example"])


def test_whoever_has_asked_for_fewer_mails_since_gets_fewer(place, clock):
    receive.receive(guest=place.guest, text=KIND)
    Person.objects.update(notices=Notices.WEEKLY)
    clock.shift(timedelta(days=6, hours=23))
    assert sent("arrived") == []
    clock.shift(timedelta(hours=1))
    assert sent("arrived") == ["ada@host.example"]


# what waits for a friend


def test_a_friend_hears_that_something_waits(place, clock):
    receive.receive(guest=place.guest, text=HURT)
    clock.shift(timedelta(minutes=2))
    assert (sent("waiting"), sent("arrived")) == (["friend-of-ada@mod.example"], [])


@pytest.mark.parametrize("change", ["never", "stepped down", "settled"])
def test_a_friend_for_whom_nothing_waits_hears_nothing(place, clock, change):
    message = receive.receive(guest=place.guest, text=HURT)
    if change == "never":
        Person.objects.update(notices=Notices.NEVER)
    elif change == "settled":
        settle_held(place, message, "decline")
    else:
        open_space.end_moderating(moderator=place.moderator)
    clock.shift(timedelta(minutes=2))
    assert sent("waiting") == []
    assert "waiting" in dropped()


# danger


def test_danger_is_told_at_once_whatever_the_hour_and_the_settings(place):
    Person.objects.update(notices=Notices.NEVER, quiet_from=time(0), quiet_to=time(23, 59))
    receive.receive(guest=place.guest, text=CRISIS)
    assert sorted(sent("urgent")) == ["friend-of-ada@mod.example", "safe@operator.example"]


def test_danger_is_never_told_to_a_host_even_one_who_looks_after_the_place(place, installation):
    installation.safeguarding_email = "Ada@Host.example"
    installation.save()
    receive.receive(guest=place.guest, text=CRISIS)
    assert sent("urgent") == ["friend-of-ada@mod.example"]
    assert dropped() == ["urgent"]
    assert {address for one in django_mail.outbox for address in one.to} == {"friend-of-ada@mod.example"}


# guests


def test_a_guest_hears_of_an_update_as_long_as_they_may_read_it(place, clock):
    update = share.draft(host=place.host, body="More")
    share.publish(host=place.host, update=update, audience="guests")
    assert sent("update_shared") == ["tomasz-ada@guest.example"]


@pytest.mark.parametrize("change", ["taken back", "circle", "revoked", "never", "deleted"])
def test_a_guest_who_may_not_read_it_any_more_hears_nothing(place, change):
    update = share.draft(host=place.host, body="More")
    share.publish(host=place.host, update=update, audience="guests")
    if change == "taken back":
        share.withdraw(host=place.host, update=update)
    elif change == "circle":
        family = place.space.circles.create(name="Family")
        share.publish(host=place.host, update=update, audience="circles", circles=[family])
    elif change == "revoked":
        let_in.revoke(host=place.host, guest=place.guest)
    elif change == "never":
        Guest.objects.update(notices=Notices.NEVER)
    else:
        update.delete()
    assert sent("update_shared") == []
    assert dropped() == ["update_shared"]


def test_a_guest_who_wants_one_mail_a_week_gets_it_then(place, clock):
    update = share.draft(host=place.host, body="More")
    share.publish(host=place.host, update=update, audience="guests")
    Guest.objects.update(notices=Notices.WEEKLY)
    assert sent("update_shared") == []
    clock.shift(timedelta(days=7))
    assert sent("update_shared") == ["tomasz-ada@guest.example"]


def test_a_link_that_was_renewed_is_not_mailed_any_more(place):
    guest, _ = let_in.invite(host=place.host, name="Ola", email="ola@guest.example")
    let_in.new_link(host=place.host, guest=guest)
    open_space.ask_moderator(host=place.host, name="Second", email="second@mod.example")
    second = place.space.moderators.get(accepted_at=None)
    open_space.end_moderating(moderator=second)
    assert (sent("guest_invited"), sent("moderator_asked")) == ([], [])
    assert dropped() == ["guest_invited", "moderator_asked"]


def test_the_people_of_a_demo_get_no_mail_outside_of_it(place, settings):
    Space.objects.filter(pk=place.space.pk).update(is_demo=True)
    let_in.invite(host=place.host, name="Ola", email="ola@guest.example")
    assert sent("guest_invited") == []
    settings.BESIDE_DEMO = True
    let_in.invite(host=place.host, name="Ole", email="ole@guest.example")
    assert sent("guest_invited") == ["ole@guest.example"]


# what became of a message


@pytest.mark.parametrize("outcome", ["deliver", "decline", "rephrase"])
def test_a_sender_who_was_shown_a_hold_hears_what_became_of_it(place, outcome):
    settle_held(place, receive.receive(guest=place.guest, text=HURT), outcome)
    assert sent("sender_told") == ["tomasz-ada@guest.example"]


def test_a_delivery_after_a_hold_that_did_not_show_is_not_told(place):
    """Two hosts, one of whom wants no prayers: what the sender gets must not tell which she is."""
    open_space.set_rules(host=place.host, rules=Policy.from_dict({"labels": {"faith": "hold"}}).to_dict())
    message = receive.receive(guest=place.guest, text=PRAYER)
    assert [fate.state for fate in message.fates.all()] == [State.HELD]
    settle_held(place, message, "deliver")
    assert sent("sender_told") == []


def test_what_a_friend_declined_is_told_even_so(place):
    open_space.set_rules(host=place.host, rules=Policy.from_dict({"labels": {"faith": "hold"}}).to_dict())
    settle_held(place, receive.receive(guest=place.guest, text=PRAYER), "decline")
    assert sent("sender_told") == ["tomasz-ada@guest.example"]


@pytest.mark.parametrize("change", ["withdrawn", "revoked", "never"])
def test_a_sender_who_is_gone_hears_nothing(place, change):
    message = receive.receive(guest=place.guest, text=HURT)
    settle_held(place, message, "decline")
    if change == "withdrawn":
        receive.take_back(message=message, guest=place.guest)
    elif change == "revoked":
        let_in.revoke(host=place.host, guest=place.guest)
    else:
        Guest.objects.update(notices=Notices.NEVER)
    assert sent("sender_told") == []


def test_an_objection_that_was_upheld_is_told(place, other):
    message = receive.receive(guest=place.guest, text=HURT)
    settle_held(place, message, "decline")
    assert sent("sender_told") == ["tomasz-ada@guest.example"]
    objection = objections.object_to(message=message, guest=place.guest, why="It was meant kindly")
    objection.settled_at, objection.upheld = timezone.now(), True
    objection.save()
    for fate in Fate.objects.filter(message=message):
        decide(fate=fate, state=State.DELIVERED, person=other.moderator.person)
    assert sent("sender_told") == ["tomasz-ada@guest.example"] * 2


def test_an_answer_is_told_while_it_is_there(place):
    message = receive.receive(guest=place.guest, text=KIND)
    answer = message.answers.create(host=place.host, space=place.space, heart=True)
    notify.answered(message=message, what="answer")
    assert sent("answered") == ["tomasz-ada@guest.example"]
    notify.answered(message=message, what="again")
    answer.delete()
    sent("answered")
    assert dropped() == ["answered"]


def test_a_mail_to_somebody_who_is_not_there_any_more_is_dropped(place):
    for kind in ("guest_invited", "update_shared", "sender_told", "arrived", "waiting", "moderator_asked"):
        row(place.space, kind=kind, key=kind, to="x@guest.example\ntoken")
    send_due()
    assert len(dropped()) == 6
    assert django_mail.outbox == []


# a host whose last friend has gone


def test_hosts_hear_when_the_last_friend_steps_down(place):
    open_space.end_moderating(moderator=place.moderator)
    assert sent("friends_gone") == ["ada@host.example"]


def test_while_another_friend_reads_nobody_is_told(place):
    _, token = open_space.ask_moderator(host=place.host, name="Joan", email="joan@mod.example")
    open_space.accept_moderating(token=token, person=Person.objects.create_user("joan@mod.example"))
    open_space.end_moderating(moderator=place.moderator)
    assert not Outbox.objects.filter(kind="friends_gone").exists()


def test_nor_who_let_them_go_nor_of_one_who_never_began(place):
    asked, _ = open_space.ask_moderator(host=place.host, name="Joan", email="joan@mod.example")
    open_space.end_moderating(moderator=place.moderator, by=place.host)
    open_space.end_moderating(moderator=asked)
    assert not Outbox.objects.filter(kind="friends_gone").exists()


@pytest.mark.parametrize("change", ["never", "left", "nobody", "another"])
def test_nor_a_host_for_whom_it_is_no_news(place, change):
    open_space.end_moderating(moderator=place.moderator)
    if change == "never":
        Person.objects.filter(pk=place.host.person.pk).update(notices=Notices.NEVER)
    elif change == "left":
        place.space.hosts.update(left_at=timezone.now())
    elif change == "nobody":
        open_space.nobody_reads(host=place.host)
    else:
        _, token = open_space.ask_moderator(host=place.host, name="Joan", email="joan@mod.example")
        open_space.accept_moderating(token=token, person=Person.objects.create_user("joan@mod.example"))
    assert sent("friends_gone") == []
    assert "friends_gone" in dropped()
