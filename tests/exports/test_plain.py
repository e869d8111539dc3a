"""Plain text."""

from __future__ import annotations

from beside.exports import Message


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
