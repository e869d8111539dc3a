"""The labels of the codebook: group, meaning and default, and nothing else.

`docs/codebook.md` is the specification; a test holds this file to it. Every other room imports
labels from here, so that a label exists in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Group(IntEnum):
    """The four groups of the codebook."""

    SUPPORT = 1
    HOST_CHOICE = 2
    HURT = 3
    SAFETY = 4


class Rule(StrEnum):
    """What a host's policy says about a label; ordered by strictness in `STRICTNESS`."""

    WELCOME = "welcome"
    HOLD = "hold"
    DECLINE = "decline"


STRICTNESS = {Rule.WELCOME: 0, Rule.HOLD: 1, Rule.DECLINE: 2}


@dataclass(frozen=True, slots=True)
class Label:
    """One class of the codebook. `softest` and `strictest` bound what a host may set it to."""

    name: str
    group: Group
    meaning: str
    default: Rule
    softest: Rule = Rule.WELCOME
    strictest: Rule = Rule.DECLINE
    supports: bool = False


_SUPPORT, _CHOICE, _HURT, _SAFETY = Group
_WELCOME, _HOLD, _DECLINE = Rule

LABELS: tuple[Label, ...] = (
    Label("comfort", _SUPPORT, "condolence, love, presence", _WELCOME, supports=True),
    Label("practical_help", _SUPPORT, "a concrete offer of help", _WELCOME, supports=True),
    Label("shared_loss", _SUPPORT, "the sender's own loss, told to stand beside", _WELCOME, supports=True),
    Label("information", _SUPPORT, "points to help without pressing", _WELCOME, supports=True),
    Label("faith", _CHOICE, "prayer, God, heaven, angels, scripture", _WELCOME, supports=True),
    Label("advice", _CHOICE, "tells the host what to do or try", _HOLD),
    Label("question", _CHOICE, "asks the host something fitting", _WELCOME),
    Label("other_pregnancy", _CHOICE, "a living pregnancy or a healthy baby", _HOLD),
    Label("off_topic", _CHOICE, "has nothing to do with the loss", _HOLD),
    Label("platitude", _HURT, "explains or cheers the loss away", _HOLD),
    Label("minimizing", _HURT, "makes the loss or the grief smaller", _HOLD),
    Label("blaming", _HURT, "lays the fault on the host or the family", _HOLD),
    Label("shaming", _HURT, "criticises how the host grieves or shares", _HOLD),
    Label("intrusive", _HURT, "digs for what is private", _HOLD),
    Label("contention", _HURT, "uses the loss to argue or settle a score", _HOLD),
    Label("hostility", _HURT, "insult, mockery, contempt", _DECLINE),
    Label("hate", _HURT, "attacks people for who they are", _DECLINE),
    Label("threat", _HURT, "threatens, or wishes violence or death", _DECLINE, softest=_HOLD),
    Label("sexual", _HURT, "sexual remark, request or content", _DECLINE),
    Label("spam", _HURT, "promotion, scam, link bait", _DECLINE),
    Label(
        "crisis",
        _SAFETY,
        "the sender may be about to hurt themself or somebody else",
        _HOLD,
        softest=_HOLD,
        strictest=_HOLD,
    ),
)

NAMES: tuple[str, ...] = tuple(label.name for label in LABELS)
BY_NAME: dict[str, Label] = {label.name: label for label in LABELS}
MARKED: tuple[str, ...] = tuple(label.name for label in LABELS if label.group in (_HURT, _SAFETY))
