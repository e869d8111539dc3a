"""A pause and quiet hours put off when she sees something, never what becomes of it."""

from datetime import UTC, datetime, time
from types import SimpleNamespace

import pytest

from beside.space.models import Host
from beside.space.verbs import pause
from beside.space.verbs.errors import NotAllowed


def at(hour, minute=0, day=10):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def sleeper(start, end, zone="UTC", opened=None):
    """A host with quiet hours, as far as these functions look at one."""
    person = SimpleNamespace(quiet_from=start, quiet_to=end, time_zone=zone)
    return SimpleNamespace(person=person, quiet_opened_at=opened, paused_since=None)


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (at(21, 59), None),
        (at(22), at(22)),
        (at(23, 30), at(22)),
        (at(6, 59, day=11), at(22)),
        (at(7, day=11), None),
    ],
)
def test_hours_that_pass_midnight(now, since):
    assert pause.quiet_since(host=sleeper(time(22), time(7)), now=now) == since


@pytest.mark.parametrize(("now", "since"), [(at(12, 59), None), (at(13), at(13)), (at(15), None)])
def test_hours_of_one_day(now, since):
    assert pause.quiet_since(host=sleeper(time(13), time(15)), now=now) == since


def test_hours_are_those_of_her_clock():
    tokyo = sleeper(time(22), time(7), zone="Asia/Tokyo")
    assert pause.quiet_since(host=tokyo, now=at(13)) == at(13)
    assert pause.quiet_since(host=tokyo, now=at(12, 59)) is None


def test_no_hours_no_quiet():
    assert pause.quiet_since(host=sleeper(None, None), now=at(3)) is None
    assert pause.quiet_since(host=SimpleNamespace(person=None), now=at(3)) is None


def test_opening_all_the_same_shows_what_came_until_then():
    opened = sleeper(time(22), time(7), opened=at(23))
    assert pause.quiet_since(host=opened, now=at(23, 30)) == at(23)
    assert pause.quiet_since(host=opened, now=at(22, 30, day=11)) == at(22, day=11)


def test_the_earlier_of_pause_and_quiet_hours_counts():
    host = sleeper(time(22), time(7))
    host.paused_since = at(12)
    assert pause.hidden_since(host=host, now=at(23)) == at(12)
    host.paused_since = at(22, 30)
    assert pause.hidden_since(host=host, now=at(23)) == at(22)
    assert pause.hidden_since(host=host, now=at(12, day=11)) == at(22, 30)


@pytest.mark.django_db
def test_a_pause_counts_from_its_first_moment(place):
    pause.pause(host=place.host)
    first = place.host.paused_since
    pause.pause(host=place.host)
    assert Host.objects.get(pk=place.host.pk).paused_since == first
    assert pause.hidden_since(host=place.host) == first
    pause.unpause(host=place.host)
    assert Host.objects.get(pk=place.host.pk).paused_since is None
    assert pause.hidden_since(host=place.host) is None


@pytest.mark.django_db
def test_quiet_hours_need_two_times_that_differ(place):
    person = place.host.person
    pause.set_quiet_hours(person=person, start=time(22), end=time(7), zone="Europe/London")
    assert (person.quiet_from, person.quiet_to, person.time_zone) == (time(22), time(7), "Europe/London")
    for start, end in ((time(22), None), (None, time(7)), (time(7), time(7))):
        pause.set_quiet_hours(person=person, start=start, end=end, zone="Europe/London")
        assert (person.quiet_from, person.quiet_to) == (None, None)


@pytest.mark.django_db
def test_an_unknown_time_zone_is_utc(place):
    pause.set_quiet_hours(person=place.host.person, start=None, end=None, zone="Nowhere/At all")
    assert place.host.person.time_zone == "UTC"


@pytest.mark.django_db
def test_who_left_opens_nothing(place):
    place.host.left_at = at(3)
    with pytest.raises(NotAllowed):
        pause.open_anyway(host=place.host)
    assert Host.objects.get(pk=place.host.pk).quiet_opened_at is None
