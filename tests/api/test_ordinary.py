"""The reader of ordinary comments: what it sees, and that it cannot be used half."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from beside.api.ordinary import CARD, MODEL, SHIPPED, Ordinary
from beside.api.scores import ORDINARY
from beside.gate.weights import WeightsError

PLAIN = "The bakery opens at seven and the number nine bus stops outside."
INSULT = "You are a complete idiot and everybody here knows it."


def test_it_sees_what_is_rude_and_leaves_plain_words_alone(comments):
    plain, insult = comments.scores(PLAIN), comments.scores(INSULT)
    assert tuple(plain) == tuple(insult) == ORDINARY
    assert max(plain.values()) < 0.1
    assert min(insult["toxicity"], insult["insult"]) > 0.8
    assert insult["threat"] < 0.3


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("I will find out where you live and break your legs.", "threat"),
        ("Well this is fucking brilliant news", "profanity"),
        ("Women are too stupid to be allowed to vote.", "identity_attack"),
        ("Nice tits, come sit on my lap and let me lick you", "sexual"),
    ],
)
def test_each_kind_has_a_score_of_its_own(comments, text, score):
    assert comments.scores(text)[score] > 0.5


def test_disguises_are_undone_first(comments):
    for disguised in ("Y0u are a c0mplete id1ot", "You are a complete i d i o t", "You are a cоmplete idiоt"):
        assert comments.scores(disguised)["toxicity"] > 0.5


def test_one_rude_line_in_a_long_comment_counts(comments):
    long = " ".join([PLAIN] * 20)
    assert comments.scores(long)["toxicity"] < 0.2
    assert comments.scores(f"{long} {INSULT} {long}")["toxicity"] > 0.8


def test_a_text_has_the_same_scores_from_any_thread_and_a_second_time(comments):
    fresh = Ordinary(remembered=1)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(fresh.scores, [INSULT, PLAIN] * 8))
    assert found == [comments.scores(INSULT), comments.scores(PLAIN)] * 8


@pytest.mark.parametrize("text", ["", " ", "​"])
def test_nothing_scores_nothing(comments, text):
    assert comments.scores(text) == dict.fromkeys(ORDINARY, 0.0)


def test_weights_that_are_not_whole_are_refused(tmp_path):
    for name in (MODEL, CARD):
        shutil.copy(SHIPPED / name, tmp_path / name)
    card = json.loads((tmp_path / CARD).read_text(encoding="utf-8"))
    (tmp_path / CARD).write_text(json.dumps(card | {"sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(WeightsError, match="install it anew"):
        Ordinary(tmp_path)
    (tmp_path / CARD).unlink()
    with pytest.raises(WeightsError, match="cannot be read"):
        Ordinary(tmp_path)
