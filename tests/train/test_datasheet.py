"""The datasheet says what is in the corpus."""

import re
from collections import Counter

from beside.codebook import NAMES
from beside.train.corpus import load
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
SHEET = (CORPUS / "DATASHEET.md").read_text(encoding="utf-8")


def test_the_counts_per_label_are_those_of_the_corpus():
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \|", SHEET, flags=re.MULTILINE)
    counts = [
        Counter(name for one in load(CORPUS / part) for name in one.labels)
        for part in ("train", "validation")
    ]
    assert {name: (int(one), int(two)) for name, one, two in rows} == {
        name: (counts[0][name], counts[1][name]) for name in NAMES
    }


def test_the_totals_are_those_of_the_corpus():
    train, validation = load(CORPUS / "train"), load(CORPUS / "validation")
    authors = [len({one.author for one in part}) for part in (train, validation)]
    assert f"{len(train):,} messages for training by {authors[0]} authors" in SHEET
    assert f"and {len(validation):,} for validation by {authors[1]}" in SHEET
