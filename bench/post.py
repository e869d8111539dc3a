"""The comments under a famous post, made up: seeded, 40 % distinct, the rest said before.

Distinct texts are sentences of the corpus put together anew. Two texts count as distinct only if their
letters and digits differ, so that no reader can take them for one by tidying case, marks or spaces.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

DISTINCT = 0.4
FAMOUS = 500_000
_LONGEST_SENTENCE = 160
_SENTENCES, _WEIGHTS = (1, 2, 3), (10, 75, 15)
_BREAK = re.compile(r"(?<=[.!?…])\s+|\n+")


def key(text: str) -> str:
    """What must differ between two texts; a text without letters or digits is its own."""
    return "".join(filter(str.isalnum, text.casefold())) or text


def sentences(texts: Iterable[str]) -> list[str]:
    """The distinct sentences of texts, in their order."""
    found: dict[str, str] = {}
    for text in texts:
        for part in _BREAK.split(text):
            sentence = part.strip()
            if sentence and len(sentence) <= _LONGEST_SENTENCE:
                found.setdefault(key(sentence), sentence)
    return list(found.values())


def distinct_texts(count: int, parts: Sequence[str], seed: int) -> list[str]:
    """As many distinct texts of one to three sentences."""
    if not parts or count > len(parts) ** 2:
        raise ValueError(f"{len(parts)} sentences are too few for {count} distinct texts")
    chance = Random(seed)
    found: dict[str, str] = {}
    while len(found) < count:
        size = chance.choices(_SENTENCES, _WEIGHTS)[0]
        text = " ".join(chance.choices(parts, k=size))
        found.setdefault(key(text), text)
    return list(found.values())


def post(count: int, parts: Sequence[str], seed: int) -> list[str]:
    """As many comments: 40 % distinct, the rest drawn from those as Zipf saw words drawn, all shuffled."""
    distinct = distinct_texts(round(count * DISTINCT), parts, seed)
    chance = Random(seed + 1)
    weights = list(accumulate(1 / rank for rank in range(1, len(distinct) + 1)))
    comments = distinct + chance.choices(distinct, cum_weights=weights, k=count - len(distinct))
    chance.shuffle(comments)
    return comments


def senders(count: int, parts: Sequence[str], seed: int) -> list[str]:
    """A name for each comment: two words and a number; some write more than once."""
    words = sorted({word.lower() for part in parts for word in re.findall(r"[A-Za-z]{3,8}", part)})
    chance = Random(seed + 2)
    names = ["{}_{}{}".format(*chance.choices(words, k=2), chance.randrange(100)) for _ in range(count // 2)]
    return chance.choices(names or ["a_guest"], k=count)


def write(path: Path, comments: Sequence[str], names: Sequence[str] = ()) -> None:
    """A CSV as platforms export it, with a column of senders if there are any."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", *(["author"] if names else []), "text"])
        for number, comment in enumerate(comments):
            table.writerow([number + 1, *names[number : number + 1], comment])
