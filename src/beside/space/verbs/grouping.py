"""Messages that say the same, put together, so that a friend need not read one hundred times what was
copied one hundred times.

Alike are messages with the same mark, and those that share most of their runs of five letters once spelling
tricks are undone. Texts of a few words have to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from beside.gate.canonical import canonical
from beside.space.models import Moderator
from beside.space.verbs.review import Waiting, queue

LIKE = 0.6
_RUN, _SHORT, _READ = 5, 20, 600
_LOOKED_AT = 400


def groups(*, moderator: Moderator) -> list[list[Waiting]]:
    """Held messages that are alike, largest group first. Whoever may be in danger is in none of them."""
    calm = [one for one in queue(moderator=moderator, limit=_LOOKED_AT) if not one.urgent]
    found = alike([one.text for one in calm], marks=[one.message.like_hash for one in calm])
    return [[calm[place] for place in group] for group in found]


def alike(texts: Sequence[str], marks: Sequence[str] = ()) -> list[list[int]]:
    """Groups of two or more texts, as their places, largest first. Texts with one mark are alike unread."""
    plain = [_plain(text) for text in texts]
    same: dict[str, list[int]] = {}
    for place, letters in enumerate(plain):
        if letters:
            same.setdefault(marks[place] if marks else letters, []).append(place)
    heads = [places[0] for places in same.values()]
    kin = {head: head for head in heads}
    for one, other in _near_pairs({head: plain[head] for head in heads}):
        kin[_root(kin, other)] = _root(kin, one)
    together: dict[int, list[int]] = {}
    for places in same.values():
        together.setdefault(_root(kin, places[0]), []).extend(places)
    groups = [sorted(places) for places in together.values() if len(places) > 1]
    return sorted(groups, key=lambda places: (-len(places), places))


def _near_pairs(plain: dict[int, str]) -> Iterator[tuple[int, int]]:
    runs = {place: _runs(letters) for place, letters in plain.items() if len(letters) >= _SHORT}
    for one, other in combinations(runs, 2):
        few, many = sorted((len(runs[one]), len(runs[other])))
        if few >= LIKE * many:  # else they cannot share enough
            shared = len(runs[one] & runs[other])
            if shared >= LIKE * (few + many - shared):
                yield one, other


def _plain(text: str) -> str:
    """The letters and digits of its beginning, disguises undone."""
    return "".join(char for char in canonical(text[: 4 * _READ]).text if char.isalnum())[:_READ]


def _runs(letters: str) -> frozenset[str]:
    return frozenset(letters[start : start + _RUN] for start in range(len(letters) - _RUN + 1))


def _root(kin: dict[int, int], place: int) -> int:
    while kin[place] != place:
        place = kin[place]
    return place
