"""JSON lines."""

from __future__ import annotations

import pytest

from beside.exports import ExportError


def test_lines_that_stay_are_the_same(desk):
    data = '{"text": "a", "n": 1.50}\r\n{"text":"bad"}\n\n{"text":"c"}'
    export = desk.open("a.jsonl", data)
    assert export.kind == "jsonl"
    assert desk.whole(export) == data.encode()
    assert desk.rewritten(export) == b'{"text": "a", "n": 1.50}\r\n\n{"text":"c"}'


def test_broken_lines_are_unreadable(desk):
    export = desk.open("a.jsonl", '{"text":"a"}\n{oops\n{"text":"b"} 3\n{"id":1}\n{"text":"c"}\n')
    assert desk.texts(export) == ["a", "c"]
    assert desk.unreadable(export) == [
        (2, "the line is not valid JSON"),
        (3, "there is more than one value on the line"),
        (4, "there are no words in it"),
    ]


def test_lines_are_known_by_content_whatever_the_name(desk):
    assert desk.open("dump.json", '{"body":"a"}\n{"body":"b"}\n').kind == "jsonl"
    assert desk.open("dump", '{"body":"a"}\n{"body":"b"}\n').kind == "jsonl"


def test_a_reply_that_is_lifted_gets_its_own_line(desk):
    export = desk.open("a.jsonl", '{"text":"bad","replies":[{"text":"x"},{"text":"y"}]}\n{"text":"z"}\n')
    assert desk.rewritten(export) == b'{"text":"x"}\n{"text":"y"}\n{"text":"z"}\n'


def test_it_says_what_to_do(desk):
    with pytest.raises(ExportError, match="--text-column NAME"):
        desk.open("a.jsonl", '{"id":1}\n')
