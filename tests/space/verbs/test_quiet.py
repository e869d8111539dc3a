"""Quiet hours by somebody's own clock, over midnight and over the change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from beside.space.models import Person
from beside.space.verbs.quiet import quiet_until


def at(hour: int, minute: int = 0, day: int = 25, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def someone(start: time | None, end: time | None, zone: str = "UTC") -> Person:
    return Person(quiet_from=start, quiet_to=end, time_zone=zone)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(21, 59), at(21, 59)),
        (at(22), at(7, day=26)),
        (at(23, 30), at(7, day=26)),
        (at(0, 0), at(7)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
        (at(12), at(12)),
    ],
)
def test_over_midnight(now, until):
    assert quiet_until(person=someone(time(22), time(7)), now=now) == until


@pytest.mark.parametrize(
    ("now", "until"), [(at(12, 59), at(12, 59)), (at(13), at(15)), (at(14, 59), at(15)), (at(15), at(15))]
)
def test_within_a_day(now, until):
    assert quiet_until(person=someone(time(13), time(15)), now=now) == until


def test_it_is_their_clock_that_counts():
    far = someone(time(22), time(7), "Asia/Tokyo")  # nine hours ahead
    assert quiet_until(person=far, now=at(12)) == at(12)
    assert quiet_until(person=far, now=at(13)) == at(22)
    assert quiet_until(person=far, now=at(23)) == at(23)


def test_the_morning_after_the_clocks_change():
    home = someone(time(22), time(7), "Europe/Berlin")
    assert quiet_until(person=home, now=at(21, day=24, month=10)) == at(6, day=25, month=10)
    assert quiet_until(person=home, now=at(21, day=28, month=3)) == at(5, day=29, month=3)


@pytest.mark.parametrize("hours", [(None, None), (time(22), None), (None, time(7)), (time(8), time(8))])
def test_without_hours_no_hour_is_quiet(hours):
    assert quiet_until(person=someone(*hours), now=at(3)) == at(3)


@pytest.mark.parametrize("zone", ["", "Nowhere/Here", "Europe", "../etc/passwd"])
def test_an_unknown_zone_counts_as_utc(zone):
    assert quiet_until(person=someone(time(22), time(7), zone), now=at(3)) == at(7)
