"""G2, G3, G5: disguises do not open the gate, and what merely looks unusual is not taken for one."""

from random import Random

import pytest

from beside.gate.canonical import canonical
from beside.train.corpus import Rule
from tests.conftest import count
from tests.hostile import disguises


@pytest.fixture(scope="module")
def hurtful(validation, gate):
    """Messages that must not arrive and that the gate stops when they are written plainly."""
    wrong = [
        message.text for message in validation if message.rule is not Rule.WELCOME and len(message.text) > 12
    ]
    texts = Random(1).sample(wrong, min(len(wrong), count(full=len(wrong), reduced=250)))
    stopped = [
        text for text, got in zip(texts, gate.decide_many(texts), strict=True) if got.action != "deliver"
    ]
    assert len(stopped) > 0.9 * len(texts)
    return stopped


def stopped_share(gate, texts):
    return sum(got.action != "deliver" for got in gate.decide_many(texts)) / len(texts)


def test_invisible_characters_leave_the_canonical_form_as_it_is(validation):
    chance = Random(2)
    for number in range(count(full=10_000, reduced=1500)):
        text = validation[number % len(validation)].text
        assert canonical(disguises.with_invisibles(text, chance)).text == canonical(text).text


@pytest.mark.parametrize("trick", [disguises.full_width, disguises.circled, disguises.mathematical])
def test_styled_letters_leave_the_canonical_form_as_it_is(trick, validation):
    for message in validation:
        plain = "".join(char for char in message.text if char.isascii() and (char.isalpha() or char in " .,"))
        assert canonical(trick(plain)).text == canonical(plain).text


@pytest.mark.parametrize("trick", [disguises.cyrillic, disguises.greek])
def test_look_alikes_are_not_delivered(trick, hurtful, gate, record_property):
    share = stopped_share(gate, [trick(text) for text in hurtful])
    record_property("measured", f"{trick.__name__} {share:.2%} of {len(hurtful)}")
    assert share >= 0.99


@pytest.mark.parametrize("trick", [disguises.leet, disguises.symbols, disguises.spaced, disguises.dotted])
def test_leetspeak_and_spacing_are_not_delivered(trick, hurtful, gate, record_property):
    share = stopped_share(gate, [trick(text) for text in hurtful])
    record_property("measured", f"{trick.__name__} {share:.2%} of {len(hurtful)}")
    assert share >= 0.95


@pytest.mark.parametrize("trick", [disguises.mistyped, disguises.stretched, disguises.with_invisibles])
def test_typing_errors_and_stretching_are_not_delivered(trick, hurtful, gate, record_property):
    chance = Random(3)
    share = stopped_share(gate, [trick(text, chance) for text in hurtful])
    record_property("measured", f"{trick.__name__} {share:.2%} of {len(hurtful)}")
    assert share >= 0.90


BENIGN = [
    "So sorry 🕊️🤍🙏🏾💔",
    "Siobhán, naïve words from Zoë and Łukasz. So sorry.",
    "إنا لله وإنا إليه راجعون",
    "המקום ינחם אתכם בתוך שאר אבלי ציון",
    "ॐ शान्ति शान्ति शान्ति",
    "Sending love to you both, إنا لله وإنا إليه راجعون",
    "R.I.P. sweet Noor. 24wks and so loved",
    "gr8 big hug 2nite, soup at 7pm x",
    "❤️❤️❤️❤️❤️❤️",
    "Ngā mihi aroha ki a koutou, moe mai rā e te tau",
    "Ваша боль — наша боль",
    "w/ you always b/c we love you",
]


@pytest.mark.parametrize("text", BENIGN)
def test_what_is_merely_unusual_is_no_disguise(text, gate):
    assert "disguised" not in gate.decide(text).codes


def test_kind_messages_are_not_taken_for_disguised(validation, gate):
    kind = [message.text for message in validation if message.rule is Rule.WELCOME]
    wrongly = [text for text in kind if "disguised" in gate.read(text).flags]
    assert len(wrongly) <= 0.01 * len(kind), wrongly
