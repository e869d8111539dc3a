"""Windows cover every token, and the worst one counts."""

from itertools import pairwise

import pytest

from beside.gate.windows import LONGEST, STRIDE, WHOLE, windows, worst_of


@pytest.mark.parametrize("length", [0, 1, LONGEST, WHOLE - 1, WHOLE, WHOLE + 1, WHOLE + STRIDE, 1000, 5121])
def test_windows_cover_every_token_and_overlap(length):
    found = windows(length)
    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(end - start <= (WHOLE if length <= WHOLE else LONGEST) for start, end in found)
    assert all(after[0] == before[0] + STRIDE for before, after in pairwise(found))
    assert {token for start, end in found for token in range(start, end)} == set(range(length))


def test_a_text_that_fits_is_one_window():
    assert windows(128) == [(0, 128)]
    assert windows(129) == [(0, 48), (24, 72), (48, 96), (72, 120), (96, 129)]


def test_one_window_is_taken_as_it_is():
    assert worst_of([[0.2, 0.7, 0.9, 0.4]]) == ([0.2, 0.7], 0.4)


def test_the_worst_window_counts():
    kind, hurtful, story = [0.9, 0.0, 0.05, 0.95], [0.1, 0.8, 0.9, 0.05], [0.0, 0.0, 0.1, 0.3]
    assert worst_of([kind, hurtful, kind])[0] == [0.9, 0.8]
    assert worst_of([kind, hurtful, kind])[1] == pytest.approx(0.1)
    assert worst_of([kind, story])[1] == pytest.approx(0.9)
    assert worst_of([story, story])[1] == pytest.approx(0.3)
