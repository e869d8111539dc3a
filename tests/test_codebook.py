"""The labels in code are those of the written codebook."""

import re
from pathlib import Path

from beside.codebook import BY_NAME, LABELS, MARKED, NAMES, Group, Rule

BOOK = (Path(__file__).parents[1] / "docs" / "codebook.md").read_text(encoding="utf-8")


def written(section: str) -> set[str]:
    text = BOOK.split(f"## {section}")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE))


def test_the_groups_are_those_of_the_document():
    for number, group in enumerate(Group, start=1):
        assert {label.name for label in LABELS if label.group is group} == written(f"{number}.")
    assert len(NAMES) == len(set(NAMES)) == 21


def defaults(row: str) -> set[str]:
    line = next(line for line in BOOK.splitlines() if line.startswith(f"| {row}"))
    return set(re.findall(r"`(\w+)`", line.split("|")[2]))


def test_the_defaults_are_those_of_the_document():
    assert {label.name for label in LABELS if label.supports} == defaults("welcome, and support")
    assert {label.name for label in LABELS if label.default is Rule.WELCOME and not label.supports} == {
        "question"
    }
    assert {label.name for label in LABELS if label.default is Rule.HOLD} == defaults("hold")
    assert {label.name for label in LABELS if label.default is Rule.DECLINE} == defaults("decline")


def test_marked_labels_are_those_of_the_third_and_fourth_group():
    assert set(MARKED) == {name for name in NAMES if BY_NAME[name].group in (Group.HURT, Group.SAFETY)}
