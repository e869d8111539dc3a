"""A bucket holds what it holds, fills again with time, and belongs to one person and one thing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from beside.space.models import Limit
from beside.space.verbs.limits import take

MINUTE = timedelta(minutes=1)
NOW = timezone.now()


def _take(who="guest 1", what="nudge", *, after=timedelta(0), burst=3) -> bool:
    return take(who=who, what=what, per=MINUTE, burst=burst, now=NOW + after)


@pytest.mark.django_db
def test_a_burst_and_no_more():
    assert [_take() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_one_comes_back_each_minute_and_never_more_than_fit():
    assert [_take() for _ in range(4)] == [True, True, True, False]
    assert [_take(after=timedelta(seconds=59)), _take(after=MINUTE), _take(after=MINUTE)] == [
        False,
        True,
        False,
    ]
    assert [_take(after=timedelta(days=9)) for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_everybody_has_their_own_for_each_thing():
    assert [_take(burst=1), _take(burst=1)] == [True, False]
    assert [_take("guest 2", burst=1), _take(what="write", burst=1)] == [True, True]


@pytest.mark.django_db
def test_a_clock_that_goes_back_gives_nothing():
    assert [_take(), _take(), _take(), _take(after=-timedelta(days=1))] == [True, True, True, False]
    assert _take(after=MINUTE)


@pytest.mark.django_db
def test_only_a_hash_of_who_it_is_is_kept():
    _take("203.0.113.9")
    bucket = Limit.objects.get()
    assert ("203" in bucket.who, len(bucket.who), bucket.what) == (False, 64, "nudge")


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_take_no_more_than_there_is():
    def once(_: int) -> bool:
        while True:
            try:
                return _take(burst=5)
            except OperationalError:  # a database in memory locks whole tables at once; a file waits its turn
                continue
            finally:
                connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(once, range(20))) == 5
