"""Reading the corpus, and what its labels mean for a decision."""

import json

import pytest

from beside.codebook import Rule
from beside.gate.reading import Span
from beside.train.corpus import Message, load


def write(folder, *rows):
    path = folder / "author.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_row_becomes_a_message(tmp_path):
    row = {
        "text": "so sorry. at least it was early",
        "labels": ["comfort", "minimizing"],
        "spans": [{"label": "minimizing", "start": 10, "end": 31}],
        "voice": "aunt",
        "medium": "card",
        "pair": 3,
        "second_labels": ["minimizing"],
    }
    write(tmp_path, row)
    assert load(tmp_path) == [
        Message(
            text=row["text"],
            labels=frozenset({"comfort", "minimizing"}),
            spans=(Span("minimizing", 10, 31),),
            author="author",
            voice="aunt",
            medium="card",
            pair=3,
            second_labels=frozenset({"minimizing"}),
        )
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"text": "x", "labels": ["kind"]}, "not in the codebook: \\['kind'\\]"),
        ({"text": "x"}, "'labels'"),
        ({"text": 1, "labels": []}, "text must be a string"),
        (
            {"text": "x", "labels": [], "spans": [{"label": "spam", "start": 0, "end": 2}]},
            "span 0-2 lies outside the text",
        ),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(tmp_path, row, problem):
    write(tmp_path, {"text": "fine", "labels": []}, row)
    with pytest.raises(ValueError, match=f"author.jsonl, line 2: {problem}"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("labels", "rule"),
    [
        ({"comfort"}, Rule.WELCOME),
        ({"faith"}, Rule.WELCOME),
        ({"comfort", "question"}, Rule.WELCOME),
        ({"question"}, Rule.HOLD),
        (set(), Rule.HOLD),
        ({"comfort", "minimizing"}, Rule.HOLD),
        ({"comfort", "spam"}, Rule.DECLINE),
        ({"minimizing", "hate"}, Rule.DECLINE),
        ({"crisis", "threat"}, Rule.HOLD),
    ],
)
def test_labels_decide_by_the_default_policy(labels, rule):
    assert Message("x", frozenset(labels)).rule is rule
