"""Plain text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beside.exports import Message
from beside.exports.lines import Lines


def test_a_line_is_a_message_and_a_blank_one_is_passed_on(desk):
    export = desk.open("a.txt", "so sorry\n\n  bad  \r\nlove\u2028you")
    assert desk.entries(export) == [
        Message("so sorry", "so sorry", 1),
        Message("  bad  ", "  bad  ", 3),
        Message("love\u2028you", "love\u2028you", 4),
    ]
    assert desk.rewritten(export) == "so sorry\n\nlove\u2028you".encode()


def test_utf_16_and_windows_1252_come_back_as_they_were(desk):
    wide = "\ufeffcafé ❤\nbad\n".encode("utf-16-le")
    export = desk.open("a.txt", wide)
    assert desk.texts(export) == ["café ❤", "bad"]
    assert desk.rewritten(export) == "\ufeffcafé ❤\n".encode("utf-16-le")
    export = desk.open("b.txt", "café “love”\nbad\n".encode("cp1252"))
    assert desk.texts(export) == ["café “love”", "bad"]
    assert export.notes == ("b.txt is not UTF-8; it was read as Windows-1252.",)
    assert desk.rewritten(export) == "café “love”\n".encode("cp1252")


def test_half_a_character_at_the_end_of_utf_16_is_unreadable(desk):
    export = desk.open("a.txt", "\ufefflove\nmore".encode("utf-16-be") + b"\x00")
    assert desk.texts(export) == ["love"]
    assert [line for line, _ in desk.unreadable(export)] == [2]


def test_damage_and_a_line_too_long_cost_no_other(desk, monkeypatch):
    monkeypatch.setattr(Lines.__init__, "__defaults__", (30,))
    data = "love ❤❤\na\0b\n".encode() + b"caf\xe9\n" + b"x" * 70 + b"\nend"
    export = desk.open("a.txt", data)
    assert desk.texts(export) == ["love ❤❤", "end"]
    assert desk.unreadable(export) == [
        (2, "there is a NUL byte in it"),
        (3, "there are bytes in it that are no letters in this file's encoding"),
        *[(4, "the line is too long to be a message")] * 3,
    ]
    assert desk.whole(export) == "love ❤❤\nend".encode()


@pytest.mark.parametrize("data", [" ", "\n\n", "\ufeff\n", "\t \r\n"])
def test_a_file_of_blank_lines_has_no_messages(desk, data):
    export = desk.open("a.txt", data)
    assert desk.entries(export) == []
    assert desk.whole(export) == data.encode()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=4, max_size=120))
def test_no_bytes_crash_it_and_what_goes_is_unreadable(desk, data):
    export = desk.open("h.txt", b"love\n" + data)
    entries = desk.entries(export)
    whole = desk.whole(export)
    assert whole.startswith(b"love\n") or entries[0].text != "love"
    if all(isinstance(entry, Message) for entry in entries):
        assert whole == b"love\n" + data


def test_the_position_ends_with_the_file(desk):
    export = desk.open("a.txt", "love\n\nbad\n")
    desk.entries(export)
    assert export.position() == 10
