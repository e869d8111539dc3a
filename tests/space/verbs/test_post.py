"""The post against a real SMTP server: sent once, in order, patiently (D9), and marked after the send."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import AuditEntry, Outbox
from beside.space.sealed import vault as the_vault
from beside.space.verbs import mail, post
from beside.space.verbs.post import send_due
from tests.space.verbs.conftest import NOON
from tests.space.verbs.letters import Box, free_port, row, smtp_server

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]


@pytest.fixture
def box(settings):
    """A server that is not up yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 5
    settings.DEFAULT_FROM_EMAIL = "beside@place.example"
    settings.BESIDE_URL = "https://place.example"
    return Box(port=settings.EMAIL_PORT)


@pytest.fixture
def server(box):
    with smtp_server(box):
        yield box


def one() -> Outbox:
    return Outbox.objects.get()


def refused() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action="mail given up"))


# once


def test_what_is_due_goes_out_once(db, server):
    row(None, key="one")
    row(None, key="two", to="ben@example.org")
    row(None, key="later", to="late@example.org", due_at=timezone.now() + timedelta(minutes=1))
    assert send_due() == 2
    assert send_due() == 0
    assert server.to() == ["ada@example.org", "ben@example.org"]
    assert sorted(Outbox.objects.exclude(sent_at=None).values_list("key", flat=True)) == ["one", "two"]


def test_the_mail_is_plain_and_says_who_it_is(server):
    row(None)
    send_due()
    [sent] = server.mails
    assert sent.get_content_type() == "text/plain"
    assert sent["From"] == "beside@place.example"
    assert sent["Message-ID"] == mail.message_id("one")
    assert str(sent["Message-ID"]).endswith("@place.example>")
    assert sent["Auto-Submitted"] == "auto-generated"


def test_what_was_sent_keeps_no_address(server):
    made = row(None, to="ada@example.org\ntoken")
    send_due()
    made.refresh_from_db()
    assert (made.to, made.last_error, made.claimed_until) == ("", "", None)


def test_a_row_that_a_worker_holds_is_left_to_it_until_its_lease_ends(server, clock):
    row(None)
    held = post._claim()
    assert held is not None
    assert (held.claimed_until, len(held.claimed_by)) == (NOON + timedelta(minutes=5), 32)
    assert post._claim() is None
    assert send_due() == 0
    clock.shift(timedelta(minutes=5))
    assert send_due() == 0
    clock.shift(timedelta(seconds=1))
    assert send_due() == 1


def test_a_worker_that_died_after_the_send_is_followed_by_the_same_message_id(server, clock):
    row(None)
    held = post._claim()
    assert held is not None
    post.get_connection().send_messages([mail.letter(row=held)])  # and here it is killed
    clock.shift(timedelta(minutes=6))
    assert send_due() == 1
    first, again = server.mails
    assert first["Message-ID"] == again["Message-ID"] == mail.message_id("one")


def test_two_keys_never_share_a_message_id():
    assert len({mail.message_id(f"key {number}") for number in range(1000)}) == 1000


def test_a_worker_that_overran_its_lease_does_not_undo_what_the_next_one_did(server, clock):
    row(None)
    slow = post._claim()
    assert slow is not None
    clock.shift(timedelta(minutes=6))
    assert post._claim() is not None
    post._failed(slow, OSError(), post.SERVER_WAIT)
    assert (one().tries, one().claimed_until) == (0, NOON + timedelta(minutes=11))


def test_danger_goes_first(server):
    row(None, key="earlier", to="first@example.org", due_at=timezone.now() - timedelta(hours=1))
    row(None, key="danger", kind="urgent", to="safe@example.org")
    send_due()
    assert server.to() == ["safe@example.org", "first@example.org"]


def test_it_stops_when_told_and_when_its_time_is_over(server):
    for number in range(3):
        row(None, key=str(number))
    assert send_due(stopped=lambda: True) == 0
    assert send_due(seconds=0) == 0
    assert send_due(stopped=lambda: len(server.mails) == 2) == 2


# a server that is away


def test_a_day_without_a_server_then_all_in_order_within_ten_minutes(box, clock):
    for number in range(5):
        row(None, key=str(number), to=f"guest{number}@example.org", due_at=NOON + timedelta(seconds=number))
    clock.shift(timedelta(seconds=10))
    for _ in range(24 * 60):
        assert send_due() == 0
        clock.shift(timedelta(minutes=1))
    with smtp_server(box):
        for _ in range(10):
            send_due()
            clock.shift(timedelta(minutes=1))
    assert box.to() == [f"guest{number}@example.org" for number in range(5)]
    assert Outbox.objects.filter(sent_at=None).count() == 0
    assert refused() == []


def test_the_waits_grow_up_to_ten_minutes(box, clock):
    row(None)
    waits = []
    for _ in range(8):
        send_due()
        waits.append((one().due_at - timezone.now()).total_seconds())
        clock.move_to(one().due_at)
    assert waits == [30, 60, 120, 240, 480, 600, 600, 600]
    assert (one().tries, one().last_error) == (8, "ConnectionRefusedError")


def test_after_five_days_it_is_given_up_and_the_log_says_so(box, clock, place):
    Outbox.objects.all().delete()
    row(place.space, kind="urgent", to="safe@operator.example")
    row(place.space, key="two")
    send_due()
    clock.shift(timedelta(days=5) - timedelta(seconds=1))
    send_due()
    assert Outbox.objects.filter(given_up_at=None).count() == 2
    clock.shift(timedelta(minutes=10))
    send_due()
    assert set(Outbox.objects.values_list("given_up_at", flat=True)) == {timezone.now()}
    assert [(entry.actor, entry.space_ref, entry.reason) for entry in refused()] == [
        ("worker", place.space.pk, "urgent: ConnectionRefusedError"),
        ("worker", place.space.pk, "erased: ConnectionRefusedError"),
    ]
    clock.shift(timedelta(days=1))
    with smtp_server(box):
        assert send_due() == 0


def test_a_server_that_goes_away_in_the_middle_loses_nothing(box, clock):
    row(None, key="one")
    row(None, key="two", to="ben@example.org")
    with smtp_server(box):
        assert send_due(stopped=lambda: len(box.mails) == 1) == 1
    assert send_due() == 0
    clock.shift(timedelta(minutes=1))
    with smtp_server(box):
        assert send_due() == 1
    assert box.to() == ["ada@example.org", "ben@example.org"]


# a mail that is refused


@pytest.mark.parametrize(
    ("answer", "waits"),
    [("550 unknown", [30, 60, 120, 240, 480, 960, 1920]), ("451 later", [30, 60, 120, 240, 480, 600, 600])],
)
def test_an_address_that_is_refused_is_tried_ever_more_rarely(server, clock, answer, waits):
    row(None)
    server.refuse["ada@example.org"] = answer
    found = []
    for _ in waits:
        send_due()
        found.append((one().due_at - timezone.now()).total_seconds())
        clock.move_to(one().due_at)
    assert found == waits
    server.refuse.clear()
    assert send_due() == 1


def test_one_refused_address_does_not_stop_the_others(server):
    row(None, key="bad", to="nobody@example.org", due_at=timezone.now() - timedelta(hours=1))
    row(None, key="good")
    server.refuse["nobody@example.org"] = "550 no such person nobody@example.org"
    assert send_due() == 1
    assert server.to() == ["ada@example.org"]
    bad = Outbox.objects.get(key="bad")
    assert (bad.tries, bad.last_error, bad.sent_at) == (1, "SMTPRecipientsRefused", None)


def test_a_server_that_takes_no_mail_at_the_moment_gets_it_later(server, clock):
    row(None)
    server.answer = "451 greylisted"
    assert send_due() == 0
    assert one().last_error == "SMTPDataError 451"
    server.answer = "250 kept"
    assert send_due() == 0
    clock.shift(timedelta(seconds=30))
    assert send_due() == 1


def test_a_bad_row_waits_and_the_rest_goes_on(server):
    early = timezone.now() - timedelta(hours=1)
    row(None, key="unknown", kind="no such kind", due_at=early)
    row(None, key="broken", to="a b\x00@@", due_at=early)
    row(None, key="good")
    assert send_due() == 1
    assert server.to() == ["ada@example.org"]
    assert set(Outbox.objects.filter(sent_at=None).values_list("key", "tries")) == {
        ("unknown", 1),
        ("broken", 1),
    }


def test_neither_row_nor_log_keeps_an_address_of_what_was_refused(server, clock, caplog):
    row(None, to="secret-name@example.org")
    server.refuse["secret-name@example.org"] = "550 no secret-name@example.org here"
    send_due()
    clock.shift(timedelta(days=5))
    send_due()
    assert one().given_up_at == timezone.now()
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("beside")]
    assert len(logged) == 2
    kept = f"{logged} {one().last_error} {one().about} {[entry.reason for entry in refused()]}"
    assert "secret-name" not in kept
    assert "erased: SMTPRecipientsRefused" in kept


def test_what_an_erased_space_wanted_to_say_is_not_said(server, place):
    Outbox.objects.all().delete()
    row(place.space)
    the_vault().destroy(place.space.key_id())
    assert send_due() == 0
    assert server.mails == []
    assert one().last_error == "not wanted any more"
