"""What a network is fitted on: labelled messages in harmless variants, and texts that a teacher read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
from tokenizers import Tokenizer

from beside.train.augment import augmented, endings
from beside.train.corpus import Message
from beside.train.encode import Example, Floats, encode

_CONTRADICTS = 0.5
_FEW = 9  # word pieces, its two marks included


class Feed:
    """Draws the examples of one epoch.

    `taught` (one per message) holds the teacher's reading of the message as it stands; the targets are then
    the mean of label and teacher, the label weighing `trust`, and the label alone where the teacher
    contradicts it. `pool` holds texts that only the teacher has read, of which `share` times as many as
    messages are drawn.
    """

    def __init__(
        self,
        messages: Sequence[Message],
        pieces: Tokenizer,
        taught: Sequence[Example] | None = None,
        pool: Sequence[Example] = (),
        share: float = 1.0,
        trust: float = 0.6,
    ) -> None:
        self._messages, self._pieces, self._taught, self._pool = list(messages), pieces, taught, list(pool)
        self._drawn_from_pool = min(len(self._pool), int(share * len(self._messages)))
        self._trust = trust
        self._endings = endings(self._messages)

    def __len__(self) -> int:
        return len(self._messages) + self._drawn_from_pool

    def draw(self, chance: Random) -> Iterator[Example]:
        """All messages and a part of the pool, shuffled together."""
        order: list[int | Example] = list(range(len(self._messages)))
        order.extend(chance.sample(self._pool, self._drawn_from_pool))
        chance.shuffle(order)
        for item in order:
            yield self._example(item, chance) if isinstance(item, int) else item

    def _example(self, place: int, chance: Random) -> Example:
        message = self._messages[place]
        changed = augmented(message, self._messages, chance, self._endings)
        example = encode(changed, self._pieces)
        if self._taught is None or changed is not message or len(example.ids) <= _FEW:
            return example  # of a few words the teacher knows less than their author
        teacher = self._taught[place]
        return Example(
            example.ids,
            self._between(example.targets, teacher.targets),
            self._between(example.tokens, teacher.tokens),
        )

    def _between(self, label: Floats, teacher: Floats) -> Floats:
        mean = self._trust * label + (1 - self._trust) * teacher
        return np.where(np.abs(label - teacher) > _CONTRADICTS, label, mean).astype(np.float32)
