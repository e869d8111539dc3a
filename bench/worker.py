"""One measurement of one system, in a process of its own: `python -m bench.worker TASK`, TASK in JSON."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.peers import Peer, find
from bench.processes import peak_memory

_WARM = 16
_SAMPLE = 64


def quality(peer: Peer, texts: list[str], _: float) -> dict[str, Any]:
    """Score and fate of every text."""
    return {"judged": peer.judged(texts)}


def alone(peer: Peer, texts: list[str], _: float) -> dict[str, Any]:
    """Milliseconds for each text by itself."""
    peer.judged(texts[:_WARM])
    took = []
    for text in texts[_WARM:]:
        began = time.perf_counter()
        peer.judged([text])
        took.append(1000 * (time.perf_counter() - began))
    return {"milliseconds": took}


def together(peer: Peer, texts: list[str], seconds: float) -> dict[str, Any]:
    """Texts a second, first never seen before, then seen once; as many as fill the wanted seconds."""
    peer.judged(texts[:_WARM])
    begin = _WARM + _SAMPLE
    rate = _SAMPLE / _timed(peer, texts[_WARM:begin])
    fresh = texts[begin : begin + max(_SAMPLE, int(rate * seconds))]
    new, again = (len(fresh) / _timed(peer, fresh) for _ in range(2))
    return {"texts": len(fresh), "new": new, "again": again, "memory": peak_memory()}


def _timed(peer: Peer, texts: list[str]) -> float:
    began = time.perf_counter()
    peer.judged(texts)
    return time.perf_counter() - began


_KINDS = {"quality": quality, "alone": alone, "together": together}


def main() -> None:
    task = json.loads(sys.argv[1])
    texts = json.loads(Path(task["texts"]).read_text(encoding="utf-8"))
    # Some peers print; only the answer may reach the caller.
    with contextlib.redirect_stdout(io.StringIO()):
        peer = find(task["module"])
        peer.load()
        found = _KINDS[task["kind"]](peer, texts, task.get("seconds", 0.0))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
