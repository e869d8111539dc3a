"""The nudge names the words and the kind of hurt, is the same for every host, and is no oracle."""

from __future__ import annotations

import pytest

from beside.codebook import LABELS, Group
from beside.space.models import Message
from beside.space.verbs.nudge import BURST, HURTS, nudge
from beside.space.verbs.open_space import set_rules
from beside.space.verbs.receive import preview

CHOICES = [label.name for label in LABELS if label.group is Group.HOST_CHOICE]
HURT = "I am so sorry. At least it was early."


def test_every_kind_of_hurt_has_words_and_nothing_else_has():
    assert set(HURTS) == {label.name for label in LABELS if label.group is Group.HURT}


@pytest.mark.django_db
def test_it_marks_the_words_and_says_why_and_what_helps(place):
    found = nudge(guest=place.guest, text=HURT)
    marked = "".join(piece.text for piece in found.pieces if piece.marked)
    assert ("At least it was early" in marked, "sorry" in marked) == (True, False)
    assert "".join(piece.text for piece in found.pieces) == HURT
    assert (found.hurts, found.friend_may_pass) == ([HURTS["minimizing"]], True)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_what_is_declined_is_not_promised_to_a_friend(place):
    assert preview(text="You are stupid").action == "decline"
    assert nudge(guest=place.guest, text="You are stupid").friend_may_pass is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "I am so sorry. We are thinking of you.",
        "Praying for you and your little one.",
        "You should rest and drink raspberry leaf tea.",
        "I am so sorry. My sister is expecting in May.",
        "First!",
        "Dzień dobry, bardzo mi przykro z powodu twojej straty",
    ],
)
def test_it_is_silent_about_kindness_about_her_own_choices_and_about_what_it_cannot_read(place, text):
    assert nudge(guest=place.guest, text=text) is None


@pytest.mark.django_db
def test_somebody_in_danger_is_never_met_by_it(place):
    for text in ("I do not want to live any more", "I want to kill you"):
        assert "crisis" in preview(text=text).labels
        assert nudge(guest=place.guest, text=text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("rule", ["welcome", "hold", "decline"])
def test_it_is_the_same_whatever_the_host_chose(place, rule):
    mixed = "I am praying for you. At least it was early."
    usual = nudge(guest=place.guest, text=mixed)
    set_rules(host=place.host, rules={"labels": dict.fromkeys((*CHOICES, "minimizing"), rule)})
    assert nudge(guest=place.guest, text=mixed) == usual


@pytest.mark.django_db
def test_it_answers_so_often_and_no_more_for_each_guest(place, other):
    assert [nudge(guest=place.guest, text=HURT) is None for _ in range(BURST + 2)] == [False] * BURST + [
        True
    ] * 2
    assert nudge(guest=other.guest, text=HURT) is not None
