"""The model card shows what the shipped model for ordinary comments does."""

from __future__ import annotations

from beside.api.ordinary import Ordinary
from beside.api.scores import ORDINARY
from beside.train.ordinary.comments import ours
from beside.train.ordinary.report import Case, cases, functional, hateful, report
from tests.conftest import ROOT

CARD = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")
CORPUS = ROOT / "corpus"


def test_the_tables_of_the_model_card_are_those_of_the_shipped_model():
    shown = CARD.split("<!-- ordinary -->\n")[1].split("<!-- /ordinary -->")[0]
    assert shown == report(CORPUS, Ordinary())


def test_what_is_hateful():
    nothing = dict.fromkeys(ORDINARY, 0.0)
    assert not hateful(nothing | {"toxicity": 1.0, "insult": 1.0, "profanity": 1.0})
    assert hateful(nothing | {"identity_attack": 0.5})
    assert hateful(nothing | {"threat": 0.9})


def test_shares_of_both_sides():
    yes, no = Case("", "a", hateful=True), Case("", "b", hateful=False)
    caught, left = functional([(yes, True), (yes, True), (yes, False), (no, False), (no, True)])
    assert (round(caught.value, 3), caught.count, left.value, left.count) == (0.667, 3, 0.5, 2)


def test_nothing_that_is_measured_is_trained_on():
    measured = {comment.text.lower() for comment in ours(CORPUS / "ordinary" / "validation.jsonl")}
    measured |= {case.text.lower() for case in cases(CORPUS / "ordinary" / "functional.jsonl")}
    for path in sorted((CORPUS / "ordinary" / "train").glob("*.jsonl")):
        assert measured.isdisjoint(comment.text.lower() for comment in ours(path))
