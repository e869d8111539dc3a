"""`python -m bench.api`: the API under load by wrk on the same machine, written to `docs/bench-api.md`.

Every request asks about a text of the training corpus that was not asked about before, so nothing is answered
from memory. Rounds of all loads are interleaved, and the medians count. Wants wrk (`apt-get install wrk`).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.machine import machine
from bench.processes import ROOT
from beside.train.corpus import load

_LUA = ROOT / "bench" / "api.lua"
_SLOW = 50  # requests a second at which callers wait for nobody


@dataclass(frozen=True, slots=True)
class Load:
    """What one kind of caller does. `rate` in requests a second, 0 for as many as are answered."""

    name: str
    path: str
    connections: int
    rate: int = 0


LOADS = (
    Load("own contract, as many as it answers", "/v1/decide", 8),
    Load("OpenAI's contract, as many as it answers", "/v1/moderations", 8),
    Load("Perspective's contract, as many as it answers", "/v1alpha1/comments:analyze", 8),
    Load("own contract, 50 a second", "/v1/decide", 10, _SLOW),
    Load("OpenAI's contract, 50 a second", "/v1/moderations", 10, _SLOW),
)


def body(path: str, text: str) -> dict[str, Any]:
    """The request about one text in the contract that a path belongs to."""
    if path == "/v1/moderations":
        return {"input": text}
    if path == "/v1/decide":
        return {"text": text}
    return {"comment": {"text": text}, "languages": ["en"], "requestedAttributes": {"TOXICITY": {}}}


@contextlib.contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The address of a fresh API, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "beside.cli", "api", "--open", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(url: str) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=2):
            return
        time.sleep(0.1)
    raise SystemExit("the API did not start")


def ask(url: str, load_: Load, texts: list[str], seconds: int) -> dict[str, Any]:
    """What wrk found, with the processor time that it took itself (seconds) under `client`."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as bodies:
        bodies.writelines(json.dumps(body(load_.path, text)) + "\n" for text in texts)
        bodies.flush()
        pause = 1000 * load_.connections / load_.rate if load_.rate else 0
        command = [
            "wrk",
            "-t1",
            f"-c{load_.connections}",
            f"-d{seconds}s",
            "--timeout",
            "10s",
            "-s",
            str(_LUA),
            url,
        ]
        before = os.times()
        done = subprocess.run(
            [*command, "--", bodies.name, str(pause), load_.path], capture_output=True, text=True, check=True
        )
        after = os.times()
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return found | {"client": spent}


def overload(rate: float) -> Load:
    """Three times what the API answers, by callers who do not wait for each other."""
    return Load("own contract, three times what it answers", "/v1/decide", 200, int(3 * rate))


def memory(process: int) -> float:
    """The most memory (MB) that a process has had."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) / 1000 if found else 0.0


def measure(rounds: int, seconds: int) -> tuple[dict[str, list[dict[str, Any]]], float]:
    """Per load the findings of each round, and the most memory that the API took."""
    texts = sorted({message.text for message in load(ROOT / "corpus" / "train") if len(message.text) < 1_000})
    found: dict[str, list[dict[str, Any]]] = {}
    most = 0.0
    for turn in range(rounds):
        with served() as (url, process):
            Random(turn).shuffle(texts)
            third = len(texts) // (len(LOADS) + 1)
            shares = [texts[start * third : (start + 1) * third] for start in range(len(LOADS) + 1)]
            for load_, share in zip(LOADS, shares, strict=False):
                found.setdefault(load_.name, []).append(ask(url, load_, share, seconds))
            sustained = found[LOADS[0].name][-1]
            hard = overload(sustained["requests"] / sustained["seconds"])
            found.setdefault(hard.name, []).append(ask(url, hard, shares[-1], seconds))
            most = max(most, memory(process))
    return found, most


def page(found: dict[str, list[dict[str, Any]]], most: float, day: str, command: str) -> str:
    """The figures as Markdown."""
    lines = [
        "# The API under load",
        "",
        f"Written by `{command}` on {day}. Medians of interleaved rounds; wrk ran on",
        "",
    ]
    lines[2] += " the same cores and took the share said. Each request asked about another text."
    lines += [
        "| load | answered a second | p50 ms | p99 ms | p99.9 ms | slowest ms | answers | wrk's share |",
        "|" + " --- |" * 8,
    ]
    lines += [_row(name, rounds) for name, rounds in found.items()]
    lines += [
        "",
        f"Memory of the process at its most: {most:.0f} MB.",
        "",
        "| what | value |",
        "| --- | --- |",
    ]
    lines += [f"| {name} | {value} |" for name, value in machine()]
    return "\n".join(lines) + "\n"


def _row(name: str, rounds: list[dict[str, Any]]) -> str:
    def mid(key: str) -> float:
        return median(one[key] for one in rounds)

    rate = median(one["requests"] / one["seconds"] for one in rounds)
    client = median(one["client"] / one["seconds"] for one in rounds)
    statuses: dict[str, int] = {}
    for one in rounds:
        for status, count in one["statuses"].items():
            statuses[status] = statuses.get(status, 0) + count
        if one["unanswered"]:
            statuses["none"] = statuses.get("none", 0) + one["unanswered"]
    answers = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    times = " | ".join(f"{mid(key):.1f}" for key in ("p50", "p99", "p999", "max"))
    return f"| {name} | {rate:.0f} | {times} | {answers} | {client:.2f} of a core |"


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=10, help="length of each load")
    parser.add_argument("--date", default=date.today().isoformat())
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "bench-api.md")
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed: apt-get install wrk")
    found, most = measure(asked.rounds, asked.seconds)
    asked.out.write_text(page(found, most, asked.date, "python -m bench.api"), encoding="utf-8")
    print(f"Written: {asked.out}")


if __name__ == "__main__":
    main()
