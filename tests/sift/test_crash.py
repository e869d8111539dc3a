"""Killed at any moment, a second run goes on and ends in the same bytes."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from beside.sift import AlreadyFinishedError, run, sift

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def inputs(write, monkeypatch):
    monkeypatch.setattr(run, "_CHUNK_ROWS", 7)
    lines = [
        random.Random(n).choice(["love {}", "lol {}", "at least {}", "hm {}", '"open {}']) for n in range(300)
    ]
    table = "id,text\n" + "".join(f"{n},{line.format(n)}\n" for n, line in enumerate(lines))
    tree = '[{"text":"lol","replies":[{"text":"love"}]},' * 40 + '{"text":"lo' + "]" * 3
    return [
        write("a.csv", table),
        write("b.json", tree.replace(",[", ",")),
        write("c.txt", "love\nlol\n" * 30),
    ]


def in_a_child(work, wait=None):
    """Run `work` in a child process, killing it after `wait` seconds; whether it came to its end."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except AlreadyFinishedError:
            status = 0
        finally:
            os._exit(status)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status == 0


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_random_moments(inputs, out, gate, listing, tmp_path):
    began = time.perf_counter()
    sift(inputs, tmp_path / "whole", gate)
    length = time.perf_counter() - began
    chance, kills = random.Random(20261), 0
    for attempt in range(6):
        folder = out / str(attempt)
        while not in_a_child(lambda f=folder: sift(inputs, f, gate), chance.random() * length * 0.7):
            kills += 1
            if kills > 200:
                break
        in_a_child(lambda f=folder: sift(inputs, f, gate))
        assert listing(folder) == listing(tmp_path / "whole")
    assert kills >= 6


def dying_at(step, original):
    """A function that kills its process when it is called for the `step`th time."""
    calls = iter(range(1_000_000))

    def call(*arguments, **named):
        number = next(calls)
        if number == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **named)

    return call


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize(
    ("where", "name"), [(Path, "rename"), (Path, "replace"), (Path, "mkdir"), (os, "unlink"), (os, "rmdir")]
)
def test_killed_at_every_step_of_the_end(write, gate, out, listing, tmp_path, where, name):
    old, new = write("a.txt", "love\n"), write("b.txt", "more love\nlol\nat least\n")
    sift([new], tmp_path / "whole", gate)
    original = getattr(where, name)
    for step in range(10):
        folder = out / str(step)
        sift([old], folder, gate)

        def dies(step=step, folder=folder):
            setattr(where, name, dying_at(step, original))
            sift([new], folder, gate, overwrite=True)

        if not in_a_child(dies):
            finished = (folder / "delivered/b.txt").exists() and not (folder / ".sift/plan.json").exists()
            in_a_child(lambda f=folder, done=finished: sift([new], f, gate, overwrite=not done))
        assert listing(folder) == listing(tmp_path / "whole")


class StopError(Exception):
    """The test has seen enough."""


def stop(done, total):
    raise StopError


def test_a_torn_journal_and_a_torn_log_are_cut_off(inputs, out, gate, listing, tmp_path):
    for _ in range(3):
        with pytest.raises(StopError):
            sift(inputs, out, gate, None, stop)
        with (out / ".sift/rows.log").open("ab") as log:
            log.write(b'deliver\t0\t{"text": "never decided"}\n' * 9999)
        with (out / ".sift/journal").open("ab") as journal:
            journal.write(b"0 9")
    sift(inputs, out, gate)
    sift(inputs, tmp_path / "whole", gate)
    assert listing(out) == listing(tmp_path / "whole")


def test_a_log_shorter_than_its_journal_is_begun_again(inputs, out, gate, listing, tmp_path):
    with pytest.raises(StopError):
        sift(inputs, out, gate, None, stop)
    os.truncate(out / ".sift/rows.log", 10)
    sift(inputs, out, gate)
    sift(inputs, tmp_path / "whole", gate)
    assert listing(out) == listing(tmp_path / "whole")
