"""What a sender is told is true, kind, and says nothing of what a host chose for herself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from beside.codebook import LABELS, Group
from beside.gate.policy import PRESETS
from beside.space.models import By, Fate, Kind, Message, Person, State
from beside.space.verbs import let_in, open_space, receive, review, share
from beside.space.verbs.inbox import hand_over
from beside.space.verbs.objections import object_to, settle_objection
from beside.space.verbs.sender_view import KEYS, SenderView, view, views

CHOICES = [label.name for label in LABELS if label.group is Group.HOST_CHOICE]
SETTINGS = [
    *({"labels": {name: rule}} for name in (*CHOICES, "shared_loss") for rule in ("welcome", "hold")),
    *({"labels": {name: "decline"}} for name in (*CHOICES, "shared_loss", "comfort")),
    *({"labels": dict.fromkeys(CHOICES, rule)} for rule in ("welcome", "hold", "decline")),
    *({"preset": name} for name in PRESETS),
]
TEXTS = {
    "I am so sorry. We are thinking of you.": "arrived",
    "Praying for you and your little one.": "arrived",
    "You should rest and drink raspberry leaf tea.": "arrived",
    "What did you name her?": "arrived",
    "Would soup or curry be better?": "arrived",
    "I am so sorry. My sister is expecting in May.": "arrived",
    "We lost our son too, two years ago. So sorry.": "arrived",
    "First!": "arrived",
    "I am praying for you. At least it was early.": "hurts",
    "When is the service? What was wrong with it?": "hurts",
    "You are stupid": "declined",
    "I do not want to live any more": "crisis",
    "Dzień dobry, bardzo mi przykro z powodu twojej straty": "language",
    "ﷺ" * 3000: "too_long",
}


def _write(place, text, **facts) -> Message:
    return receive.receive(guest=place.guest, update=place.update, text=text, **facts)


def _friend_decides(place, message, outcome, reason="") -> None:
    seen = {fate.pk: fate.revision for fate in message.fates.filter(state=State.HELD)}
    review.settle_held(moderator=place.moderator, message=message, outcome=outcome, seen=seen, reason=reason)


@pytest.mark.django_db
def test_the_texts_of_this_file_carry_every_choice_of_hers(place):
    labels = {label for text in TEXTS for fate in _write(place, text).fates.all() for label in fate.labels}
    assert labels >= {*CHOICES, "shared_loss", "comfort"}


@pytest.mark.django_db
def test_every_setting_of_hers_gives_the_same_sentences(place):
    messages = [_write(place, text) for text in TEXTS]
    usual = views(messages=messages)
    assert [found.key for found in usual] == list(TEXTS.values())
    states = set()
    for rules in SETTINGS:
        open_space.set_rules(host=place.host, rules=rules)
        states |= {(fate.message_id, fate.state) for fate in Fate.objects.all()}
        assert views(messages=messages) == usual, rules
    both = [m.pk for m in messages if len({state for pk, state in states if pk == m.pk}) > 1]
    assert len(both) >= 7, "the settings must have made a difference to the hosts"


@pytest.mark.django_db
def test_delivered_and_held_without_a_hurt_are_one_and_the_same(place):
    kind = "I am so sorry. We are thinking of you."
    delivered = _write(place, kind)
    asked = _write(place, kind, to_friend_first=True)
    unsure = _write(place, "Would soup or curry be better?")
    unkind_name = let_in.invite(host=place.host, name="Stupid cow")[0]
    named = receive.receive(guest=unkind_name, update=place.update, text=kind)
    waiting = _write(place, kind)
    Fate.objects.filter(message=waiting).update(state=State.RECEIVED)
    handed = _write(place, kind)
    hand_over(host=place.host, message=handed)
    found = [delivered, asked, unsure, named, waiting, handed]
    states = ["delivered", "held", "held", "held", "received", "held"]
    assert [message.fates.get().state for message in found] == states
    assert {view(message=message) for message in found} == {
        SenderView(
            "arrived",
            (
                "It has arrived. Ada can read it whenever the time is right.",
                "A program reads every message first, and a friend reads some messages first.",
            ),
            may_change=True,
            may_object=False,
        )
    }


@pytest.mark.django_db
def test_a_hurt_is_named_with_its_words_and_a_way_on(place):
    text = "I am praying for you. At least it was early."
    found = view(message=_write(place, text))
    assert (found.key, found.may_change, found.may_object) == ("hurts", True, True)
    assert [text[start:end].rstrip(".") for start, end in found.marks] == ["At least it was early"]
    assert found.sentences == (
        "It is here. It has not been shown to Ada.",
        "A program read it first and found words that can hurt.",
        "Words that compare or hurry the grief can hurt.",
        "A friend reads it next and decides.",
    )


@pytest.mark.django_db
def test_a_hurt_that_she_welcomes_arrives(place):
    message = _write(place, "At least it was early. So sorry for your loss.")
    open_space.set_rules(host=place.host, rules={"labels": {"minimizing": "welcome"}})
    assert view(message=message).key == "arrived"


@pytest.mark.django_db
def test_what_nobody_reads_is_said_in_so_many_words(place):
    message = _write(place, "At least it was early.")
    open_space.nobody_reads(host=place.host)
    nobody = "Nobody reads here what is kept back. It stays so unless you change it."
    assert view(message=message).sentences[-1] == nobody
    kept = "A program reads every message first. What it is not sure about is kept and shown to nobody."
    assert view(message=_write(place, "So sorry for your loss.")).sentences[1] == kept


@pytest.mark.django_db
def test_a_pause_is_told_kindly(place):
    type(place.host).objects.filter(pk=place.host.pk).update(paused_since=timezone.now())
    found = view(message=_write(place, "So sorry for your loss."))
    assert found.sentences[-1] == "Nothing is shown to Ada for a while; it waits until then."


@pytest.mark.django_db
def test_what_a_friend_decides_is_told(place):
    text = "At least it was early. I am so sorry."
    told = {}
    for outcome in ("deliver", "decline", "rephrase"):
        message = _write(place, text)
        _friend_decides(place, message, outcome, reason="minimizing")
        told[outcome] = view(message=message)
    assert {name: found.key for name, found in told.items()} == {
        "deliver": "arrived",
        "decline": "declined",
        "rephrase": "returned",
    }
    assert told["decline"].sentences == ("A friend has read it and has not passed it on.",)
    assert told["rephrase"].sentences == (
        "A friend has read it and asks you for other words.",
        "Words that compare or hurry the grief can hurt.",
    )
    assert [(found.may_change, found.may_object) for found in told.values()] == [
        (True, False),
        (False, True),
        (True, True),
    ]


@pytest.mark.django_db
def test_the_gate_alone_names_the_rule_and_no_words(place):
    found = view(message=_write(place, "You are stupid"))
    assert found == SenderView(
        "declined",
        (
            "It was not passed on. A program read it first, and the rules here do not let it through.",
            "It can be read as an insult or as mockery.",
        ),
        may_change=False,
        may_object=True,
    )


@pytest.mark.django_db
def test_an_objection_is_answered_once_and_may_be_made_anew_after_a_new_decision(place):
    message = _write(place, "At least it was early.")
    _friend_decides(place, message, "decline")
    objection = object_to(message=message, guest=place.guest, why="I meant well")
    asked = view(message=message)
    assert (asked.may_object, asked.sentences[-1]) == (
        False,
        "You asked for another look. Somebody reads it who has not decided about it.",
    )
    person = Person.objects.create_user("second@mod.example")
    _, token = open_space.ask_moderator(host=place.host, name="Second", email=person.email)
    open_space.accept_moderating(token=token, person=person)
    settle_objection(objection=objection, person=person, uphold=False)
    stands = view(message=message)
    assert (stands.key, stands.may_object, stands.sentences[-1]) == (
        "declined",
        False,
        "Another person has looked at it as you asked. It stays as it is.",
    )


@pytest.mark.django_db
def test_withdrawn_is_withdrawn_whatever_else_it_was(place):
    message = _write(place, "You are stupid")
    receive.take_back(message=message, guest=place.guest)
    gone = SenderView("withdrawn", ("You took it back. Nobody sees it any more.",), False, False)
    assert view(message=message) == gone


@pytest.mark.django_db
def test_a_tap_and_a_request_have_nothing_to_change(place):
    tap = receive.receive(guest=place.guest, update=place.update, kind=Kind.CANDLE)
    asked = let_in.ask(space=place.space, name="Bea", email="bea@x.example", note="You are stupid")
    for message, key in ((tap, "arrived"), (asked.messages.get(), "declined")):
        found = view(message=message)
        assert (found.key, found.may_change, found.may_object) == (key, False, False)


@pytest.mark.django_db
def test_of_two_hosts_the_one_who_is_spared_decides_what_is_told(place):
    second = Person.objects.create_user("sam@host.example")
    host = open_space.add_host(space=place.space, person=second, name="Sam", by=place.host)
    open_space.set_rules(host=place.host, rules={"labels": {"minimizing": "welcome", "faith": "hold"}})
    message = _write(place, "At least it was early. I am so sorry.")
    assert view(message=message).key == "hurts"
    assert view(message=message).sentences[0] == "It is here. It has not been shown to Ada and Sam."
    type(host).objects.filter(pk=host.pk).update(left_at=timezone.now())
    assert view(message=message).key == "arrived"


@pytest.mark.django_db
def test_many_cost_as_many_queries_as_two(place):
    share.publish(host=place.host, update=place.update, audience="guests", shares_replies=True)
    messages = [_write(place, text) for text in TEXTS]
    for message in messages[8:10]:
        _friend_decides(place, message, "rephrase")

    def cost(some) -> int:
        with CaptureQueriesContext(connection) as queries:
            views(messages=some)
        return len(queries)

    assert cost(messages[8:10]) == cost(messages) <= 6
    assert {found.key for found in views(messages=messages)} < set(KEYS)


@pytest.mark.django_db
def test_nothing_that_a_person_decided_is_undone_by_her_settings(place):
    message = _write(place, "Praying for you and your little one.")
    open_space.set_rules(host=place.host, rules={"labels": {"faith": "hold"}})
    _friend_decides(place, message, "decline")
    open_space.set_rules(host=place.host, rules={"labels": {"faith": "welcome"}})
    assert (message.fates.get().by, view(message=message).key) == (By.PERSON, "declined")
