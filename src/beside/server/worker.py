"""The worker: `python -m beside.server.worker`. Any number may run; each row is one worker's at a time.

It goes round: messages that wait are settled, mail goes out, long jobs are done piece by piece, reminders are
written, what is to be erased is erased. What goes wrong in one of them is logged, and the round goes on. Each
step ends with a touch of the heartbeat file, by which `/health/ready` knows that it lives.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, current_thread, main_thread
from time import monotonic
from types import FrameType

_PAUSE = 1.0
_MINUTE, _HOUR = 60.0, 3600.0
_AT_WORK = 5.0
_log = logging.getLogger(__name__)


@dataclass
class Turn:
    """Something to do, not more often than `every` so many seconds."""

    step: Callable[[], object]
    every: float = 0.0
    due: float = 0.0


def run(once: bool = False) -> None:
    """Goes round until SIGTERM or SIGINT; what has been begun is finished first. `once`: one round."""
    stop = Event()
    turns = _turns(stop)
    if once:
        _go_round(turns, stop)
        return
    with _told_by_signals(stop):
        while not stop.is_set():
            _go_round(turns, stop)
            stop.wait(_PAUSE)


def _go_round(turns: list[Turn], stop: Event) -> None:
    for turn in turns:
        if monotonic() >= turn.due and not stop.is_set():
            _safely(turn.step)
            turn.due = monotonic() + turn.every


def beat() -> None:
    """Says that a worker lives."""
    from django.conf import settings

    Path(settings.BESIDE_HEARTBEAT).touch()


def _turns(stop: Event) -> list[Turn]:
    from beside.space.verbs.erase import sweep as erase
    from beside.space.verbs.post import send_due
    from beside.space.verbs.remind import remind
    from beside.space.verbs.sweep import retain, sweep

    return [
        Turn(sweep),
        Turn(lambda: send_due(stopped=stop.is_set)),
        Turn(lambda: _work(stop)),
        Turn(remind, every=_MINUTE),
        Turn(erase, every=_MINUTE),
        Turn(retain, every=_HOUR),
        Turn(_tidy, every=_HOUR),
    ]


def _work(stop: Event) -> None:
    """Pieces of long jobs, for as long as messages and mail can wait for them."""
    from beside.space.verbs.jobs import work_one

    until = monotonic() + _AT_WORK
    while work_one() and monotonic() < until and not stop.is_set():
        beat()


def _tidy() -> None:
    from beside.space.verbs.jobs import tidy

    tidy()


def _safely(step: Callable[[], object]) -> None:
    from django.db import close_old_connections

    try:
        close_old_connections()
        step()
    except Exception:  # noqa: BLE001  whatever it is, it is logged and the rounds go on
        _log.exception("a step of the worker failed; the others go on")
    try:
        beat()
    except OSError:
        _log.exception("the heartbeat cannot be written")


@contextmanager
def _told_by_signals(stop: Event) -> Iterator[None]:
    """For as long as it runs in the main thread, which alone is told."""

    def tell(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        stop.set()

    numbers = (signal.SIGTERM, signal.SIGINT) if current_thread() is main_thread() else ()
    before = {number: signal.signal(number, tell) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def main() -> None:
    """Starts Django, then the rounds."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beside.server.settings")
    django.setup()
    run(once="--once" in sys.argv[1:])


if __name__ == "__main__":
    main()
