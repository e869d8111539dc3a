"""What happens without anybody asking: settled, published, and gone when its time is over (P4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from beside.space.models import (
    AuditEntry,
    Fate,
    Guest,
    HostInvitation,
    Installation,
    Limit,
    Message,
    Moderator,
    Outbox,
    State,
    Update,
    Version,
)
from beside.space.verbs import objections, open_space, receive, review, second_host, share
from beside.space.verbs.sweep import retain, sweep
from tests.space.verbs.conftest import NOON
from tests.space.verbs.letters import row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KIND, HURT = "I am so sorry for your loss. I am thinking of you.", "At least it was early"
DAY = timedelta(days=1)


def left_over(place, text: str = KIND) -> Message:
    """A message whose web process died before it was settled."""
    message = receive._store(space=place.space, text=text, guest=place.guest, sender=place.guest.name)
    assert states(message) == [State.RECEIVED]
    return message


def states(message: Message) -> list[str]:
    return list(message.fates.order_by("pk").values_list("state", flat=True))


def settle_held(place, message, outcome: str) -> None:
    seen = {fate.pk: fate.revision for fate in message.fates.all()}
    review.settle_held(moderator=place.moderator, message=message, outcome=outcome, seen=seen)


# settling


def test_what_nobody_settled_is_settled_after_ten_seconds(place, clock):
    kind, hurt = left_over(place), left_over(place, HURT)
    clock.shift(timedelta(seconds=10))
    assert sweep() == 0
    clock.shift(timedelta(seconds=1))
    assert sweep() == 2
    assert (states(kind), states(hurt)) == ([State.DELIVERED], [State.HELD])
    assert sweep() == 0


def test_a_message_that_was_just_changed_is_left_to_its_web_process(place, clock):
    message = left_over(place)
    clock.shift(timedelta(minutes=5))
    Version.objects.create(space=place.space, message=message, number=2, body=HURT)
    assert sweep() == 0
    clock.shift(timedelta(seconds=11))
    assert sweep() == 1
    assert states(message) == [State.HELD]


def test_one_message_that_cannot_be_settled_does_not_stop_the_others(place, other, clock):
    broken, sound = left_over(place), left_over(other)
    _damage_its_words(broken)
    clock.shift(timedelta(minutes=1))
    assert sweep() == 1
    assert (states(broken), states(sound)) == ([State.RECEIVED], [State.DELIVERED])


def _damage_its_words(message: Message) -> None:
    """As a bad disk would: what is stored cannot be unsealed any more."""
    version = Version.objects.get(message=message).pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM space_version WHERE id = %s", [version])
        sealed = bytes(cursor.fetchone()[0])
        cursor.execute(
            "UPDATE space_version SET body = %s WHERE id = %s",
            [sealed[:-1] + bytes([sealed[-1] ^ 1]), version],
        )


def test_what_was_scheduled_is_published_when_due(place, clock):
    update = share.draft(host=place.host, body="Tomorrow")
    share.publish(host=place.host, update=update, audience="guests", at=NOON + DAY)
    Outbox.objects.all().delete()
    sweep()
    assert Update.objects.get(pk=update.pk).published_at is None
    clock.shift(DAY)
    sweep()
    assert Update.objects.get(pk=update.pk).published_at == NOON + DAY
    sweep()
    assert Outbox.objects.filter(kind="update_shared").count() == 1


# what is kept, and for how long


@pytest.fixture
def days(installation):
    Installation.objects.update(keep_declined_days=30, keep_held_days=60, keep_audit_days=90)


def test_what_was_declined_is_gone_after_the_operators_days(place, other, days, clock):
    declined = receive.receive(guest=place.guest, text=HURT)
    settle_held(place, declined, "decline")
    returned = receive.receive(guest=place.guest, text=HURT)
    settle_held(place, returned, "rephrase")
    withdrawn = receive.receive(guest=place.guest, text=KIND)
    receive.take_back(message=withdrawn, guest=place.guest)
    kept = [receive.receive(guest=place.guest, text=text) for text in (KIND, HURT)]
    clock.shift(30 * DAY)
    assert retain() == 0
    clock.shift(timedelta(seconds=1))
    assert retain() == 3
    assert set(Message.objects.all()) == set(kept)
    assert Version.objects.count() == 2
    ended = AuditEntry.objects.filter(action="retention ended")
    assert {entry.message_ref for entry in ended} == {declined.pk, returned.pk, withdrawn.pk}


def test_what_was_held_is_gone_after_its_own_days(place, days, clock):
    held, kind = (receive.receive(guest=place.guest, text=text) for text in (HURT, KIND))
    clock.shift(60 * DAY)
    assert retain() == 0
    clock.shift(timedelta(seconds=1))
    assert retain() == 1
    assert list(Message.objects.all()) == [kind]
    assert held.pk != kind.pk


def test_a_shorter_time_for_what_is_held_does_not_shorten_the_other(place, clock, installation):
    Installation.objects.update(keep_declined_days=90, keep_held_days=10)
    message = receive.receive(guest=place.guest, text=HURT)
    settle_held(place, message, "decline")
    clock.shift(11 * DAY)
    assert retain() == 0


def test_what_reached_one_of_two_hosts_stays(place, other, days, clock):
    message = receive.receive(guest=place.guest, text=KIND)
    Fate.objects.create(message=message, host=other.host, state=State.DECLINED, decided_at=timezone.now())
    clock.shift(400 * DAY)
    assert retain() == 0


def test_an_open_objection_keeps_a_message(place, days, clock):
    message = receive.receive(guest=place.guest, text=HURT)
    settle_held(place, message, "decline")
    objection = objections.object_to(message=message, guest=place.guest, why="It was meant kindly")
    clock.shift(31 * DAY)
    assert retain() == 0
    objection.settled_at, objection.upheld = timezone.now(), False
    objection.save()
    assert retain() == 1


def test_the_log_is_kept_for_its_days_and_then_gone(place, days, clock):
    before = AuditEntry.objects.count()
    assert before > 0
    clock.shift(90 * DAY)
    retain()
    assert AuditEntry.objects.count() == before
    clock.shift(timedelta(seconds=1))
    retain()
    assert AuditEntry.objects.count() == 0


def test_links_that_ended_leave_not_even_their_hash(place, days, clock):
    open_space.ask_moderator(host=place.host, name="Second", email="second@mod.example")
    second_host.ask(host=place.host, name="Ben", email="ben@host.example")
    clock.shift(30 * DAY)
    retain()
    assert [
        Moderator.objects.exclude(token_hash="").count(),
        HostInvitation.objects.exclude(token_hash="").count(),
    ] == [1, 1]
    clock.shift(timedelta(seconds=1))
    retain()
    assert [
        Moderator.objects.exclude(token_hash="").count(),
        HostInvitation.objects.exclude(token_hash="").count(),
    ] == [0, 0]
    assert Guest.objects.exclude(token_hash="").count() == 1
    clock.shift(60 * DAY)
    retain()
    assert Guest.objects.exclude(token_hash="").count() == 0
    assert Guest.objects.get().let_in_at is not None


def test_sessions_that_ended_are_gone(db, clock):
    for age in (10, 3600):
        session = SessionStore()
        session["guest_of"] = {}
        session.set_expiry(age)
        session.save()
    clock.shift(timedelta(seconds=11))
    retain()
    assert Session.objects.count() == 1


def test_sent_mail_and_spent_limits_are_gone_in_the_end(db, clock):
    for key, fields in (("sent", {"sent_at": NOON}), ("given", {"given_up_at": NOON}), ("open", {})):
        made = row(None, key=key)
        Outbox.objects.filter(pk=made.pk).update(**fields)
    Limit.objects.create(who="0" * 64, what="ask", left=0, at=NOON)
    clock.shift(60 * DAY)
    retain()
    assert (Outbox.objects.count(), Limit.objects.count()) == (3, 1)
    clock.shift(timedelta(seconds=1))
    retain()
    assert (Outbox.objects.get().key, Limit.objects.count()) == ("open", 0)
