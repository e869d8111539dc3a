"""Blocking, and notes between friends who read first."""

from __future__ import annotations

import pytest

from beside.space.models import AuditEntry, Kind, Note
from beside.space.verbs import let_in, open_space, receive, senders
from beside.space.verbs.errors import NotAllowed, Refused

BLOW = "At least it was early, you can try again."
THREAT = "I know where you live and I will come and hurt you."

pytestmark = pytest.mark.django_db


def names(found) -> list[str]:
    return [guest.name for guest in found]


def test_shows_only_senders_of_what_waits_or_threatens_and_blocked_ones(place, other):
    pest, _ = let_in.invite(host=place.host, name="Pest")
    quiet, _ = let_in.invite(host=place.host, name="Quiet")
    assert names(senders.senders(moderator=place.moderator)) == []
    receive.receive(guest=place.guest, text=BLOW)
    receive.receive(guest=pest, text=THREAT)
    receive.receive(guest=quiet, text="I am so sorry for your loss.")
    receive.receive(guest=other.guest, text=BLOW)
    assert names(senders.senders(moderator=place.moderator)) == ["Tomasz", "Pest"]


def test_a_blocked_sender_has_no_words_and_no_taps(place):
    receive.receive(guest=place.guest, text=BLOW)
    senders.block(moderator=place.moderator, guest=place.guest)
    place.guest.refresh_from_db()
    for given in ({"text": "I am so sorry for your loss."}, {"kind": Kind.CANDLE}, {"kind": Kind.HEART}):
        with pytest.raises(NotAllowed):
            receive.receive(guest=place.guest, **given)
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.action, entry.actor) == ("sender blocked", f"person {place.moderator.person.pk}")


def test_an_unblocked_one_has_them_again(place):
    receive.receive(guest=place.guest, text=BLOW)
    senders.block(moderator=place.moderator, guest=place.guest)
    senders.unblock(moderator=place.moderator, guest=place.guest)
    place.guest.refresh_from_db()
    assert receive.receive(guest=place.guest, kind=Kind.CANDLE).fates.get().state == "delivered"


def test_nobody_blocks_where_they_do_not_read_or_after_stepping_down(place, other):
    receive.receive(guest=other.guest, text=BLOW)
    receive.receive(guest=place.guest, text=BLOW)
    with pytest.raises(NotAllowed):
        senders.block(moderator=place.moderator, guest=other.guest)
    open_space.end_moderating(moderator=place.moderator)
    with pytest.raises(NotAllowed):
        senders.block(moderator=place.moderator, guest=place.guest)


def test_nobody_blocks_who_has_given_no_cause(place):
    receive.receive(guest=place.guest, text="I am so sorry for your loss.")
    with pytest.raises(NotAllowed):
        senders.block(moderator=place.moderator, guest=place.guest)


def test_notes_are_for_the_friends_of_the_space(place, other):
    senders.leave_note(moderator=place.moderator, body=" He means well. ")
    senders.leave_note(moderator=other.moderator, body="Elsewhere")
    assert [note.body for note in senders.notes(moderator=place.moderator)] == ["He means well."]


def test_a_note_needs_words_and_a_message_of_the_space(place, other):
    with pytest.raises(Refused):
        senders.leave_note(moderator=place.moderator, body="  ")
    message = receive.receive(guest=other.guest, text=BLOW)
    with pytest.raises(NotAllowed):
        senders.leave_note(moderator=place.moderator, body="Mine?", message=message)
    assert Note.objects.count() == 0


def test_a_note_is_sealed_where_it_lies(place):
    from django.db import connection

    senders.leave_note(moderator=place.moderator, body="He means well.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM space_note")
        assert b"means" not in bytes(cursor.fetchone()[0])
