"""Token scores become ranges of the text as written."""

import numpy as np

from beside.gate.reading import Span
from beside.gate.spans import as_written, spans_of

PLACES = [(0, 2), (3, 5), (6, 8), (9, 11), (12, 14), (15, 17), (18, 20)]


def found(scores, cutoff=0.5, places=PLACES):
    return spans_of("blaming", np.array(scores, dtype=np.float32), places, cutoff)


def test_a_run_of_marked_tokens_is_one_span():
    assert found([0, 0.9, 0.9, 0, 0, 0, 0]) == [Span("blaming", 3, 8)]


def test_small_gaps_are_bridged_and_large_ones_not():
    assert found([0.9, 0, 0, 0.9, 0, 0, 0]) == [Span("blaming", 0, 11)]
    assert found([0.9, 0, 0, 0, 0.9, 0, 0]) == [Span("blaming", 0, 2), Span("blaming", 12, 14)]


def test_without_a_token_over_the_cutoff_the_strongest_stand_in():
    assert found([0, 0.1, 0.4, 0.3, 0.1, 0, 0]) == [Span("blaming", 6, 11)]


def test_special_tokens_are_never_marked():
    places = [(0, 0), *PLACES[:5], (0, 0)]
    assert found([0.9, 0, 0.9, 0, 0, 0, 0.9], places=places) == [Span("blaming", 3, 5)]
    assert found([0.9, 0.9], places=[(0, 0), (0, 0)]) == []


def test_ranges_are_carried_over_to_the_text_as_written():
    text = "a\u200bb 🤍"
    offsets = (0, 2, 3, 4, 4, 4)
    assert as_written([Span("spam", 0, 2), Span("spam", 3, 6)], offsets, text) == (
        Span("spam", 0, 3),
        Span("spam", 4, 5),
    )
