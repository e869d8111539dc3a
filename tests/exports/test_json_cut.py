"""Cutting inside the text of a JSON value."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.exports import Message
from beside.exports.json_cut import Node, Piece, elements, locate, members, thread

RAW = '{ "a" : 1.50 ,\n"b":{"c": [true,"}]"] } , "d":"\\u00e9" }'


def test_members_with_their_places():
    found = dict(members(RAW, 0))
    assert {name: piece.value for name, piece in found.items()} == {
        "a": 1.5,
        "b": {"c": [True, "}]"]},
        "d": "é",
    }
    assert [RAW[p.start : p.end] for p in found.values()] == ["1.50", '{"c": [true,"}]"] }', '"\\u00e9"']


def test_elements_with_their_places():
    raw = '[ 1 , "a,]" ,\n{"x":[]}]'
    assert list(elements(raw, 0)) == [Piece(2, 3, 1), Piece(6, 11, "a,]"), Piece(14, 22, {"x": []})]


@pytest.mark.parametrize("raw", ["{}", "{ \n }"])
def test_an_empty_object_has_no_members(raw):
    assert list(members(raw, 0)) == []


@pytest.mark.parametrize("raw", ["[]", "[ \t ]"])
def test_an_empty_array_has_no_elements(raw):
    assert list(elements(raw, 0)) == []


@pytest.mark.parametrize(
    ("path", "raw"), [(["a"], "1.50"), (["b", "c"], '[true,"}]"]'), (["d"], '"\\u00e9"')]
)
def test_a_value_is_located(path, raw):
    piece = locate(RAW, path)
    assert RAW[piece.start : piece.end] == raw


@pytest.mark.parametrize("path", [["x"], ["a", "x"], ["b", "x"], ["b", "c", "x"], ["d", "x"]])
def test_what_is_not_there_is_not_located(path):
    assert locate(RAW, path) is None


def test_of_two_members_of_one_name_the_last_counts_as_for_json():
    raw = '{"a":"first","b":0,"a":[1]}'
    piece = locate(raw, ["a"])
    assert raw[piece.start : piece.end] == "[1]"
    assert piece.value == json.loads(raw)["a"]


def message(text: str) -> Message:
    return Message(text, text, 1)


def tree() -> Node:
    inner = '{"t":"b","r":[{"t":"c"}]}'
    raw = '{"t":"a","r":[' + inner + ', {"t":"d"}]}'
    replies = [
        Node(inner, message("b"), [Node('{"t":"c"}', message("c"))], (14, 23)),
        Node('{"t":"d"}', message("d")),
    ]
    return Node(raw, message("a"), replies, (14, len(raw) - 2))


def texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for held in value for text in texts(held)]
    return [value["t"], *texts(value.get("r", []))]


def test_entries_come_from_the_root_down():
    assert [entry.text for entry in thread(tree()).entries] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("keep", list(itertools.product([True, False], repeat=4)))
def test_exactly_what_stays_is_left_in_every_case(keep):
    left = [json.loads(raw) for raw in thread(tree()).remains(keep)]
    assert texts(left) == [text for text, stays in zip("abcd", keep, strict=True) if stays]


def test_what_stays_whole_is_the_same_text():
    assert thread(tree()).remains([True] * 4) == [tree().raw]
    assert thread(tree()).remains([False, True, True, False]) == ['{"t":"b","r":[{"t":"c"}]}']


def test_a_node_without_an_entry_stays_unasked():
    unit = thread(Node("[x]", None, [Node("x", message("x"))], (1, 2)))
    assert [entry.text for entry in unit.entries] == ["x"]
    assert unit.remains([False]) == ["[]"]
    assert unit.remains([True]) == ["[x]"]


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=5), st.booleans())
def test_members_agree_with_the_parser(value, plain):
    raw = json.dumps(value, ensure_ascii=plain, indent=1)
    assert {name: piece.value for name, piece in members(raw, 0)} == value
    assert all(json.loads(raw[p.start : p.end]) == p.value for _, p in members(raw, 0))
