"""A window that moves over a long JSON text."""

from __future__ import annotations

import io
import sys

import pytest

from beside.exports import json_window
from beside.exports.json_window import (
    DEEPEST_VALUE,
    BrokenJsonError,
    BrokenValueError,
    Window,
    is_too_deep,
    parse,
    whole_value_end,
)


@pytest.fixture(params=[1, 3, 1 << 17])
def window(request, monkeypatch):
    """Windows that read so many characters at a time; what they see must be the same."""
    monkeypatch.setattr(json_window, "_CHUNK", request.param)
    return lambda text: Window(io.StringIO(text, newline=""))


def test_parse_gives_the_value_and_its_end():
    assert parse('x{"a": NaN}y', 1) == ({"a": "NaN"}, 11)
    assert parse('"a\nb"') == ("a\nb", 5)
    with pytest.raises(ValueError, match="Expecting value"):
        parse("oops")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('{"a": oops} more', 11),
        ('["]", [}] x', 9),
        ('"a\\"b" c', 6),
        ("12.5e3,", 6),
        ("[1, [2]", None),
        ('["never closed]', None),
        ('"never closed', None),
    ],
)
def test_where_a_broken_value_ends(text, end):
    assert whole_value_end(text, 0) == end


def test_values_one_after_another(window):
    seen = window('  {"a": [1,\n2]} "b\\"" 123 true')
    assert seen.space() == "  "
    assert seen.value() == ('{"a": [1,\n2]}', {"a": [1, 2]})
    assert seen.line == 2
    assert seen.space() == " "
    assert seen.value() == ('"b\\""', 'b"')
    assert seen.space() == " "
    assert seen.value() == ("123", 123)
    assert seen.space() == " "
    assert seen.next() == "t"
    assert seen.value() == ("true", True)
    assert (seen.next(), seen.space(), seen.rest()) == ("", "", "")


def test_seeing_takes_nothing(window):
    seen = window("abc")
    assert (seen.see(2), seen.see(99), seen.taken) == ("ab", "abc", 0)
    assert seen.take(2) == "ab"
    assert (seen.next(), seen.taken) == ("c", 2)


def test_a_stray_byte_order_mark_is_space(window):
    seen = window("\ufeff \r\n[1]")
    assert seen.space() == "\ufeff \r\n"
    assert seen.line == 2


def test_a_broken_value_is_taken_whole_and_reading_goes_on(window):
    seen = window('{"a" "b"}, 7')
    with pytest.raises(BrokenValueError) as error:
        seen.value()
    assert (error.value.reason, error.value.raw) == ("it is not valid JSON", '{"a" "b"}')
    assert seen.next() == ","


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": [1, 2', "the file ends in the middle of it"),
        ('"never closed', "the file ends in the middle of it"),
        ("", "the file ends in the middle of it"),
        ("]", 'there should be a message here, not "]"'),
        (",", 'there should be a message here, not ","'),
    ],
)
def test_a_value_without_end(window, text, reason):
    with pytest.raises(BrokenJsonError) as error:
        window(text).value()
    assert error.value.reason == reason


def test_a_value_beyond_the_limit_is_given_up(window, monkeypatch):
    monkeypatch.setattr(json_window, "LONGEST_VALUE", 40)
    with pytest.raises(BrokenJsonError) as error:
        window('"' + "x" * 99).value()
    assert error.value.reason == "it is too large to be a message"


def test_the_rest_comes_in_pieces_and_is_all_there(window):
    seen = window("[1, oops and\nmore")
    seen.take(len(seen.see(1)))
    assert "".join(iter(seen.rest, "")) == "1, oops and\nmore"
    assert seen.line == 2


def test_depth_is_told_by_open_brackets_and_not_by_what_strings_say():
    deepest = "[" * DEEPEST_VALUE + "]" * DEEPEST_VALUE
    assert not is_too_deep(deepest)
    assert is_too_deep(f"[{deepest}]")
    assert not is_too_deep('["' + "[" * 999 + '"]')
    assert not is_too_deep("[" + "[]," * 999 + "[]]")


def test_depth_does_not_depend_on_who_calls(desk):
    """What is read when rows are decided must be read the same when they are written."""
    nested = '{"text":"lol","replies":[' * 240 + '{"text":"x"}' + "]}" * 240
    export = desk.open("a.json", f'[{nested},{{"text":"love"}}]')

    def deeper(levels):
        return deeper(levels - 1) if levels else desk.entries(export)

    near_the_limit = deeper(sys.getrecursionlimit() // 3)
    assert near_the_limit == desk.entries(export)
    assert desk.texts(export) == ["love"]
    assert desk.unreadable(export) == [(1, "it is nested too deeply to be a message")]
    assert desk.whole(export) == b'[{"text":"love"}]'
