"""G4, G6, G8: hurt in any company, at any length; nothing slow, nothing lost."""

from random import Random

import pytest

from beside.gate.canonical import LONGEST, canonical
from beside.train.corpus import Rule
from tests.conftest import count

# The promise is 0 for both. This is what is reached, and docs/promise.md says so.
REACHED_LONG, REACHED_SHORT = 0.06, 0.18

ADVERSARIAL = [
    "a" * 20_480,
    "a " * 10_240,
    "a." * 10_240,
    "1a" * 10_240,
    "$" * 20_480,
    "😂" * 20_480,
    "\u0301" * 20_480,
    "\ufdfa" * 2_000,
    "@" * 10_000 + "a" * 10_000,
    "http" * 5_000,
    "(((((" * 4_000,
    "- " * 10_000,
    "\U000e0061" * 20_480,
]


@pytest.fixture(scope="module")
def clearly_wrong(validation, gate):
    """Messages with a hurt that the gate names when it reads them alone."""
    wrong = [m.text for m in validation if m.rule is not Rule.WELCOME and m.spans and len(m.text) > 20]
    return [text for text in wrong if gate.decide(text).codes[0] not in ("not_sure", "no_support")]


@pytest.fixture(scope="module")
def kind(validation, gate):
    texts = [m.text for m in validation if m.rule is Rule.WELCOME and len(m.text) > 30]
    return [text for text, got in zip(texts, gate.decide_many(texts), strict=True) if got.action == "deliver"]


def padded(hurt: str, kind: list[str], chance: Random, size: int) -> str:
    before: list[str] = []
    after: list[str] = []
    place = chance.choice((before, after, None))
    length = len(hurt)
    while True:
        text = chance.choice(kind)
        if length + len(text) + 1 > size:
            return " ".join([*before, hurt, *after])
        (chance.choice((before, after)) if place is None else place).append(text)
        length += len(text) + 1


def test_a_blow_in_long_kind_company_is_seldom_delivered(clearly_wrong, kind, gate, record_property):
    chance = Random(4)
    sizes = (1200, 2500, 5000, 10_000, LONGEST)
    texts = [
        padded(clearly_wrong[number % len(clearly_wrong)], kind, chance, sizes[number % len(sizes)])
        for number in range(count(full=1000, reduced=70))
    ]
    delivered = [
        text for text, got in zip(texts, gate.decide_many(texts), strict=True) if got.action == "deliver"
    ]
    record_property("measured", f"{len(delivered)} of {len(texts)} delivered (promise: 0)")
    assert len(delivered) <= REACHED_LONG * len(texts)


def test_a_blow_in_short_kind_company_is_seldom_delivered(clearly_wrong, kind, gate, record_property):
    chance = Random(4)
    blows = Random(6).sample(clearly_wrong, min(len(clearly_wrong), count(full=500, reduced=150)))
    texts = [padded(blow, kind, chance, 300) for blow in blows]
    delivered = [got for got in gate.decide_many(texts) if got.action == "deliver"]
    record_property("measured", f"{len(delivered)} of {len(texts)} delivered (promise: 0)")
    assert len(delivered) <= REACHED_SHORT * len(texts)


@pytest.mark.parametrize("text", ADVERSARIAL, ids=range(len(ADVERSARIAL)))
def test_no_text_is_too_much(text, gate):
    assert gate.decide(text).action in ("hold", "decline")


def test_over_the_limit_is_held_and_not_cut(gate):
    assert gate.decide("so sorry " * 2276).codes == ("too_long",)
    assert canonical("x" * (LONGEST + 1)).too_long
