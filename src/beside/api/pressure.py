"""Back-pressure: work that would have to wait too long is refused at once, and what is late is given up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Busy(Exception):
    """More is waiting than can be answered in time."""


class Late(Exception):
    """The answer did not come within the deadline."""


class Lane:
    """A few threads and what waits for them, measured in characters.

    What has begun cannot be broken off in the middle of a text. A gate that hangs holds its threads, and
    when it holds all of them, callers hear so at once.
    """

    def __init__(self, name: str, threads: int, budget: int, deadline: float) -> None:
        self._threads, self._budget, self._deadline = threads, budget, deadline
        self._pool: ThreadPoolExecutor | None = None
        self._lock = Lock()
        self._cost = 0
        self._hanging: set[Future[Any]] = set()
        self.name = name

    @property
    def cost(self) -> int:
        """The characters that are being read or wait to be."""
        return self._cost

    @property
    def full(self) -> bool:
        """Whether the next request would be refused, whatever it holds."""
        return self._cost >= self._budget or len(self._hanging) >= self._threads

    async def run(self, cost: int, work: Callable[[Event], T], deadline: float | None = None) -> T:
        """What `work` returns. Its event is set when nobody waits any longer. Raises `Busy` or `Late`."""
        with self._lock:
            if self.full or (self._cost and self._cost + cost > self._budget):
                raise Busy
            self._cost += cost
        given_up = Event()
        job = self._running().submit(work, given_up)
        job.add_done_callback(lambda done: self._release(done, cost))
        try:
            async with asyncio.timeout(self._deadline if deadline is None else deadline):
                return await asyncio.wrap_future(job)
        except TimeoutError:
            self._give_up(job)
            raise Late from None
        finally:
            given_up.set()

    def _give_up(self, job: Future[Any]) -> None:
        with self._lock:
            if not job.done():
                self._hanging.add(job)

    def _release(self, job: Future[Any], cost: int) -> None:
        with self._lock:
            self._hanging.discard(job)
            self._cost -= cost

    def _running(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix=f"gate-{self.name}")
        return self._pool

    def close(self) -> None:
        """Lets go of the threads, and of what has not begun."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
