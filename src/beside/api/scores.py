"""What a Reading means in the categories of other systems: the one place where they are mapped.

Perspective and OpenAI score ordinary comments, about anything. `ordinary` derives those scores from the
labels of the codebook, which were made for replies to the bereaved. That is provisional: heads that are
trained on ordinary comments take its place, and nothing but this function changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from beside.codebook import NAMES
from beside.gate import Action, Decision, Reading

ORDINARY = ("toxicity", "severe_toxicity", "identity_attack", "insult", "profanity", "threat", "sexual")


def ordinary(reading: Reading) -> Mapping[str, float]:
    """Scores from 0 to 1 for ordinary comments. Provisional: derived from our own labels."""
    scores = reading.scores
    insult, hate = scores["hostility"], scores["hate"]
    threat, sexual = scores["threat"], scores["sexual"]
    return {
        "toxicity": max(insult, hate, threat, sexual),
        "severe_toxicity": max(hate, threat, insult * insult),
        "identity_attack": hate,
        "insult": insult,
        "profanity": max(sexual, insult * insult),
        "threat": threat,
        "sexual": sexual,
    }


def likely_to_reject(decision: Decision) -> float:
    """From 0 to 1: every threshold from 0.5 to 0.9 gives back exactly what the policy decided.

    The bare 1 - `support` would not: a message can be held by a rule though support is recognised in it,
    and a lenient level of caution delivers what a caller's threshold would then stop.
    """
    doubt = 1 - decision.support
    return doubt / 2.001 if decision.action is Action.DELIVER else 0.9 + (doubt * 0.999 + 0.001) / 10


# Perspective's name → our score for ordinary comments
PRODUCTION: Mapping[str, str] = MappingProxyType(
    {
        "TOXICITY": "toxicity",
        "SEVERE_TOXICITY": "severe_toxicity",
        "IDENTITY_ATTACK": "identity_attack",
        "INSULT": "insult",
        "PROFANITY": "profanity",
        "THREAT": "threat",
    }
)
_OF_ORDINARY: Mapping[str, str] = MappingProxyType(
    {
        **PRODUCTION,
        **{f"{name}_EXPERIMENTAL": score for name, score in PRODUCTION.items()},
        "SEXUALLY_EXPLICIT": "sexual",
        "FLIRTATION": "sexual",
        "ATTACK_ON_AUTHOR": "insult",
        "ATTACK_ON_COMMENTER": "insult",
        "OBSCENE": "profanity",
    }
)
# Perspective's name → label of the codebook
_OF_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "COMPASSION_EXPERIMENTAL": "comfort",
        "PERSONAL_STORY_EXPERIMENTAL": "shared_loss",
        "CURIOSITY_EXPERIMENTAL": "question",
        "INFLAMMATORY": "contention",
        "SPAM": "spam",
        "OFF_TOPIC": "off_topic",
        "INCOHERENT": "off_topic",
        **{f"BESIDE_{name.upper()}": name for name in NAMES},
    }
)
# These follow the decision, and a text in a language that the gate does not read is held, so they have an
# answer in every language.
OF_DECISION = ("LIKELY_TO_REJECT", "BESIDE_SUPPORT")
ATTRIBUTES: tuple[str, ...] = (*_OF_ORDINARY, *_OF_LABELS, *OF_DECISION)


def attribute(name: str, reading: Reading, decision: Decision, scores: Mapping[str, float]) -> float:
    """The score of one attribute of Perspective's, or of ours among them. Raises `KeyError`."""
    if name == "LIKELY_TO_REJECT":
        return likely_to_reject(decision)
    if name == "BESIDE_SUPPORT":
        return decision.support
    return scores[_OF_ORDINARY[name]] if name in _OF_ORDINARY else reading.scores[_OF_LABELS[name]]


# OpenAI's category → label that sets it, and our score for it
_CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "harassment": ("hostility",),
        "harassment/threatening": ("threat",),
        "hate": ("hate",),
        "hate/threatening": ("hate", "threat"),
        "illicit": (),
        "illicit/violent": (),
        "self-harm": ("crisis",),
        "self-harm/intent": ("crisis",),
        "self-harm/instructions": (),
        "sexual": ("sexual",),
        "sexual/minors": (),
        "violence": ("threat",),
        "violence/graphic": (),
    }
)
CATEGORIES: tuple[str, ...] = tuple(_CATEGORIES)
_SCORED = MappingProxyType(
    {"hostility": "insult", "hate": "identity_attack", "threat": "threat", "sexual": "sexual"}
)


def categories(
    reading: Reading, decision: Decision, scores: Mapping[str, float]
) -> dict[str, tuple[bool, float]]:
    """OpenAI's categories: whether each is met, and its score. One that no label answers is never met."""
    return {
        category: (
            bool(labels) and all(label in decision.labels for label in labels),
            min((_score(label, reading, scores) for label in labels), default=0.0),
        )
        for category, labels in _CATEGORIES.items()
    }


def _score(label: str, reading: Reading, scores: Mapping[str, float]) -> float:
    return scores[_SCORED[label]] if label in _SCORED else reading.scores[label]


def elsewhere(label: str) -> dict[str, list[str]]:
    """What a label is called in the other contracts."""
    scored = _SCORED.get(label)
    attributes = [name for name, source in _OF_LABELS.items() if source == label]
    attributes += [name for name, source in _OF_ORDINARY.items() if source == scored]
    return {
        "perspective": sorted(attributes),
        "openai": [category for category, labels in _CATEGORIES.items() if label in labels],
    }
