"""The gravest thing about a message."""

from __future__ import annotations

import itertools

import pytest

from beside.codebook import BY_NAME, MARKED
from beside.sift.kinds import COVERED, ORDER, UNSURE, kind_of


@pytest.mark.parametrize(("graver", "milder"), list(itertools.pairwise(ORDER)))
def test_the_graver_of_two_wins_in_either_order(graver, milder):
    assert kind_of({"labels": [graver, milder]}) == graver
    assert kind_of({"labels": [milder, graver]}) == graver


@pytest.mark.parametrize("labels", [[], ["comfort"], ["no such label"], None, "hate", 7])
def test_no_known_label_is_unsure(labels):
    assert kind_of({"labels": labels}) == UNSURE


def test_crisis_is_first_and_unsure_last():
    assert (ORDER[0], ORDER[-1]) == ("crisis", UNSURE)
    assert len(set(ORDER)) == len(ORDER)


def test_what_hurts_comes_before_what_is_a_matter_of_choice():
    hurting = [kind in MARKED for kind in ORDER if kind in BY_NAME]
    assert hurting == sorted(hurting, reverse=True)


def test_the_worst_is_covered():
    assert sorted(COVERED) == ["crisis", "hate", "sexual", "threat"]
