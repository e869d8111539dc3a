"""A logit becomes a probability."""

import numpy as np

from beside.train.ordinary.card import line


def test_a_line_finds_slope_and_height_again():
    chance = np.random.default_rng(2)
    logits = chance.normal(0, 3, 20_000)
    truth = 1 / (1 + np.exp(-0.5 * logits))  # half of them apply: no side weighs more
    slope, height = line(logits, (chance.random(20_000) < truth).astype(float))
    assert abs(slope - 0.5) < 0.03
    assert abs(height) < 0.08


def test_what_is_rare_weighs_more():
    chance = np.random.default_rng(2)
    logits = chance.normal(0, 3, 20_000)
    wanted = (chance.random(20_000) < 1 / (1 + np.exp(-(0.5 * logits - 3.0)))).astype(float)
    slope, height = line(logits, wanted)
    share = wanted.mean()
    assert abs(slope - 0.5) < 0.05
    assert abs(height - (-3.0 + np.log((1 - share) / share) / 2)) < 0.15


def test_with_hardly_any_examples_nothing_much_changes():
    slope, height = line(np.array([2.0, -2.0]), np.array([1.0, 0.0]))
    assert abs(slope - 1) < 0.4
    assert abs(height) < 0.1


def test_where_every_guess_is_sure_it_still_ends():
    slope, height = line(np.array([30.0, 20.0, -30.0]), np.array([1.0, 0.0, 0.0]))
    assert np.isfinite([slope, height]).all()
