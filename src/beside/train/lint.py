"""A lint for the corpus: near-duplicates, templates, and texts that come near to held-out ones.

`python -m beside.train.lint [OTHER.jsonl …]` checks `corpus/`; further files are held-out sets that no
training message may come near. Leaves with 1 and a line per finding if there is any.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from beside.gate.canonical import canonical
from beside.train.corpus import Message, load

_SHINGLE = 4
_NEAR = 0.5
_FEWEST_WORDS = 4  # shorter texts ("first", a heart) are what everybody writes
_OPENING_WORDS = 5
_OPENING_SHARE = 0.002
Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """The runs of four words of a text in canonical form, punctuation aside."""
    words = [word.strip(".,;:!?\"'()…-*") for word in canonical(text).text.split()]
    words = [word for word in words if word]
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))


def alike(one: Shingles, other: Shingles) -> float:
    """Jaccard similarity of two sets of shingles."""
    return len(one & other) / max(1, len(one | other))


class Seen:
    """Messages that were seen, to be asked which of them a further one is near to."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._kept: list[tuple[Message, Shingles]] = []
        for message in messages:
            self.add(message)

    def add(self, message: Message) -> None:
        """Remembers a message."""
        found = shingles(message.text)
        for shingle in found:
            self._places[shingle].append(len(self._kept))
        self._kept.append((message, found))

    def near(self, message: Message) -> Message | None:
        """A message that shares half of its shingles with this one and was not written as its twin."""
        found = shingles(message.text)
        rivals = Counter(place for shingle in found for place in self._places.get(shingle, [])[:50])
        for place, _ in rivals.most_common(5):
            other, others = self._kept[place]
            twins = message.pair is not None and (message.author, message.pair) == (other.author, other.pair)
            if alike(found, others) >= _NEAR and not twins:
                return other
        return None


def near_duplicates(messages: Iterable[Message]) -> Iterator[tuple[Message, Message]]:
    """Each message that comes near to an earlier one, with that one."""
    seen = Seen()
    for message in messages:
        other = seen.near(message)
        if other is not None:
            yield other, message
        seen.add(message)


def templates(messages: Iterable[Message]) -> list[tuple[str, int]]:
    """Openings of five words that more than one in five hundred messages share."""
    openings = Counter(
        " ".join(words[:_OPENING_WORDS])
        for words in (canonical(message.text).text.split() for message in messages)
        if len(words) > _OPENING_WORDS
    )
    allowed = max(3.0, sum(openings.values()) * _OPENING_SHARE)
    return [(opening, count) for opening, count in openings.most_common() if count > allowed]


def findings(folder: Path, others: Sequence[Path] = ()) -> Iterator[str]:
    """Everything that is wrong with the corpus in `folder`, one line each."""
    train, validation = load(folder / "train"), load(folder / "validation")
    held_out = Seen([*validation, *(Message(text, frozenset()) for path in others for text in _texts(path))])
    for one, other in near_duplicates(train):
        yield f"train: {other.author}: near to {one.author}: {other.text[:70]!r}"
    for message in train:
        if len(message.text.split()) >= _FEWEST_WORDS and held_out.near(message):
            yield f"train: {message.author}: near to a held-out message: {message.text[:70]!r}"
    for opening, count in templates(train):
        yield f"train: {count} messages begin with {opening!r}"


def _texts(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def main(arguments: Sequence[str]) -> int:
    """Prints the findings; 1 if there are any."""
    found = list(findings(Path("corpus"), [Path(argument) for argument in arguments]))
    print("\n".join(found) or "The corpus has no repetition.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
