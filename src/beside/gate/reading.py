"""What the gate saw and what it decided: the two values that every other room handles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from beside.codebook import NAMES


class Action(StrEnum):
    """What happens to a message."""

    DELIVER = "deliver"
    HOLD = "hold"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Span:
    """The words that earned a label: characters `start` to `end` (exclusive) of the text as written."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the gate saw in one text, before any host's rules.

    `scores` holds a probability from 0 to 1 for every label of the codebook, `deliver` the model's own
    one that the default policy would let it through. `flags` names what stands in the way of reading
    (see `beside.gate.reasons.FLAGS`); a flagged text is held. `language` is a code, "other" for one
    that the model does not read, or empty where there are no words to tell it by.
    """

    scores: Mapping[str, float]
    deliver: float = 0.0
    spans: tuple[Span, ...] = ()
    language: str = "en"
    flags: tuple[str, ...] = ()
    model: str = ""


def unread(flag: str = "failed", model: str = "") -> Reading:
    """The reading of a text that could not be read, for the reason that `flag` names: nothing in it is known,
    and it is held."""
    return Reading(dict.fromkeys(NAMES, 0.0), flags=(flag,), language="", model=model)


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a message under one policy, and why.

    `support` is the calibrated probability (0 to 1) that delivering is right under the policy.
    `codes` are the reasons for machines, `reasons` the same in plain words for people.
    """

    action: Action
    labels: tuple[str, ...] = ()
    support: float = 0.0
    codes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    spans: tuple[Span, ...] = field(default=())
    model: str = ""
