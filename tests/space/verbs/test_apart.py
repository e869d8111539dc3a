"""What others may see of a message does not move with her answers, not even by how sure the gate is."""

from __future__ import annotations

import pytest

from beside.codebook import LABELS, NAMES, Group, Rule
from beside.gate import Policy, Reading
from beside.gate.policy import PRESETS
from beside.space.verbs import reading
from beside.space.verbs.apart import HERS, same_for_any, without_her_choices

KIND = {"comfort": 0.97}


def _reading(**scores: float) -> Reading:
    return Reading({**dict.fromkeys(NAMES, 0.01), **scores}, deliver=scores.get("comfort", 0.01))


def test_hers_is_what_a_host_is_asked_about():
    assert {"faith", "advice", "question", "other_pregnancy", "off_topic", "shared_loss"} == HERS


@pytest.mark.parametrize("preset", PRESETS.values(), ids=str)
def test_no_choice_of_hers_is_left_and_every_rule_about_hurt_is(preset):
    mildest = without_her_choices(preset)
    groups = {Group.SUPPORT, Group.HOST_CHOICE}
    assert {mildest.labels[label.name] for label in LABELS if label.group in groups} == {Rule.WELCOME}
    for label in LABELS:
        if label.group not in groups:
            assert mildest.labels[label.name] is preset.labels[label.name]


def test_a_plain_kindness_may_be_seen_by_others():
    assert same_for_any(_reading(**KIND), ("comfort",), Policy())


@pytest.mark.parametrize("label", sorted(HERS))
def test_what_she_is_asked_about_may_not(label):
    assert not same_for_any(_reading(**KIND, **{label: 0.9}), ("comfort", label), Policy())


def test_a_message_that_only_her_answer_makes_certain_may_not():
    steps = [step / 20 for step in range(1, 20)]
    scores = [
        dict.fromkeys(NAMES, 0.01) | {"comfort": kind, "faith": faith} for kind in steps for faith in steps
    ]
    shady = [Reading(some, deliver=deliver) for some in scores for deliver in steps]
    strict = Policy.from_dict({"labels": {"faith": "hold"}})
    judge = reading.gate().judge
    moved = [one for one in shady if judge(one).action != judge(one, strict).action]
    unseen = [one for one in moved if "faith" not in judge(one).labels]
    assert unseen, "some readings must be on the edge for this test to say anything"
    assert not any(same_for_any(one, judge(one).labels, Policy()) for one in unseen)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=str)
def test_it_is_the_same_for_every_preset(preset):
    for scores in (KIND, {"comfort": 0.4}, {"comfort": 0.9, "faith": 0.3}, {"practical_help": 0.95}):
        found = _reading(**scores)
        labels = reading.gate().judge(found).labels
        assert same_for_any(found, labels, preset) == same_for_any(found, labels, Policy())
