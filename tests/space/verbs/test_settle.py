"""A message's life: who may change what, done once, whole or not at all, and never a delivery by mistake."""

from __future__ import annotations

import ast
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

import beside.space
from beside.gate import Gate, Policy
from beside.space.models import (
    AuditEntry,
    By,
    Fate,
    Guest,
    Host,
    Kind,
    Message,
    Outbox,
    Person,
    State,
    Version,
)
from beside.space.verbs import open_space, reading, receive
from beside.space.verbs import settle as settle_module
from beside.space.verbs.errors import Overtaken
from beside.space.verbs.settle import _by_machine, decide, newest, read_again, redecide, settle, withdraw

pytestmark = pytest.mark.django_db
KIND, PRAYER = "I am so sorry for your loss. I am thinking of you.", "Praying for you, God bless"
HURT, HOSTILE = "At least it was early", "You are a pathetic attention seeker"
CRISIS, THREAT = "I want to kill myself, I cannot go on", "I will find you and I will kill you"


@pytest.fixture
def place(place):
    Outbox.objects.all().delete()
    return place


def received(place, text: str = KIND, **fields: object) -> Message:
    """A message that is stored and that nobody has settled yet."""
    given = {"guest": place.guest, "sender": place.guest.name, **fields}
    return receive._store(space=place.space, text=text, **given)


def settled(place, text: str = KIND, **fields: object) -> Message:
    message = received(place, text, **fields)
    settle(message=message)
    return message


def fate(message: Message, host: Host | None = None) -> Fate:
    fates = message.fates.filter(host=host) if host else message.fates
    return fates.select_related("message__space", "message__guest", "host").get()


def second_host(place, **labels: str) -> Host:
    person = Person.objects.create_user("ben@host.example")
    host = open_space.add_host(space=place.space, person=person, name="Ben", by=place.host)
    open_space.set_rules(host=host, rules=Policy.from_dict({"labels": labels}).to_dict())
    return host


def everything() -> dict[str, list[object]]:
    """All that a settling may change."""
    return {
        "fates": list(Fate.objects.order_by("pk").values()),
        "log": list(AuditEntry.objects.order_by("pk").values()),
        "mails": list(Outbox.objects.order_by("pk").values("key", "kind")),
        "readings": [version.reading for version in Version.objects.order_by("pk")],
    }


# what the machine decides


@pytest.mark.parametrize(
    ("text", "state", "codes", "urgent"),
    [
        (KIND, State.DELIVERED, ["support"], False),
        (HURT, State.HELD, ["minimizing"], False),
        (HOSTILE, State.DECLINED, ["hostility"], False),
        (CRISIS, State.HELD, ["crisis"], True),
        (THREAT, State.DECLINED, ["threat"], True),
        ("Lo siento mucho por su pérdida", State.HELD, ["language"], False),
        ("x" * 20_481, State.HELD, ["too_long"], False),
    ],
)
def test_the_machine_delivers_holds_or_declines(place, text, state, codes, urgent):
    found = fate(settled(place, text))
    assert (found.state, found.codes, found.urgent, found.by) == (state, codes, urgent, By.MACHINE)
    assert (found.revision, found.rules_version, found.model) == (1, 1, reading.gate().model)
    assert found.decided_at is not None
    assert found.decided_by is None


def test_each_host_by_their_own_rules(place):
    ben = second_host(place, faith="hold")
    message = settled(place, PRAYER)
    assert (fate(message, place.host).state, fate(message, ben).state) == (State.DELIVERED, State.HELD)
    assert (fate(message, place.host).rules_version, fate(message, ben).rules_version) == (1, 2)


def test_what_the_gate_read_is_kept_sealed_beside_the_text(place):
    message = settled(place)
    assert reading.from_data(newest(message).reading) == reading.from_data(
        reading.to_data(reading.read(KIND))
    )


def test_the_log_says_which_model_and_whose_rules(place):
    message = settled(place, HURT)
    entry = AuditEntry.objects.get(message_ref=message.pk)
    assert (entry.actor, entry.action, entry.codes) == ("gate", "held", ["minimizing"])
    assert (entry.model, entry.policy) == (reading.gate().model, f"host {place.host.pk} version 1")
    assert (entry.host_ref, entry.space_ref) == (place.host.pk, place.space.pk)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"sender": "You murderer"}, "sender"), ({"to_friend_first": True}, "asked")],
)
def test_a_kind_message_waits_for_a_hurtful_name_and_at_the_senders_wish(place, fields, code):
    found = fate(settled(place, KIND, **fields))
    assert (found.state, found.codes) == (State.HELD, [code])


def test_the_words_of_a_blocked_sender_wait(place):
    message = received(place)
    Guest.objects.filter(pk=place.guest.pk).update(blocked_at=timezone.now())
    settle(message=Message.objects.get(pk=message.pk))
    assert (fate(message).state, fate(message).codes) == (State.HELD, ["blocked"])


@pytest.mark.parametrize("kind", [Kind.CANDLE, Kind.HEART])
def test_a_tap_arrives_unread_unless_its_name_hurts(place, kind):
    assert fate(settled(place, "", kind=kind)).codes == ["tap"]
    hurtful = fate(settled(place, "", kind=kind, sender="You murderer"))
    assert (hurtful.state, hurtful.codes) == (State.HELD, ["sender"])


# once


@pytest.mark.parametrize("text", [KIND, HURT, CRISIS, HOSTILE])
def test_done_twice_it_is_done_once(place, text):
    message = settled(place, text)
    before = everything()
    settle(message=message)
    settle(message=Message.objects.get(pk=message.pk))
    assert everything() == before


def test_two_workers_at_once_settle_once(place):
    """The second has read the fate as received, and finds it decided when it writes."""
    message = received(place)
    stale = fate(message)
    settle(message=message)
    before = everything()
    found = reading.read(KIND)
    with pytest.raises(Overtaken):
        _by_machine(stale, message, found, True)
    assert everything() == before


def test_what_breaks_in_the_middle_leaves_nothing_half_written(place):
    """A database that fails at the first, second, third … write: all of it or none of it (D3)."""
    second_host(place, faith="hold")
    Outbox.objects.all().delete()
    message = received(place, PRAYER)
    before, writes, failed = everything(), 0, True
    while failed:
        writes += 1
        failed = _settle_failing_at(message, writes)
        if failed:
            assert everything() == before
    assert writes > 6
    assert sorted(message.fates.values_list("state", flat=True)) == [State.DELIVERED, State.HELD]


def _settle_failing_at(message: Message, number: int) -> bool:
    left = number

    def fail(execute, sql, params, many, context):
        nonlocal left
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            left -= 1
            if left == 0:
                raise OperationalError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        try:
            settle(message=message)
        except OperationalError:
            return True
    return False


# people


@pytest.mark.parametrize("state", [State.DELIVERED, State.DECLINED, State.RETURNED])
def test_a_person_decides_what_was_held(place, state):
    found = fate(settled(place, HURT))
    decide(fate=found, state=state, person=place.moderator.person, reason="as seen")
    now = fate(found.message)
    assert (now.state, now.by, now.decided_by) == (state, By.PERSON, place.moderator.person)
    assert (now.revision, now.codes) == (2, ["minimizing"])
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.reason) == (
        state,
        f"person {place.moderator.person.pk}",
        "as seen",
    )


def test_of_two_who_decide_at_once_the_second_is_told_and_nothing_is_overwritten(place):
    message = settled(place, HURT)
    first, second = fate(message), fate(message)
    decide(fate=first, state=State.DECLINED, person=place.moderator.person)
    before = everything()
    other = Person.objects.create_user("second@mod.example")
    with pytest.raises(Overtaken):
        decide(fate=second, state=State.DELIVERED, person=other)
    assert everything() == before
    assert fate(message).state == State.DECLINED


def test_a_person_who_saw_what_the_sender_has_changed_since_is_told(place):
    message = settled(place, HURT)
    seen = fate(message)
    receive.change(message=message, guest=place.guest, text=HOSTILE)
    with pytest.raises(Overtaken):
        decide(fate=seen, state=State.DELIVERED, person=place.moderator.person)
    assert fate(message).state == State.DECLINED


# the sender


@pytest.mark.parametrize("text", [KIND, HURT, CRISIS, HOSTILE])
def test_a_sender_takes_back_whatever_became_of_it(place, text):
    message = settled(place, text)
    withdraw(message=message)
    found = fate(message)
    assert (found.state, found.by, found.decided_by) == (State.WITHDRAWN, By.SENDER, None)
    assert Message.objects.get(pk=message.pk).withdrawn_at is not None
    settle(message=message)
    assert fate(message).state == State.WITHDRAWN


def test_also_before_it_was_settled_and_after_a_person_decided(place):
    unsettled, returned = received(place), settled(place, HURT)
    decide(fate=fate(returned), state=State.RETURNED, person=place.moderator.person)
    for message in (unsettled, returned):
        withdraw(message=message)
        assert fate(message).state == State.WITHDRAWN


@pytest.mark.parametrize("state", [State.DELIVERED, State.DECLINED, State.RETURNED])
def test_other_words_are_read_again_even_after_a_person_decided(place, state):
    message = settled(place, HURT)
    decide(fate=fate(message), state=state, person=place.moderator.person)
    receive.change(message=message, guest=place.guest, text=CRISIS)
    found = fate(message)
    assert (found.state, found.by, found.decided_by, found.urgent) == (State.HELD, By.MACHINE, None, True)
    receive.change(message=message, guest=place.guest, text=KIND)
    assert (fate(message).state, fate(message).urgent) == (State.DELIVERED, False)


def test_new_words_wait_until_they_are_read(place):
    message = settled(place)
    Version.objects.create(space=place.space, message=message, number=2, body=HURT)
    read_again(message=message)
    assert fate(message).state == State.RECEIVED
    settle(message=message)
    assert fate(message).state == State.HELD


# changed rules


def test_tightening_hides_and_loosening_shows_what_the_machine_decided(place):
    message = settled(place, PRAYER)
    for rule, state in (("hold", State.HELD), ("decline", State.DECLINED), ("welcome", State.DELIVERED)):
        open_space.set_rules(host=place.host, rules=Policy.from_dict({"labels": {"faith": rule}}).to_dict())
        assert fate(message).state == state
        assert fate(message).rules_version == place.host.rules_version
    assert place.host.rules_version == 4


def test_it_happens_silently(place):
    settled(place, PRAYER)
    Outbox.objects.all().delete()
    open_space.set_rules(host=place.host, rules=Policy.from_dict({"labels": {"faith": "hold"}}).to_dict())
    assert list(Outbox.objects.values_list("kind", flat=True)) == []


@pytest.mark.parametrize("state", [State.DELIVERED, State.DECLINED, State.RETURNED])
def test_what_a_person_decided_stays(place, state):
    message = settled(place, HURT)
    decide(fate=fate(message), state=state, person=place.moderator.person)
    for rule in ("decline", "welcome", "hold"):
        labels = {"minimizing": rule, "faith": rule}
        open_space.set_rules(host=place.host, rules=Policy.from_dict({"labels": labels}).to_dict())
    now = fate(message)
    assert (now.state, now.by, now.revision) == (state, By.PERSON, 2)


def test_what_was_taken_back_and_what_was_tapped_stays(place):
    gone, tap = settled(place, PRAYER), settled(place, "", kind=Kind.CANDLE)
    withdraw(message=gone)
    open_space.set_rules(host=place.host, rules=Policy.from_dict({"labels": {"faith": "decline"}}).to_dict())
    assert (fate(gone).state, fate(tap).state) == (State.WITHDRAWN, State.DELIVERED)


def test_the_rules_of_one_host_do_not_touch_the_other(place):
    ben = second_host(place)
    message = settled(place, PRAYER)
    open_space.set_rules(host=place.host, rules=Policy.from_dict({"labels": {"faith": "hold"}}).to_dict())
    assert (fate(message, place.host).state, fate(message, ben).state) == (State.HELD, State.DELIVERED)


def test_rules_that_change_nothing_write_nothing(place):
    settled(place, KIND)
    settled(place, HURT)
    before = everything()
    redecide(host=place.host)
    assert everything() == before


def test_rules_that_cannot_be_read_let_nothing_through(place, caplog):
    place.host.rules = {"labels": {"kindness": "welcome"}}
    place.host.save(update_fields=["rules"])
    assert fate(settled(place, KIND)).state == State.HELD
    assert "cannot be read" in caplog.text


def test_what_a_person_decides_while_rules_change_stays(place, monkeypatch):
    overtaken, other = settled(place, PRAYER), settled(place, f"{PRAYER} again")
    real = settle_module.newest

    def slow(message):
        if message == overtaken:
            mine = Fate.objects.get(message=message, host=place.host)
            decide(fate=mine, state=State.DECLINED, person=place.moderator.person)
        return real(message)

    monkeypatch.setattr(settle_module, "newest", slow)
    open_space.set_rules(host=place.host, rules={"labels": {"faith": "hold"}})
    assert fate(overtaken, place.host).state == State.DECLINED
    assert fate(other, place.host).state == State.HELD


# danger


@pytest.mark.parametrize("text", [CRISIS, THREAT])
def test_danger_alerts_people_at_once_and_never_the_host(place, text):
    settled(place, text)
    mails = list(Outbox.objects.values_list("kind", flat=True))
    assert mails == ["urgent", "urgent"]
    told = {row.to for row in Outbox.objects.all()}
    assert told == {place.moderator.person.email, "safe@operator.example"}
    assert place.host.person.email not in told


def test_danger_is_held_whatever_the_rules_and_for_every_host(place):
    choices = ("faith", "advice", "question", "other_pregnancy", "off_topic", "platitude")
    ben = second_host(place, **dict.fromkeys(choices, "welcome"))
    message = settled(place, CRISIS, to_friend_first=True)
    assert {fate(message, host).state for host in (place.host, ben)} == {State.HELD}
    hosts = {host.person.email for host in (place.host, ben)}
    assert hosts & {row.to for row in Outbox.objects.all()} == set()


# a gate that fails


class Broken:
    """Stands where the gate is, and goes wrong in one way."""

    def __init__(self, fault) -> None:
        self.fault, self.real = fault, Gate()
        self.model = self.real.model

    def read(self, text: str):
        return self.fault(text)

    def judge(self, found, policy=None):
        return self.real.judge(found, policy)


def raises(text: str):
    raise RuntimeError(text)


def hangs(text: str):
    time.sleep(0.6)
    return Gate().read(text)


def has_no_memory(text: str):
    raise MemoryError


@pytest.mark.parametrize("fault", [raises, hangs, has_no_memory])
def test_a_gate_that_fails_or_hangs_holds(place, monkeypatch, fault):
    broken = Broken(fault)
    monkeypatch.setattr(reading, "gate", lambda: broken)
    monkeypatch.setattr(reading, "DEADLINE", 0.1)
    started = time.monotonic()
    message = receive.receive(guest=place.guest, text=KIND)
    assert time.monotonic() - started < 2
    assert (fate(message).state, fate(message).codes) == (State.HELD, ["failed"])
    assert "arrived" not in set(Outbox.objects.values_list("kind", flat=True))


def test_a_gate_that_cannot_start_leaves_the_message_waiting_and_safe(place, monkeypatch):
    def missing() -> Gate:
        raise OSError("no weights")

    with monkeypatch.context() as without:
        without.setattr(reading, "gate", missing)
        message = receive.receive(guest=place.guest, text=KIND)
        assert fate(message).state == State.RECEIVED
        assert newest(message).body == KIND
        assert Outbox.objects.count() == 0
    settle(message=message)
    assert fate(message).state == State.DELIVERED


def test_a_reading_that_is_damaged_or_missing_is_never_a_delivery(place):
    message = settled(place)
    version = newest(message)
    version.reading = {}
    version.save()
    redecide(host=place.host)
    assert (fate(message).state, fate(message).codes) == (State.HELD, ["failed"])


# the one room that writes states


def test_nothing_else_writes_a_state():
    """Every source of the space, read as a tree: no other assignment, update or row with a state."""
    folder = Path(beside.space.__file__).parent
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts and _writes_state(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == {"verbs/settle.py"}


def _writes_state(tree: ast.AST) -> bool:
    return any(_is_write(node) for node in ast.walk(tree))


def _is_write(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in node.targets)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        writing = name in {"update", "create", "bulk_create", "get_or_create", "update_or_create", "Fate"}
        return writing and any(keyword.arg == "state" for keyword in node.keywords)
    return False
