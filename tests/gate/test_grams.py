"""The second opinion: of a text, and of its parts in one go."""

from __future__ import annotations

import numpy as np
import pytest

from beside.gate.grams import BUCKETS, Grams, places

HEADS = 3


@pytest.fixture(scope="module")
def grams():
    chance = np.random.default_rng(3)
    return Grams(
        table=chance.integers(-127, 128, (BUCKETS, HEADS)).astype(np.int8),
        rarity=chance.uniform(1, 9, BUCKETS).astype(np.float32),
        scale=np.array([0.01, 0.02, 0.03], dtype=np.float32),
        bias=np.array([0.5, -1.0, -2.0], dtype=np.float32),
    )


def test_places_are_the_runs_of_one_to_three_pieces_each_once():
    assert len(places(np.array([5]))) == 1
    assert len(places(np.array([5, 6]))) == 3
    assert len(places(np.array([5, 6, 7, 8]))) == 4 + 3 + 2
    assert len(places(np.array([5, 5, 5, 5]))) == 3
    assert set(places(np.array([6, 7]))) < set(places(np.array([5, 6, 7])))


@pytest.mark.parametrize("ranges", [[(0, 9)], [(0, 4), (4, 9)], [(2, 3), (7, 9), (8, 9), (0, 1)]])
def test_parts_in_one_go_are_as_each_by_itself(grams, ranges):
    ids = np.array([11, 12, 13, 14, 15, 16, 17, 18, 19])  # no run twice, so nothing counts twice
    together = grams.logits_of(ids, ranges, (2, 0))
    alone = [grams.logits(ids[start:end])[[2, 0]] for start, end in ranges]
    np.testing.assert_allclose(together, alone, rtol=1e-3, atol=1e-3)


def test_a_text_shorter_than_the_longest_run_has_logits_too(grams):
    np.testing.assert_allclose(
        grams.logits_of(np.array([4]), [(0, 1)], (0, 1, 2))[0], grams.logits(np.array([4])), rtol=1e-3
    )
