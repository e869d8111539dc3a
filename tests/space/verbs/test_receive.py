"""A guest's words come in: kept before anything else, refused with a reason, never seen by a host unread."""

from __future__ import annotations

import pytest
from django.utils import timezone

from beside.gate import Policy
from beside.gate.canonical import LONGEST
from beside.space.models import Circle, Fate, Guest, Kind, Message, Outbox, Person, State, Version
from beside.space.verbs import let_in, open_space, reading, receive, share
from beside.space.verbs.errors import NotAllowed, Refused, TooLong

pytestmark = pytest.mark.django_db
KIND, PRAYER = "I am so sorry for your loss. I am thinking of you.", "Praying for you, God bless"
HURT = "At least it was early"


@pytest.fixture
def stopped(monkeypatch):
    """A gate that does not answer: what is on disk was there before it was asked."""

    def fail():
        raise RuntimeError("no gate today")

    monkeypatch.setattr(reading, "gate", fail)


def newest(message: Message) -> Version:
    return message.versions.latest("number")


# kept


def test_a_message_is_kept_before_the_gate_is_asked(place, stopped):
    message = receive.receive(guest=place.guest, text=KIND, update=place.update)
    kept = Message.objects.get()
    assert (kept.pk, kept.sender, kept.update, kept.guest) == (
        message.pk,
        "Tomasz",
        place.update,
        place.guest,
    )
    assert newest(kept).body == KIND
    assert list(kept.fates.values_list("host", "state")) == [(place.host.pk, State.RECEIVED)]


def test_there_is_a_fate_for_each_host_who_is_there(place):
    for name in ("ben", "left"):
        person = Person.objects.create_user(f"{name}@host.example")
        open_space.add_host(space=place.space, person=person, name=name, by=place.host)
    place.space.hosts.filter(person__email="left@host.example").update(left_at=timezone.now())
    message = receive.receive(guest=place.guest, text=KIND)
    hosts = {fate.host.person.email for fate in message.fates.select_related("host__person")}
    assert hosts == {"ada@host.example", "ben@host.example"}


def test_words_stay_as_they_were_written_but_for_what_no_page_can_hold(place):
    words = "  Dear\r\nAda,\x00 I am so sorry. \u2764\ufe0f\u200d\n\nTomasz \t\n"
    message = receive.receive(guest=place.guest, text=words)
    assert newest(message).body == "Dear\nAda, I am so sorry. \u2764\ufe0f\u200d\n\nTomasz"


def test_the_name_is_the_one_that_it_was_written_under(place):
    message = receive.receive(guest=place.guest, text=KIND)
    Guest.objects.filter(pk=place.guest.pk).update(session_version=7)
    guest = Guest.objects.get(pk=place.guest.pk)
    guest.name = "Somebody else"
    guest.save()
    assert Message.objects.get(pk=message.pk).sender == "Tomasz"


# refused


@pytest.mark.parametrize("text", ["", "   ", "\n\r\n", "\x00"])
def test_nothing_is_no_message(place, text):
    with pytest.raises(Refused):
        receive.receive(guest=place.guest, text=text)
    assert Message.objects.count() == 0


def test_a_tap_needs_no_words(place):
    for kind in (Kind.CANDLE, Kind.HEART):
        assert receive.receive(guest=place.guest, kind=kind).fates.get().state == State.DELIVERED


def test_what_is_too_long_is_refused_before_it_is_kept_and_to_the_last_character_taken(place):
    with pytest.raises(TooLong) as refused:
        receive.receive(guest=place.guest, text="a" * (LONGEST + 1))
    assert "two parts" in str(refused.value.sentence)
    assert Message.objects.count() == 0
    assert receive.receive(guest=place.guest, text="a " * (LONGEST // 2)).fates.get().state == State.HELD


def test_what_grows_too_long_when_it_is_read_is_held_and_not_an_error(place):
    message = receive.receive(guest=place.guest, text="\ufdfa" * 5_000)
    assert message.fates.get().state == State.HELD


@pytest.mark.parametrize("change", ["revoked", "blocked", "not let in"])
def test_whoever_is_not_let_in_writes_nothing(place, change):
    field = {"revoked": "revoked_at", "blocked": "blocked_at", "not let in": "let_in_at"}[change]
    Guest.objects.filter(pk=place.guest.pk).update(
        **{field: None if change == "not let in" else timezone.now()}
    )
    for kind in (Kind.MESSAGE, Kind.CANDLE):
        with pytest.raises(NotAllowed):
            receive.receive(guest=Guest.objects.get(pk=place.guest.pk), text=KIND, kind=kind)
    assert Message.objects.count() == 0


def test_nobody_writes_under_what_they_may_not_read(place, other):
    draft = share.draft(host=place.host, body="Not yet")
    family = Circle.objects.create(space=place.space, name="Family")
    near = share.draft(host=place.host, body="For the family")
    share.publish(host=place.host, update=near, audience="circles", circles=[family])
    for update in (draft, near, other.update):
        with pytest.raises(NotAllowed):
            receive.receive(guest=place.guest, text=KIND, update=update)
    place.guest.circles.add(family)
    assert receive.receive(guest=place.guest, text=KIND, update=near).update == near
    assert Message.objects.count() == 1


# changed and taken back


def test_a_change_is_a_new_version_and_is_read_again(place):
    message = receive.receive(guest=place.guest, text=KIND)
    mark = message.like_hash
    receive.change(message=message, guest=place.guest, text=HURT)
    assert list(message.versions.values_list("number", "body")) == [(1, KIND), (2, HURT)]
    assert message.fates.get().state == State.HELD
    assert Message.objects.get().like_hash not in ("", mark)


def test_a_change_that_the_gate_cannot_read_hides_what_was_there(place, monkeypatch):
    message = receive.receive(guest=place.guest, text=KIND)

    def fail():
        raise RuntimeError("no gate today")

    monkeypatch.setattr(reading, "gate", fail)
    receive.change(message=message, guest=place.guest, text=HURT)
    assert message.fates.get().state == State.RECEIVED


@pytest.mark.parametrize("text", ["", "a" * (LONGEST + 1)])
def test_a_change_to_nothing_or_too_much_leaves_it_as_it_was(place, text):
    message = receive.receive(guest=place.guest, text=KIND)
    with pytest.raises(Refused):
        receive.change(message=message, guest=place.guest, text=text)
    assert list(message.versions.values_list("body", flat=True)) == [KIND]
    assert message.fates.get().state == State.DELIVERED


def test_the_wish_that_a_friend_reads_first_is_not_lost_by_a_change(place):
    message = receive.receive(guest=place.guest, text=KIND, to_friend_first=True)
    receive.change(message=message, guest=place.guest, text=PRAYER)
    assert (message.fates.get().state, message.fates.get().codes) == (State.HELD, ["asked"])


def test_nobody_else_changes_or_takes_back(place, other):
    message = receive.receive(guest=place.guest, text=KIND)
    neighbour, _ = let_in.invite(host=place.host, name="Neighbour")
    for stranger in (other.guest, neighbour):
        with pytest.raises(NotAllowed):
            receive.change(message=message, guest=stranger, text=HURT)
        with pytest.raises(NotAllowed):
            receive.take_back(message=message, guest=stranger)
    assert (message.versions.count(), message.fates.get().state) == (1, State.DELIVERED)


def test_what_was_taken_back_or_tapped_is_not_changed(place):
    message = receive.receive(guest=place.guest, text=KIND)
    receive.take_back(message=message, guest=place.guest)
    candle = receive.receive(guest=place.guest, kind=Kind.CANDLE)
    for fixed in (message, candle):
        with pytest.raises(NotAllowed):
            receive.change(message=fixed, guest=place.guest, text=HURT)


# the nudge, requests, what is brought along


def test_the_nudge_knows_nothing_of_the_host(place):
    before = [receive.preview(text=text) for text in (KIND, PRAYER, HURT)]
    strict = {"labels": {"faith": "decline", "platitude": "decline"}, "caution": "very careful"}
    open_space.set_rules(host=place.host, rules=Policy.from_dict(strict).to_dict())
    assert [receive.preview(text=text) for text in (KIND, PRAYER, HURT)] == before
    assert [decision.action for decision in before] == ["deliver", "deliver", "hold"]
    assert Message.objects.count() == 0


def test_a_request_passes_the_gate_before_a_host_sees_it(place):
    kind = let_in.ask(space=place.space, name="Bea", email="bea@guest.example", note=KIND)
    cruel = let_in.ask(space=place.space, name="Cal", email="cal@guest.example", note="You are a murderer")
    named = let_in.ask(space=place.space, name="You murderer", email="d@guest.example", note=KIND)
    assert [found.guest for found in let_in.open_requests(host=place.host)] == [kind]
    assert named.messages.get().fates.get().codes == ["sender"]
    assert cruel.messages.get().fates.get().state == State.DECLINED


def test_what_is_brought_along_is_settled_once_and_told_to_nobody(place, other):
    Outbox.objects.all().delete()
    given = {"text": KIND, "sender": "Aunt Bea", "source": "instagram", "source_hash": "f" * 64}
    brought = receive.bring(space=place.space, **given)
    assert brought is not None
    assert (brought.kind, brought.guest, brought.fates.get().state) == (Kind.IMPORTED, None, State.DELIVERED)
    assert receive.bring(space=place.space, **given) is None
    assert receive.bring(space=other.space, **given) is not None
    assert Outbox.objects.count() == 0


# likeness


def test_texts_that_read_the_same_are_marked_the_same_in_one_space_alone(place, other):
    plain = receive.like(space=place.space, text="So sorry, you poor thing")
    for text in (
        "so SORRY   you poor thing!",
        "So s\u200borry, you poor thing",
        "\uff33o sorry, you poor thing",
    ):
        assert receive.like(space=place.space, text=text) == plain
    assert receive.like(space=place.space, text="So sorry, you poor things") != plain
    assert receive.like(space=other.space, text="So sorry, you poor thing") != plain
    assert receive.like(space=place.space, text=" \u2026 ") == ""
    assert len(plain) == 64


def test_a_host_who_has_nothing_yet_is_shown_nothing_unread(place, stopped):
    receive.receive(guest=place.guest, text=KIND)
    assert Fate.objects.filter(state=State.DELIVERED).count() == 0
