"""What an epoch draws from each source: ours often, the large and noisy sets in part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
from tokenizers import Tokenizer

from beside.gate.canonical import canonical
from beside.gate.reader import known_words
from beside.train.augment import mistyped
from beside.train.corpus import Message
from beside.train.encode import LONGEST, Example
from beside.train.ordinary.comments import UNKNOWN, Comment, Row

# how many comments of a source an epoch sees; a source that is not named is ours, and seen `_OURS` times
_DRAWN = {
    "davidson": 6_000,
    "edos": 6_000,
    "goemotions": 6_000,
    "surge": 1_400,
    "youtube": 1_000,
    "replies": 6_000,
}
_OURS = 4
_CERTAIN = 0.9
_MISSPELT = 0.15
_JOINED = 0.2
_LONGEST_JOINED = 700


class CommentFeed:
    """Draws the examples of one epoch; `len` is their number."""

    def __init__(self, comments: Sequence[Comment], pieces: Tokenizer) -> None:
        self._pieces, self._known = pieces, known_words(pieces)
        self._by: dict[str, list[Comment]] = {}
        for comment in comments:
            self._by.setdefault(comment.source, []).append(comment)

    def __len__(self) -> int:
        return sum(self._count(source) for source in self._by)

    def _count(self, source: str) -> int:
        return _DRAWN.get(source, _OURS * len(self._by[source]))

    def draw(self, chance: Random) -> Iterator[Example]:
        """All that an epoch sees, shuffled together."""
        drawn = [comment for source in self._by for comment in self._some(source, chance)]
        chance.shuffle(drawn)
        for one in drawn:
            comment = joined(one, chance.choice(drawn), chance) if chance.random() < _JOINED else one
            yield self.example(_perhaps_mistyped(comment.text, chance), comment)

    def _some(self, source: str, chance: Random) -> list[Comment]:
        rows = self._by[source]
        whole, rest = divmod(self._count(source), len(rows))
        return rows * whole + chance.sample(rows, rest)

    def example(self, text: str, comment: Comment) -> Example:
        """A text as the network sees it, with the comment's targets and no marked words."""
        ids = np.array(self._pieces.encode(canonical(text, self._known).text).ids[:LONGEST], dtype=np.int64)
        return Example(ids, comment.wanted, np.zeros((len(ids), 0), dtype=np.float32))


def joined(first: Comment, second: Comment, chance: Random) -> Comment:
    """Two comments as one, as rude as the ruder: one vile line in a long comment makes it vile."""
    if len(first.text) + len(second.text) > _LONGEST_JOINED:
        return first
    parts = [first.text, second.text]
    chance.shuffle(parts)
    text = chance.choice((" ", "\n", ". ")).join(parts)
    return Comment(text, _either(first.wanted, second.wanted), first.source)


def _either(one: Row, other: Row) -> Row:
    """What is certain in one is certain; else what is unknown in one is unknown."""
    unknown = (one < 0) | (other < 0)
    worse = np.maximum(one, other)
    return np.where(unknown & (worse < _CERTAIN), UNKNOWN, worse).astype(np.float32)


def _perhaps_mistyped(text: str, chance: Random) -> str:
    if chance.random() >= _MISSPELT:
        return text
    return mistyped(Message(text, frozenset()), chance, share=chance.choice((0.1, 0.3))).text
