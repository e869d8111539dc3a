"""The model card shows what the shipped model does."""

from beside.gate.weights import SHIPPED
from beside.train.corpus import Message, load
from beside.train.report import crossed, report, unseen
from tests.conftest import ROOT

CARD = (ROOT / "docs" / "model-card.md").read_text(encoding="utf-8")


def test_the_tables_of_the_model_card_are_those_of_the_shipped_model():
    shown = CARD.split("<!-- report -->\n")[1].split("<!-- /report -->")[0]
    assert shown == report(SHIPPED, ROOT / "corpus")


def test_texts_that_were_trained_on_are_not_measured():
    train = [Message("First!", frozenset()), Message("so sorry", frozenset())]
    one, other = Message(" first! ", frozenset()), Message("so very sorry", frozenset())
    assert unseen([one, other], train) == [other]


def test_no_author_is_judged_by_a_scale_of_their_own(gate):
    messages = load(ROOT / "corpus" / "validation")[::6]
    readings = [gate.read(message.text) for message in messages]
    scales = crossed(messages, readings)
    authors = {message.author: scale for message, scale in zip(messages, scales, strict=True)}
    assert len(authors) == 4
    assert len({tuple(scale.cutoffs.values()) for scale in authors.values()}) == 4
