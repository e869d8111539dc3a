"""A Decision in plain words, for a moderator and for the guest who wrote.

Codes are for machines and stay the same; the words may be translated. What a guest is told never shows
what the host chose: for the second group of the codebook it is always the same sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from beside.codebook import BY_NAME, Group

FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "too_long": "It is longer than the gate reads (20,480 characters).",
        "empty": "There is nothing in it to read.",
        "disguised": "It is written in a disguise, so what it says is not certain.",
        "failed": "The gate could not read it.",
    }
)

_OTHER: Mapping[str, str] = MappingProxyType(
    {
        "support": "It gives support.",
        "language": "It is in a language that the gate does not read.",
        "no_support": "The gate did not recognise support in it.",
        "not_sure": "The gate is not sure enough that it is support.",
    }
)

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "comfort": "It comforts.",
        "practical_help": "It offers help.",
        "shared_loss": "It tells of the sender's own loss.",
        "information": "It points to help or information.",
        "faith": "It speaks of faith.",
        "advice": "It gives advice.",
        "question": "It asks something.",
        "other_pregnancy": "It speaks of another pregnancy or baby.",
        "off_topic": "It has nothing to do with the loss.",
        "platitude": "It explains the loss away or cheers it away.",
        "minimizing": "It makes the loss or the grief smaller.",
        "blaming": "It lays the fault on the parents.",
        "shaming": "It criticises how they grieve or share.",
        "intrusive": "It asks for what is private.",
        "contention": "It uses the loss for an argument.",
        "hostility": "It insults or mocks.",
        "hate": "It attacks people for who they are.",
        "threat": "It threatens, or wishes somebody harm.",
        "sexual": "It is sexual.",
        "spam": "It advertises or tricks.",
        "crisis": "The sender may be in danger, or somebody else may be. Please look at this first.",
    }
)

WORDS: Mapping[str, str] = MappingProxyType({**FLAGS, **_OTHER, **_LABELS})

A_FRIEND_READS_FIRST = "A friend reads some messages first."

_TO_GUEST: Mapping[str, str] = MappingProxyType(
    {
        "platitude": "Words that explain a loss often hurt more than they help.",
        "minimizing": "Words that compare or hurry the grief can hurt.",
        "blaming": "It can be read as saying that somebody is at fault.",
        "shaming": "It can be read as a reproach for grieving or sharing.",
        "intrusive": "It asks for something that may be private.",
        "contention": "It brings in an argument.",
    }
)


def words_for(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons for a moderator or for whoever sorts a file, one sentence a code."""
    return tuple(WORDS[code] for code in codes)


def to_guest(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons for the guest: the kind of hurt, or the one sentence that says nothing of the host."""
    kinds = tuple(
        _TO_GUEST[code]
        for code in codes
        if code in BY_NAME and BY_NAME[code].group is Group.HURT and code in _TO_GUEST
    )
    return kinds or (A_FRIEND_READS_FIRST,)
