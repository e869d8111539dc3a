"""Changes that leave the labels as they are, so that the network learns what does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
_ENDINGS = (
    "{} {}",
    "{}. {}",
    "{}\n\n{}",
    "{}\n{}",
    "{} - {}",
    "{} ({})",
    "{} With love from {}",
    "{} from {}",
    "{} xx {}",
)
_SHORT = 6


@dataclass(frozen=True, slots=True)
class Endings:
    """What may stand at the end of a message: blows of a few words, and names, which mean nothing."""

    blows: tuple[Message, ...]
    names: tuple[str, ...]


def endings(messages: Sequence[Message]) -> Endings:
    """The endings that a corpus holds."""
    short = [message for message in messages if len(message.text.split()) <= _SHORT]
    return Endings(
        blows=tuple(message for message in short if _is_blow(message)),
        names=tuple(message.text for message in short if not message.labels),
    )


def _is_blow(message: Message) -> bool:
    marked = {span.label for span in message.spans}
    return bool(marked) and message.labels == marked and not message.labels & _UNJOINABLE


def ended(message: Message, known: Endings, chance: Random) -> Message:
    """A message with a blow at its end, which it then carries, or as often with a name, which is nothing."""
    if not message.labels or len(message.text) > 400 or message.labels & _UNJOINABLE:
        return message
    form = chance.choice(_ENDINGS)
    if chance.random() < 0.5:
        return replace(message, text=form.format(message.text, chance.choice(known.names)))
    blow = chance.choice(known.blows)
    text = form.format(message.text, blow.text)
    start = text.rindex(blow.text)
    moved = tuple(Span(span.label, span.start + start, span.end + start) for span in blow.spans)
    return replace(message, text=text, labels=message.labels | blow.labels, spans=message.spans + moved)


def augmented(
    message: Message, others: list[Message], chance: Random, known: Endings | None = None
) -> Message:
    """One of several harmless variants of a message, or the message itself; some with a `known` ending."""
    roll = chance.random()
    if known and roll >= 0.88:
        return ended(message, known, chance)
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
