"""Changes that leave the labels as they are, so that the network learns what does not matter."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from beside.gate.reading import Span
from beside.train.corpus import Message

_NEAR = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "t": "ry",
    "n": "bm",
    "s": "ad",
    "r": "et",
    "l": "k",
    "h": "gj",
}
_SIGN_OFFS = (
    " xx",
    " x",
    " ❤️",
    " 🤍",
    " 🙏",
    " 💔",
    " 🥺",
    "!",
    " ❤️❤️",
    " hun",
    " love",
    "...",
    " 😢",
    " hugs",
    " 🕊️",
    " xoxo",
)
_UNJOINABLE = {"off_topic", "spam"}


def augmented(message: Message, others: list[Message], chance: Random) -> Message:
    """One of several harmless variants of a message, or the message itself."""
    roll = chance.random()
    if roll < 0.18:
        return joined(message, chance.choice(others), chance)
    if roll < 0.24:
        return surrounded(message, others, chance)
    if roll < 0.36:
        return mistyped(message, chance, share=chance.choice((0.1, 0.3, 0.9)))
    if roll < 0.42 and message.labels:
        return replace(message, text=message.text.rstrip() + chance.choice(_SIGN_OFFS))
    if roll < 0.46:
        return replace(message, text=_same_length(message.text, ".,!?'’", " "))
    return message


def joined(first: Message, second: Message, chance: Random) -> Message:
    """Two messages written as one: it carries the labels of both, so a blow stays a blow in any company."""
    if (first.labels | second.labels) & _UNJOINABLE or not first.labels or not second.labels:
        return first
    if len(first.text) + len(second.text) > 600:
        return first
    if chance.random() < 0.5:
        first, second = second, first
    gap = chance.choice((" ", ". ", "\n", "\n\n"))
    moved = tuple(
        Span(span.label, span.start + len(first.text) + len(gap), span.end + len(first.text) + len(gap))
        for span in second.spans
    )
    return replace(
        first,
        text=first.text + gap + second.text,
        labels=first.labels | second.labels,
        spans=first.spans + moved,
    )


def surrounded(message: Message, others: list[Message], chance: Random) -> Message:
    """A message with two more around it or beside it."""
    for _ in range(2):
        message = joined(message, chance.choice(others), chance)
    return message


def mistyped(message: Message, chance: Random, share: float) -> Message:
    """A slip of the finger in a share of the words; lengths stay, so that the spans stay true."""
    chars = list(message.text)
    for place in range(1, len(chars) - 1):
        if not chars[place].isascii() or not chars[place].isalpha() or chance.random() > share / 4:
            continue
        if chance.random() < 0.5 and chars[place + 1].isalpha():
            chars[place], chars[place + 1] = chars[place + 1], chars[place]
        else:
            chars[place] = chance.choice(_NEAR.get(chars[place], chars[place]))
    return replace(message, text="".join(chars))


def _same_length(text: str, drop: str, put: str) -> str:
    return "".join(put if char in drop else char for char in text)
