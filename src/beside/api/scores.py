"""What is seen in a text in the categories of other systems: the one place where they are mapped.

Perspective and OpenAI score ordinary comments, about anything: those scores (`ORDINARY`) come from a model of
their own (`beside.api.ordinary`). What only the codebook knows comes from the gate's reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from beside.codebook import NAMES
from beside.gate import Action, Decision, Reading

ORDINARY = ("toxicity", "severe_toxicity", "identity_attack", "insult", "profanity", "threat", "sexual")


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
# Perspective's name → score for ordinary comments, all that need the second model
OF_COMMENTS: Mapping[str, str] = MappingProxyType(
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
ATTRIBUTES: tuple[str, ...] = (*OF_COMMENTS, *_OF_LABELS, *OF_DECISION)


def attribute(name: str, reading: Reading, decision: Decision, scores: Mapping[str, float]) -> float:
    """The score of one attribute of Perspective's, or of ours among them. Raises `KeyError`."""
    if name == "LIKELY_TO_REJECT":
        return likely_to_reject(decision)
    if name == "BESIDE_SUPPORT":
        return decision.support
    return scores[OF_COMMENTS[name]] if name in OF_COMMENTS else reading.scores[_OF_LABELS[name]]


# OpenAI's category → the labels that set it, all of which it takes
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
MET = 0.5  # from this score for ordinary comments on, a category is met
# label → the score for ordinary comments that is nearest to it
_LIKE = MappingProxyType(
    {"hostility": "insult", "hate": "identity_attack", "threat": "threat", "sexual": "sexual"}
)


def categories(
    reading: Reading, decision: Decision, scores: Mapping[str, float]
) -> dict[str, tuple[bool, float]]:
    """OpenAI's categories: whether each is met, and its score. One that nothing answers is never met.

    A label counts when either model sees it: the gate in a reply, the other in a comment about anything.
    """
    seen = {label: _seen(label, reading, decision, scores) for label in (*_LIKE, "crisis")}
    return {
        category: (
            bool(labels) and all(seen[label][0] for label in labels),
            min((seen[label][1] for label in labels), default=0.0),
        )
        for category, labels in _CATEGORIES.items()
    }


def _seen(
    label: str, reading: Reading, decision: Decision, scores: Mapping[str, float]
) -> tuple[bool, float]:
    decided = label in decision.labels
    if label not in _LIKE:
        return decided, reading.scores[label]
    score = scores[_LIKE[label]]
    return decided or score >= MET, max(score, reading.scores[label]) if decided else score


def elsewhere(label: str) -> dict[str, list[str]]:
    """What in the other contracts is nearest to a label."""
    attributes = [name for name, source in _OF_LABELS.items() if source == label]
    attributes += [name for name, source in OF_COMMENTS.items() if source == _LIKE.get(label)]
    return {
        "perspective": sorted(attributes),
        "openai": [category for category, labels in _CATEGORIES.items() if label in labels],
    }
