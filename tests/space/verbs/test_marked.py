"""Every character of a text comes out again, and only the marked ones marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from beside.space.verbs.marked import Piece, merged, pieces

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair))))


def test_pieces_begin_and_end_where_marks_do():
    assert pieces("At least. Sorry", [(0, 8)]) == [Piece("At least", True), Piece(". Sorry", False)]
    assert pieces("Sorry", []) == [Piece("Sorry", False)]
    assert pieces("", [(0, 0)]) == []


def test_ranges_that_touch_or_overlap_are_one():
    assert merged([(5, 9), (0, 3), (3, 4), (6, 7)]) == ((0, 4), (5, 9))


@given(st.text(max_size=40), RANGES)
def test_the_text_is_whole_and_marked_where_a_range_is(text, ranges):
    found = pieces(text, ranges)
    assert "".join(piece.text for piece in found) == text
    inside = "".join(char for at, char in enumerate(text) if any(s <= at < e for s, e in ranges))
    assert "".join(piece.text for piece in found if piece.marked) == inside
