"""Reports: kept sealed, told to the operator, taken down where needed, and closed with what was done."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from beside.space.models import AuditEntry, Complaint, Outbox
from beside.space.verbs import complain, receive, share
from beside.space.verbs.errors import NotAllowed, Refused, TakenDown

KIND = "I am so sorry for your loss. Holding you both in my heart."

pytestmark = pytest.mark.django_db


def test_is_kept_with_what_it_is_about(place):
    message = receive.receive(guest=place.guest, text=KIND)
    made = complain.complain(text=" Please look. ", reply_to="me@x.example", about_message=message.pk)
    made.refresh_from_db()
    assert (made.text, made.reply_to, made.space, made.about_message) == (
        "Please look.",
        "me@x.example",
        place.space,
        message.pk,
    )


def test_about_nothing_that_exists_is_kept_as_well(installation):
    made = complain.complain(text="Please look.", about_message=uuid4(), about_update=uuid4())
    assert (made.space, made.about_message, made.about_update) == (None, None, None)
    with pytest.raises(Refused):
        complain.complain(text=" \x00 ")


def test_its_words_and_address_are_sealed_where_they_lie(installation):
    complain.complain(text="sentinel", reply_to="sentinel@x.example")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, reply_to FROM space_complaint")
        assert [b"sentinel" in bytes(value) for value in cursor.fetchone()] == [False, False]


def test_the_operator_is_told_without_the_text(installation):
    complain.complain(text="sentinel")
    row = Outbox.objects.get()
    assert (row.kind, row.to, list(row.about)) == ("complaint", "contact@operator.example", ["complaint"])


def test_the_mail_to_the_operator_can_be_written(installation, settings):
    from beside.space.verbs.mail import letter

    complain.complain(text="sentinel")
    mail = letter(row=Outbox.objects.get())
    assert ("sentinel" in mail.body, f"{settings.BESIDE_URL}/operator/reports/" in mail.body) == (False, True)


def test_a_message_that_is_taken_down_is_seen_by_nobody(place, operator):
    message = receive.receive(guest=place.guest, text=KIND)
    made = complain.complain(text="Please look.", about_message=message.pk)
    complain.take_down(person=operator, complaint=made)
    made.refresh_from_db()
    fate = message.fates.get()
    assert (fate.state, fate.decided_by, made.taken_down_at is not None) == ("declined", operator, True)
    assert AuditEntry.objects.filter(action="taken down").get().message_ref == message.pk


def test_an_update_that_is_taken_down_goes_back_to_the_drafts(place, operator):
    made = complain.complain(text="Please look.", about_update=place.update.pk)
    assert list(share.readable(guest=place.guest)) == [place.update]
    complain.take_down(person=operator, complaint=made)
    place.update.refresh_from_db()
    assert (list(share.readable(guest=place.guest)), place.update.published_at) == ([], None)
    assert place.update.body.startswith("We lost our daughter")


@pytest.mark.parametrize("at", [None, timezone.now() + timedelta(days=1)])
def test_an_update_that_was_taken_down_is_not_shared_again(place, operator, at):
    complain.take_down(
        person=operator, complaint=complain.complain(text="Look.", about_update=place.update.pk)
    )
    place.update.refresh_from_db()
    with pytest.raises(TakenDown):
        share.publish(host=place.host, update=place.update, audience="guests", at=at)
    assert list(share.readable(guest=place.guest)) == []
    new = share.draft(host=place.host, body="Something else")
    share.publish(host=place.host, update=new, audience="guests")
    assert list(share.readable(guest=place.guest)) == [new]


def test_nothing_is_taken_down_twice_or_where_there_is_nothing(place, operator):
    message = receive.receive(guest=place.guest, text=KIND)
    made = complain.complain(text="Please look.", about_message=message.pk)
    complain.take_down(person=operator, complaint=made)
    for one in (made, complain.complain(text="In general")):
        with pytest.raises(Refused):
            complain.take_down(person=operator, complaint=one)


def test_closing_keeps_what_was_done(installation, operator):
    first, second = complain.complain(text="One"), complain.complain(text="Two")
    complain.close(person=operator, complaint=first, outcome=" Spoken with them. ")
    first.refresh_from_db()
    assert (first.outcome, first.closed_by, complain.open_complaints()) == (
        "Spoken with them.",
        operator,
        [second],
    )
    with pytest.raises(Refused):
        complain.close(person=operator, complaint=first, outcome="Again")
    with pytest.raises(Refused):
        complain.close(person=operator, complaint=second, outcome=" ")


def test_is_the_operators_alone(place):
    made = complain.complain(text="One", about_update=place.update.pk)
    for person in (place.host.person, place.moderator.person):
        with pytest.raises(NotAllowed):
            complain.take_down(person=person, complaint=made)
        with pytest.raises(NotAllowed):
            complain.close(person=person, complaint=made, outcome="Mine")
    assert Complaint.objects.filter(closed_at=None, taken_down_at=None).count() == 1


def test_a_report_outlives_the_space_that_it_is_about(place):
    made = complain.complain(text="One", about_update=place.update.pk)
    place.space.delete()
    made.refresh_from_db()
    assert (made.space, made.text) == (None, "One")
