"""Through a JSON text of any size."""

from __future__ import annotations

import io
import json

import pytest

from beside.exports import Unreadable
from beside.exports.json_walk import Frame, Held, Walk
from beside.exports.records import Strings


def events(text, choose):
    return list(Walk(io.StringIO(text, newline=""), choose).events())


def strings_under(*path):
    return lambda at, sample: Strings() if at == path else None


def lost(text):
    """What is unreadable in a text, and the text written again without any message."""
    seen = events(text, strings_under("m"))
    held = [e.unit.entries[0] for e in seen if isinstance(e, Held)]
    frame = "".join(e.text for e in seen if isinstance(e, Frame))
    return [(e.line, e.reason, e.row) for e in held if isinstance(e, Unreadable)], frame


def test_an_array_is_asked_about_with_its_path_and_its_first_elements():
    asked = []
    events('{"a":{"b":[1,"x"]},"c":[[],[2]]}', lambda path, sample: asked.append((path, list(sample))))
    assert asked == [
        (("a", "b"), [1, "x"]),
        (("c",), [[], [2]]),
        (("c", "0"), []),
        (("c", "1"), [2]),
    ]


def test_no_more_than_twenty_elements_are_asked_about():
    asked = []
    events(json.dumps(list(range(50))), lambda path, sample: asked.append(list(sample)))
    assert asked == [list(range(20))]


def test_elements_come_out_with_what_stands_before_them():
    seen = events('{"m": [ "a" ,\n"b"] }', strings_under("m"))
    held = [e for e in seen if isinstance(e, Held)]
    assert [e.lead for e in held] == [" ", " ,\n"]
    assert [e.unit.entries[0].text for e in held] == ["a", "b"]
    assert [e.unit.entries[0].line for e in held] == [1, 2]
    assert "".join(e.text for e in seen if isinstance(e, Frame)) == '{"m": [] }'


@pytest.mark.parametrize(
    ("text", "reason", "rest"),
    [
        ('{"m":["a"]} tail', "there is something after the end of the JSON", "tail"),
        ('{"m":["a"], oops}', "a name in quotation marks is missing", "oops}"),
        ('{"m":["a"], "x" 1}', "a colon is missing", "1}"),
        ('{"m":["a"] "x":1}', "a comma is missing", '"x":1}'),
        ('{"m":["a" "b"]}', "a comma is missing", '"b"]}'),
        ('{"m":["a", ?]}', "it is not valid JSON", "?"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_kept(text, reason, rest):
    found, frame = lost(text)
    reasons = {f"from here on it cannot be read: {reason}", reason}
    assert [(line, why in reasons, row) for line, why, row in found] == [(1, True, rest)]
    assert '"a"' not in frame
    assert json.loads(frame)["m"] == []


def test_a_file_that_ends_too_early_says_so_and_is_closed():
    found, frame = lost('{"m":["a"')
    assert found == []
    assert frame == '{"m":[]}'
    assert lost('{"m":["a", "b') == (
        [(1, "from here on it cannot be read: the file ends in the middle of it", '"b')],
        '{"m":[]}',
    )


def test_what_is_nested_too_deeply_around_messages_is_not_walked():
    found, frame = lost("[" * 150 + "]" * 150)
    assert [(line, why) for line, why, _ in found] == [
        (1, "from here on it cannot be read: it is nested too deeply")
    ]
    assert found[0][2] == "[" * 49 + "]" * 150
    assert frame == "[" * 101 + "]" * 101
    json.loads(frame)


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ('"a\0b"', "there is a NUL byte in it"),
        ('"caf\udce9"', "there are bytes in it that are no letters in this file's encoding"),
        ('{"x" 1}', "it is not valid JSON"),
        ("[" * 300 + "]" * 300, "it is nested too deeply to be a message"),
        ("3", "there are no words in it"),
    ],
)
def test_a_damaged_element_costs_only_itself(element, reason):
    seen = events(f'{{"m":["love",{element},"you"]}}', strings_under("m"))
    units = [e.unit for e in seen if isinstance(e, Held)]
    assert [getattr(u.entries[0], "text", None) for u in units] == ["love", None, "you"]
    assert units[1].entries[0].reason == reason


@pytest.mark.parametrize("name", ["text", "message", "Body", "commentText", "full_text"])
def test_words_in_an_array_that_was_not_chosen_are_taken_out(name):
    found, frame = lost(f'{{"x":[{{"{name}":"hidden hate"}}]}}')
    assert found == [(1, "it stands where no message was expected", '"hidden hate"')]
    assert json.loads(frame) == {"x": [{name: ""}]}


def test_words_of_the_file_itself_stay():
    data = '{"text":"the post of the host","x":[{"id":"7","n":1}],"title":"ours"}'
    assert lost(data) == ([], data)


@pytest.mark.parametrize("first", ['{"text" 1}', "[" * 300 + "]" * 300, "oops"])
def test_a_broken_first_element_does_not_hide_the_others(desk, first):
    export = desk.open("a.json", f'[{first},{{"text":"love"}},{{"text":"bad"}}]')
    assert desk.texts(export) == ["love", "bad"]
    assert [line for line, _ in desk.unreadable(export)] == [1]
    assert json.loads(desk.rewritten(export)) == [{"text": "love"}]
