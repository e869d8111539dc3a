"""Physical lines."""

from __future__ import annotations

import io

from beside.exports.lines import Lines


def test_ends_stay_and_numbers_count_lines_not_parts():
    lines = Lines(io.StringIO("a\nbb\r\ncccccccc\r\rd", newline=""), longest=4)
    seen = [(line, lines.number, lines.is_part(line)) for line in lines]
    assert seen == [
        ("a\n", 1, False),
        ("bb\r\n", 2, False),
        ("cccc", 3, True),
        ("cccc", 3, True),
        ("\r", 3, False),
        ("\r", 4, False),
        ("d", 5, False),
    ]


def test_lines_put_back_come_again_with_their_numbers():
    lines = Lines(io.StringIO("a\nb\nc\n"))
    first = [next(lines) for _ in range(3)]
    lines.put_back(first[1:])
    assert [(line, lines.number) for line in lines] == [("b\n", 2), ("c\n", 3)]


def test_the_rest_of_an_overlong_line():
    lines = Lines(io.StringIO("aaaaaaa\nb\n"), longest=3)
    assert lines.is_part(next(lines))
    assert list(lines.rest()) == ["aaa", "a\n"]
    assert next(lines) == "b\n"
