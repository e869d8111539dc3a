"""G7: any text at all is decided, never raises, and gets the same answer twice and in any company."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beside.codebook import NAMES
from beside.gate.reading import Action
from tests.conftest import count

ANY = st.text(max_size=200) | st.text(st.characters(categories=["So", "Cf", "Mn", "Lo", "Cs"]), max_size=60)


@settings(max_examples=count(full=100_000, reduced=300), deadline=None)
@given(ANY)
def test_any_text_is_decided(gate, text):
    got = gate.decide(text)
    assert got.action in Action
    assert 0.0 <= got.support <= 1.0
    assert got.codes
    assert set(got.labels) <= set(NAMES)
    assert all(0 <= span.start < span.end <= len(text) for span in got.spans)
    assert gate.decide(text) == got


def test_scores_are_the_same_alone_and_in_any_batch(validation):
    from beside import Gate

    chance = Random(5)
    texts = [message.text for message in validation]
    while len(texts) < count(full=10_000, reduced=len(texts)):
        texts.append(f"{chance.choice(texts)} {chance.choice(texts)}"[:400])
    together = Gate().decide_many(texts)
    order = list(range(len(texts)))
    chance.shuffle(order)
    shuffled = Gate().decide_many([texts[place] for place in order])
    assert [shuffled[order.index(place)] for place in range(0, len(texts), 7)] == together[::7]
    alone = Gate()
    for place in range(0, len(texts), count(full=1, reduced=20)):
        assert alone.decide(texts[place]) == together[place]


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\u200b\u200d", "\u0301"])
def test_nothing_to_read_is_held(nothing, gate):
    got = gate.decide(nothing)
    assert (got.action, got.codes) == ("hold", ("empty",))
