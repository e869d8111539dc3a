"""Fresh processes: nothing that one measurement left behind may help or hinder the next."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)
_START = """
import contextlib, io, json, sys, time
from bench.peers import find
with contextlib.redirect_stdout(io.StringIO()):
    peer = find(sys.argv[1])
    peer.load()
    peer.judged(["I am so sorry."])
print(json.dumps({"at": time.monotonic()}))
"""


class FailedError(RuntimeError):
    """A process that ended badly; the message is the last line that it said."""


def answer(command: list[str], threads: int = 2) -> dict[str, Any]:
    """The JSON object that a fresh Python prints as its last line."""
    room = {**os.environ, **dict.fromkeys(_THREADS, str(threads)), "TF_CPP_MIN_LOG_LEVEL": "3"}
    asked = [sys.executable, *command]
    done = subprocess.run(asked, cwd=ROOT, env=room, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise FailedError(said[-1][:200])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def work(task: dict[str, Any], threads: int = 2) -> dict[str, Any]:
    """One task of `bench.worker` in a fresh process."""
    return answer(["-m", "bench.worker", json.dumps(task)], threads)


def seconds_to_answer(module: str) -> float:
    """From starting a fresh Python to the first decision of a system."""
    # The monotonic clock is the same for all processes of a machine.
    began = time.monotonic()
    return float(answer(["-c", _START, module])["at"]) - began


def peak_memory() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    # Linux hands ru_maxrss on from the process that started this one; VmHWM is this one's alone.
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))):
        return int(found[1]) / 1000
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
