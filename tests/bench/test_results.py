"""Spreads, quality from judged messages, and labels that do not lie on each other."""

from itertools import pairwise

import pytest
from bench.peers import MODULES, Peer, find
from bench.plot import spaced
from bench.quality import quality
from bench.results import Spread

from beside.train.corpus import Message


def test_a_spread_is_minimum_median_maximum():
    assert Spread.of([3.0, 1.0, 2.0, 10.0]) == Spread(1.0, 2.5, 10.0)
    assert Spread(1.0, 2.0, 3.0).times(10) == Spread(10.0, 20.0, 30.0)


def test_leak_and_hush_are_shares_of_the_right_messages():
    kind, rude = Message("a", frozenset({"comfort"})), Message("b", frozenset({"hostility"}))
    crisis = Message("c", frozenset({"comfort", "crisis"}))
    judged = [(0.9, True), (0.4, False), (0.8, True), (0.1, False), (0.2, False)]
    found = quality([kind, kind, rude, rude, crisis], judged)
    assert (found.leak.value, found.leak.count) == (pytest.approx(1 / 3), 3)
    assert (found.hush.value, found.hush.count) == (0.5, 2)
    assert found.auc.value == pytest.approx(5 / 6)


class Even(Peer):
    name, package, threshold, rule = "even", "no-such-package-anywhere", 0.5, "over a half"

    def load(self):
        pass

    def scores(self, texts):
        return [0.5, 0.51][: len(texts)]


def test_a_message_passes_above_the_threshold_only():
    assert Even().judged(["a", "b"]) == [(0.5, False), (0.51, True)]


def test_a_package_that_is_not_installed_has_no_version():
    assert Even().version == ""


@pytest.mark.parametrize("module", MODULES)
def test_every_peer_can_be_listed_without_its_package(module):
    peer = find(module)
    assert peer.name
    assert peer.package
    assert 0.0 <= peer.threshold < 1.0
    assert peer.rule


@pytest.mark.parametrize("places", [[], [5.0], [98, 96, 94, 89, 74, 44, 2, 3.5], [1.0] * 6, [0, 10, 20]])
def test_labels_keep_their_order_and_their_distance(places):
    moved = spaced(places, 4.0)
    ordered = [moved[index] for index in sorted(range(len(places)), key=places.__getitem__)]
    assert all(after - before >= 4.0 - 1e-9 for before, after in pairwise(ordered))


def test_labels_that_are_apart_stay_where_they_are():
    assert spaced([20, 0, 10], 4.0) == [20, 0, 10]
