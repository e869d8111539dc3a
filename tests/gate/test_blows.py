"""Set phrases of abuse are what they are in any company, and nothing else is one."""

from __future__ import annotations

import pytest

from beside.codebook import BY_NAME, Group
from beside.gate import Action
from beside.gate.blows import BLOWS, blow_in, is_open

KIND = "I am so sorry for your loss. Thinking of you both."


def test_every_phrase_has_a_label_that_hurts_and_is_found_as_it_stands():
    assert len(BLOWS) > 70
    for phrase, label in BLOWS.items():
        assert BY_NAME[label].group in (Group.HURT, Group.SAFETY)
        assert blow_in(phrase) == label


@pytest.mark.parametrize("written", ["Go to hell.", "GO TO HELL!!!", "go  to hell…", "“Go to hell”"])
def test_case_and_punctuation_do_not_matter(written):
    assert blow_in(written) == "hostility"


@pytest.mark.parametrize("written", ["go to hell cancer", "not your fault", "", "you deserved better"])
def test_more_words_are_another_phrase(written):
    assert blow_in(written) is None


@pytest.mark.parametrize("blow", ["Go to hell", "Drop dead", "Fuck you", "You deserved it", "all your fault"])
@pytest.mark.parametrize(
    "form", ["{}", "{} 💔", "💔 {}", KIND + " {}.", KIND + " 💔 {}", KIND + "\n\n{}", KIND + " ({})"]
)
def test_none_is_delivered(gate, form, blow):
    decision = gate.decide(form.format(blow))
    assert decision.action is not Action.DELIVER
    assert blow in [form.format(blow)[span.start : span.end].strip(".") for span in decision.spans]


@pytest.mark.parametrize(
    "text",
    [
        f"{KIND} It was not your fault.",
        f"{KIND} Cancer can go to hell.",
        f"{KIND} You deserved so much better.",
        f"{KIND} Rest now. You deserve it. 💔",
    ],
)
def test_kind_words_that_share_their_words_are_delivered(gate, text):
    assert gate.decide(text).action is Action.DELIVER


def test_what_company_turns_round_is_not_judged_alone():
    assert is_open("You deserve it!")
    assert not any(is_open(phrase) for phrase in BLOWS)
