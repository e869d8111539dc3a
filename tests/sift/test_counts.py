"""Counts that add up."""

from __future__ import annotations

from collections import Counter

import pytest

from beside.sift.counts import OUTCOMES, Counts, Tally


def test_every_outcome_is_counted_once_in_its_own_place():
    counts = Counts()
    for number, outcome in enumerate(OUTCOMES, 1):
        for _ in range(number):
            counts.add(outcome)
    assert counts == Counts(delivered=1, held=2, declined=3, unreadable=4)
    assert counts.rows == 10


@pytest.mark.parametrize("outcome", ["", "delivered", "HOLD", "anything"])
def test_an_outcome_that_nobody_knows_is_never_counted_as_delivered(outcome):
    counts = Counts()
    counts.add(outcome)
    assert counts == Counts(unreadable=1)


def test_the_total_is_the_sum_of_the_files():
    tally = Tally([Counts(1, 2, 3, 4), Counts(), Counts(10, 20, 30, 40)], Counter(hate=3))
    assert tally.total == Counts(11, 22, 33, 44)
    assert tally.total.rows == sum(counts.rows for counts in tally.files) == 110


def test_no_files_no_rows():
    assert Tally([]).total.rows == 0
