"""What a Reading means elsewhere."""

from __future__ import annotations

import pytest

from beside import Action, Decision, Reading
from beside.api import scores
from beside.codebook import NAMES


def reading(**given):
    return Reading({**dict.fromkeys(NAMES, 0.01), **given})


def decision(action=Action.HOLD, support=0.5, labels=()):
    return Decision(action, tuple(labels), support)


COMMENT = {
    "toxicity": 0.8,
    "severe_toxicity": 0.64,
    "identity_attack": 0.2,
    "insult": 0.7,
    "profanity": 0.63,
    "threat": 0.5,
    "sexual": 0.1,
}
NOTHING = dict.fromkeys(scores.ORDINARY, 0.0)


@pytest.mark.parametrize("support", [0.0, 0.1, 0.3, 0.5, 0.9, 1.0])
def test_every_usual_threshold_gives_back_the_decision(support):
    delivered = scores.likely_to_reject(decision(Action.DELIVER, support))
    held = scores.likely_to_reject(decision(Action.HOLD, support))
    declined = scores.likely_to_reject(decision(Action.DECLINE, support))
    assert 0 <= delivered < 0.5
    assert 0.9 < held <= 1
    assert declined == held


def test_more_support_is_less_likely_to_be_rejected():
    for action in Action:
        found = [scores.likely_to_reject(decision(action, support / 10)) for support in range(11)]
        assert found == sorted(found, reverse=True)
        assert len(set(found)) == 11


ATTRIBUTES = {
    "TOXICITY": 0.8,
    "TOXICITY_EXPERIMENTAL": 0.8,
    "SEVERE_TOXICITY": 0.64,
    "SEVERE_TOXICITY_EXPERIMENTAL": 0.64,
    "IDENTITY_ATTACK": 0.2,
    "IDENTITY_ATTACK_EXPERIMENTAL": 0.2,
    "INSULT": 0.7,
    "INSULT_EXPERIMENTAL": 0.7,
    "PROFANITY": 0.63,
    "PROFANITY_EXPERIMENTAL": 0.63,
    "THREAT": 0.5,
    "THREAT_EXPERIMENTAL": 0.5,
    "SEXUALLY_EXPLICIT": 0.1,
    "FLIRTATION": 0.1,
    "ATTACK_ON_AUTHOR": 0.7,
    "ATTACK_ON_COMMENTER": 0.7,
    "OBSCENE": 0.63,
    "COMPASSION_EXPERIMENTAL": 0.31,
    "PERSONAL_STORY_EXPERIMENTAL": 0.32,
    "CURIOSITY_EXPERIMENTAL": 0.33,
    "INFLAMMATORY": 0.34,
    "SPAM": 0.35,
    "OFF_TOPIC": 0.36,
    "INCOHERENT": 0.36,
    "BESIDE_SUPPORT": 0.75,
    "BESIDE_MINIMIZING": 0.37,
}


@pytest.mark.parametrize(("name", "expected"), ATTRIBUTES.items())
def test_attributes(name, expected):
    seen = reading(
        comfort=0.31,
        shared_loss=0.32,
        question=0.33,
        contention=0.34,
        spam=0.35,
        off_topic=0.36,
        minimizing=0.37,
    )
    decided = decision(support=0.75)
    assert scores.attribute(name, seen, decided, COMMENT) == expected


def test_every_attribute_has_an_answer_and_every_label_an_attribute():
    seen, decided = reading(), decision()
    for name in scores.ATTRIBUTES:
        assert 0 <= scores.attribute(name, seen, decided, COMMENT) <= 1
    assert {f"BESIDE_{name.upper()}" for name in NAMES} < set(scores.ATTRIBUTES)
    assert len(set(scores.ATTRIBUTES)) == len(scores.ATTRIBUTES)
    with pytest.raises(KeyError):
        scores.attribute("NUANCE_EXPERIMENTAL", seen, decided, COMMENT)


def categories(labels, comment=NOTHING, **given):
    found = scores.categories(reading(**given), decision(labels=labels), comment)
    assert tuple(found) == scores.CATEGORIES
    return {name for name, (met, _) in found.items() if met}, {
        name: score for name, (_, score) in found.items()
    }


@pytest.mark.parametrize(
    ("labels", "met"),
    [
        ([], set()),
        (["comfort", "platitude", "blaming", "spam", "intrusive"], set()),
        (["hostility"], {"harassment"}),
        (["hate"], {"hate"}),
        (["threat"], {"harassment/threatening", "violence"}),
        (["hate", "threat"], {"hate", "hate/threatening", "harassment/threatening", "violence"}),
        (["sexual"], {"sexual"}),
        (["crisis"], {"self-harm", "self-harm/intent"}),
    ],
)
def test_categories_follow_the_labels(labels, met):
    assert categories(labels)[0] == met


def test_categories_are_scored():
    met, found = categories([], COMMENT, hostility=0.9, crisis=0.3)
    assert met == {"harassment", "harassment/threatening", "violence"}
    assert found == {
        "harassment": 0.7,
        "harassment/threatening": 0.5,
        "hate": 0.2,
        "hate/threatening": 0.2,
        "illicit": 0.0,
        "illicit/violent": 0.0,
        "self-harm": 0.3,
        "self-harm/intent": 0.3,
        "self-harm/instructions": 0.0,
        "sexual": 0.1,
        "sexual/minors": 0.0,
        "violence": 0.5,
        "violence/graphic": 0.0,
    }


def test_the_higher_score_counts_where_the_gate_decided_on_a_label():
    for seen, expected in ((0.9, 0.9), (0.6, 0.7)):
        _, found = categories(["hostility"], COMMENT, hostility=seen)
        assert found["harassment"] == expected


def test_what_a_label_is_called_elsewhere():
    assert scores.elsewhere("hostility") == {
        "perspective": [
            "ATTACK_ON_AUTHOR",
            "ATTACK_ON_COMMENTER",
            "BESIDE_HOSTILITY",
            "INSULT",
            "INSULT_EXPERIMENTAL",
        ],
        "openai": ["harassment"],
    }
    assert scores.elsewhere("crisis") == {
        "perspective": ["BESIDE_CRISIS"],
        "openai": ["self-harm", "self-harm/intent"],
    }
    assert scores.elsewhere("comfort") == {
        "perspective": ["BESIDE_COMFORT", "COMPASSION_EXPERIMENTAL"],
        "openai": [],
    }
