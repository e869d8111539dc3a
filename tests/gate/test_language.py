"""A language that the model does not read waits; English in all its kinds is not taken for one."""

import pytest

from beside.gate.canonical import canonical
from beside.gate.language import words_of
from beside.train.corpus import read_texts
from tests.conftest import ROOT

LANGUAGE = ROOT / "corpus" / "language"


def texts(name):
    return [text for _, text in read_texts(LANGUAGE / name)]


def test_other_languages_are_held(gate, record_property):
    foreign = [text for text in texts("test.txt") if len(text.split()) >= 5]
    assert len(foreign) > 250
    delivered = [
        text for text, got in zip(foreign, gate.decide_many(foreign), strict=True) if got.action == "deliver"
    ]
    record_property("measured", f"{len(foreign) - len(delivered)} of {len(foreign)} held")
    assert len(delivered) <= 0.02 * len(foreign), delivered


def test_english_of_all_kinds_is_not_held_for_its_language(validation, gate):
    english = [message.text for message in validation]
    wrongly = [text for text in english if gate.read(text).language == "other"]
    assert len(wrongly) <= 0.01 * len(english), wrongly


@pytest.mark.parametrize(
    "text",
    [
        "🕊️🤍🕊️🤍🕊️🤍",
        "Oluwaseun, Adaeze and little Tobenna",
        "Inna lillahi wa inna ilayhi raji'un",
        "Baruch Dayan HaEmet. So sorry.",
        "Om Shanti 🙏 Om Shanti 🙏",
        "Ar dheis Dé go raibh a hanam",
        "Waheguru ji ka khalsa waheguru ji ki fateh",
        "abeg no cry, na God dey in charge, we dey with una",
        "mi deh yah fi yuh, nuff love every time",
        "wee lamb. heartbroken fur ye baith",
        "Aiyo so sad lah, you rest well ok, auntie cook for you",
    ],
)
def test_names_emoji_set_condolences_and_regional_english_are_english_or_too_short(text, gate):
    assert gate.read(text).language in ("en", "")


def test_names_of_emoji_and_set_phrases_are_no_words():
    assert words_of(canonical("Inna lillahi wa inna ilayhi raji'un 🕊️ for Noor!")) == ["for", "noor"]
    assert words_of(canonical("a 👼 b2 'til well-known")) == ["a", "til", "well-known"]
