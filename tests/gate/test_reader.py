"""The reader: the same answer alone and in company, remembered or not, one window or many."""

import numpy as np
import pytest

from beside.codebook import NAMES
from beside.gate import Gate
from beside.gate.reader import Reader
from beside.gate.weights import load
from beside.gate.windows import WHOLE

TEXTS = [
    "So sorry for your loss. Thinking of you both.",
    "At least it was early.",
    "🕊️🤍",
    "We will bring soup on Thursday " * 3,
    "x",
    "",
]


@pytest.fixture(scope="module")
def reader():
    return Reader(load())


def test_many_are_read_as_each_alone(reader):
    assert reader.read_many(TEXTS * 5) == [reader.read(text) for text in TEXTS] * 5
    assert Reader(load(), remembered=0).read_many(TEXTS, threads=1) == reader.read_many(TEXTS)


def test_a_reading_holds_a_probability_for_every_label(reader):
    for text in TEXTS:
        reading = reader.read(text)
        assert tuple(reading.scores) == NAMES
        assert all(0.0 <= score <= 1.0 for score in reading.scores.values())
        assert reading.model == reader.model


def test_what_is_remembered_is_limited_and_the_same():
    small = Reader(load(), remembered=2)
    first = [small.read(text) for text in TEXTS]
    assert len(small._memory) == 2
    assert [small.read(text) for text in TEXTS] == first


def test_spans_lie_on_the_hurtful_words_as_written(reader):
    text = "I'm  so sorry 🤍.  At least it was EARLY, love."
    spans = reader.read(text).spans
    assert spans
    marked = {place for span in spans for place in range(span.start, span.end)}
    start = text.index("At least")
    assert marked & set(range(start, start + 22))
    assert not marked & set(range(text.index("so sorry"), text.index("so sorry") + 8))


def test_a_long_text_is_read_in_windows_and_the_worst_counts(reader):
    kind = "We are so sorry, we love you and we are thinking of you and of your little girl. "
    blow = "At least you know you can get pregnant, so stop crying. "
    assert len((kind * 20).split()) > 2 * WHOLE
    plain, hit = reader.read(kind * 20), reader.read(kind * 12 + blow + kind * 8)
    assert hit.scores["minimizing"] > 0.5 > plain.scores["minimizing"]
    assert hit.deliver < plain.deliver


def test_scores_that_are_no_numbers_raise_inside_and_hold_outside(reader, monkeypatch):
    broken = Reader(load())
    monkeypatch.setattr(
        broken,
        "_run",
        lambda ids: ([[np.nan] * (len(NAMES) + 2)], np.zeros((len(ids), 12), dtype=np.float32)),
    )
    with pytest.raises(FloatingPointError):
        broken.read("hello")
    gate = Gate()
    gate._reader = broken
    assert gate.decide("hello").codes == ("failed",)
