"""Work that would wait too long is refused at once; what is late is given up."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from beside.api.pressure import Busy, Lane, Late
from tests.api.loop import run


@pytest.fixture
def door():
    """Holds back what waits for it."""
    opened = threading.Event()
    yield opened
    opened.set()


def waits(door):
    return lambda given_up: door.wait(20)


async def settled(lane):
    for _ in range(500):
        if not lane.cost:
            return True
        await asyncio.sleep(0.01)
    return False


def test_it_gives_back_what_the_work_returns():
    lane = Lane("short", 2, 10, 5)

    async def both():
        return await asyncio.gather(lane.run(1, lambda _: "a"), lane.run(1, lambda _: "b"))

    assert run(both()) == ["a", "b"]


def test_it_passes_on_what_the_work_raises():
    lane = Lane("short", 1, 10, 5)

    def broken(_):
        raise KeyError("x")

    async def ran():
        with pytest.raises(KeyError):
            await lane.run(5, broken)
        assert await settled(lane)

    run(ran())


def test_what_does_not_fit_is_refused_at_once(door):
    lane = Lane("short", 1, 10, 20)

    async def ran():
        first = asyncio.create_task(lane.run(6, waits(door)))
        await asyncio.sleep(0.05)
        start = time.perf_counter()
        with pytest.raises(Busy):
            await lane.run(5, waits(door))
        assert time.perf_counter() - start < 0.1
        assert lane.cost == 6
        assert not lane.full
        second = asyncio.create_task(lane.run(4, waits(door)))
        await asyncio.sleep(0.05)
        assert lane.full
        door.set()
        assert await asyncio.gather(first, second) == [True, True]
        assert await settled(lane)

    run(ran())


def test_an_empty_lane_takes_what_is_larger_than_itself():
    lane = Lane("long", 1, 10, 5)
    assert run(lane.run(1000, lambda _: "read")) == "read"


def test_what_is_late_is_told_so_and_keeps_its_thread_until_it_ends(door):
    lane = Lane("short", 2, 10, 0.05)

    async def ran():
        with pytest.raises(Late):
            await lane.run(1, waits(door))
        assert not lane.full  # one thread hangs, the other does not
        assert await lane.run(1, lambda _: "read") == "read"
        with pytest.raises(Late):
            await lane.run(1, waits(door))
        assert (lane.full, lane.cost) == (True, 2)
        with pytest.raises(Busy):
            await lane.run(1, waits(door))
        door.set()
        assert await settled(lane)

    run(ran())


def test_what_had_not_begun_never_begins(door):
    lane = Lane("short", 1, 10, 20)
    began = []

    async def ran():
        first = asyncio.create_task(lane.run(1, waits(door)))
        await asyncio.sleep(0.05)
        with pytest.raises(Late):
            await lane.run(1, began.append, deadline=0.05)
        door.set()
        await first
        assert await settled(lane)

    run(ran())
    assert began == []


def test_the_work_is_told_when_nobody_waits_any_longer():
    lane = Lane("short", 1, 10, 0.05)
    told = []

    async def ran():
        with pytest.raises(Late):
            await lane.run(1, lambda given_up: told.append(given_up.wait(20)))
        assert await settled(lane)

    run(ran())
    assert told == [True]


def test_a_closed_lane_can_be_used_again():
    lane = Lane("short", 1, 10, 5)
    lane.close()
    assert run(lane.run(1, lambda _: 1)) == 1
    lane.close()
    assert run(lane.run(1, lambda _: 2)) == 2
    lane.close()
