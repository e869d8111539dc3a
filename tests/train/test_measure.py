"""The figures, on cases that can be counted by hand."""

import pytest

from beside.codebook import NAMES
from beside.gate.policy import PRESETS, Policy, Scale
from beside.gate.reading import Action, Reading, Span
from beside.train.corpus import Message
from beside.train.measure import auc, calibration_error, figures, macro_f1, marked_f1, right_rule, share

SCALE = Scale(dict.fromkeys(NAMES, 0.5), {"open": 0.4, "careful": 0.6, "very careful": 0.8})


def reading(deliver, *names, spans=()):
    return Reading({name: 0.9 if name in names else 0.01 for name in NAMES}, deliver=deliver, spans=spans)


def message(*names, text="x", spans=()):
    return Message(text, frozenset(names), spans=spans)


def test_share_has_wilsons_interval():
    got = share(3, 100)
    assert (got.value, got.count) == (0.03, 100)
    assert (got.low, got.high) == (pytest.approx(0.01025, abs=1e-4), pytest.approx(0.08452, abs=1e-4))
    assert (share(0, 50).low, share(50, 50).high) == (0.0, 1.0)


def test_auc_counts_pairs_and_halves_ties():
    assert auc([True, True, False, False], [0.9, 0.8, 0.3, 0.2]) == 1.0
    assert auc([True, False], [0.2, 0.8]) == 0.0
    assert auc([True, False, True, False], [0.5, 0.5, 0.9, 0.1]) == pytest.approx(0.875)


def test_calibration_error_is_the_weighted_gap():
    assert calibration_error([True, True, False, False], [0.95, 0.95, 0.05, 0.05]) == pytest.approx(0.05)
    assert calibration_error([True, False], [1.0, 1.0]) == pytest.approx(0.5)


def test_right_rule_follows_the_policy():
    assert right_rule(frozenset({"faith"}), Policy()) is Action.DELIVER
    assert right_rule(frozenset({"faith"}), PRESETS["no faith"]) is Action.HOLD
    assert (
        right_rule(frozenset({"comfort", "other_pregnancy"}), PRESETS["rainbow stories welcome"])
        is Action.DELIVER
    )
    assert right_rule(frozenset({"crisis", "hostility"}), Policy()) is Action.HOLD
    assert right_rule(frozenset({"comfort"}), PRESETS["quiet"]) is Action.HOLD
    assert right_rule(frozenset(), Policy()) is Action.HOLD


def test_leak_and_hush_are_counted():
    messages = [
        message("comfort"),
        message("comfort"),
        message("minimizing"),
        message("spam"),
        message("crisis"),
    ]
    readings = [
        reading(0.99, "comfort"),
        reading(0.01, "comfort"),
        reading(0.99, "comfort"),
        reading(0.01, "spam"),
        reading(0.01, "crisis"),
    ]
    got = figures(messages, readings, Policy(), [SCALE] * 5)
    assert (got["leak"].value, got["leak"].count) == (pytest.approx(1 / 3), 3)
    assert (got["hush"].value, got["hush"].count) == (0.5, 2)
    assert (got["leak of decline"].value, got["leak of decline"].count) == (0.0, 1)
    assert (got["crisis recall"].value, got["crisis recall"].count) == (1.0, 1)


def test_f1_per_label_and_their_mean():
    messages = [message("comfort"), message("comfort"), message("spam")]
    got = macro_f1(messages, [reading(0.5, "comfort"), reading(0.5), reading(0.5, "spam")], [SCALE] * 3)
    assert got["comfort"] == pytest.approx(2 / 3)
    assert got["spam"] == 1.0
    assert got["macro"] == pytest.approx((2 / 3 + 1.0) / len(NAMES))


def test_marked_words_are_compared_word_by_word():
    text = "so sorry but it was early"
    wanted = message("comfort", "minimizing", text=text, spans=(Span("minimizing", 13, 25),))
    got = marked_f1(
        [wanted, message("comfort")], [reading(0.5, spans=(Span("minimizing", 9, 19),)), reading(0.5)]
    )
    assert got.count == 1
    assert got.value == pytest.approx(2 * 2 / (3 + 3))
