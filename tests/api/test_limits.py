"""How fast one caller may ask."""

from __future__ import annotations

import pytest

from beside.api.keys import Key
from beside.api.limits import Limits


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_burst_and_then_a_rate(clock):
    limits, key = Limits(clock), Key("a", rate=2, burst=3)
    assert [limits.take(key) for _ in range(4)] == [0, 0, 0, pytest.approx(0.5)]
    clock.now += 0.25
    assert limits.take(key) == pytest.approx(0.25)
    clock.now += 0.25
    assert [limits.take(key), limits.take(key)] == [0, pytest.approx(0.5)]


def test_an_unused_bucket_holds_no_more_than_a_burst(clock):
    limits, key = Limits(clock), Key("a", rate=2, burst=2)
    limits.take(key)
    clock.now += 1000
    assert [limits.take(key) for _ in range(3)] == [0, 0, pytest.approx(0.5)]


def test_more_texts_cost_more_and_may_make_a_debt(clock):
    limits, key = Limits(clock), Key("a", rate=1, burst=2)
    assert limits.take(key) == 0
    limits.charge(key, 5)
    assert limits.take(key) == pytest.approx(5)
    clock.now += 5
    assert limits.take(key) == 0
    limits.charge(key, 0)
    limits.charge(key, -3)
    assert limits.take(key) == pytest.approx(1)


def test_each_key_has_its_own_bucket(clock):
    limits = Limits(clock)
    assert limits.take(Key("a", rate=1, burst=1)) == 0
    assert limits.take(Key("b", rate=1, burst=1)) == 0
    assert limits.take(Key("a", rate=1, burst=1)) == pytest.approx(1)


def test_no_rate_is_no_limit(clock):
    limits, key = Limits(clock), Key("a", rate=0, burst=1)
    limits.charge(key, 1000)
    assert {limits.take(key) for _ in range(1000)} == {0}


def test_a_burst_of_nothing_still_lets_one_through(clock):
    limits, key = Limits(clock), Key("a", rate=1, burst=0)
    assert limits.take(key) == 0
