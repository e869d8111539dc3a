"""A famous post through `beside.sift.sift`: wall time and memory of a fresh process, start to end.

`python -m bench.famous CSV OUT` sifts one file and prints what it took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.post import DISTINCT, FAMOUS, post, senders, write
from bench.processes import answer, peak_memory
from bench.results import Sifted, Spread

_SEED = 20


def sifted(comments: int, parts: Sequence[str], repeats: int) -> Iterator[Sifted]:
    """The post as it stands in the file, then with a sender's name on every comment."""
    texts = post(comments, parts, _SEED)
    for title, names in (
        ("comments alone", []),
        ("with senders' names", senders(comments, parts, _SEED)),
    ):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "post.csv"
            write(path, texts, names)
            runs = [_sift(path, Path(folder) / f"out-{turn}", comments) for turn in range(repeats)]
        yield Sifted(
            title,
            comments,
            round(comments * DISTINCT),
            max(1, FAMOUS // comments),
            Spread.of([seconds for seconds, _ in runs]),
            Spread.of([memory for _, memory in runs]),
        )


def _sift(path: Path, out: Path, comments: int) -> tuple[float, float]:
    began = time.monotonic()
    found = answer(["-m", "bench.famous", str(path), str(out)])
    took = time.monotonic() - began
    if found["rows"] != comments:
        raise ValueError(f"{comments} comments went in and {found['rows']} came out")
    return took, float(found["memory"])


def main() -> None:
    from beside import Gate
    from beside.sift import sift

    path, out = map(Path, sys.argv[1:3])
    summary = sift([path], out, Gate())
    print(json.dumps({"rows": summary.total.rows, "memory": peak_memory()}))


if __name__ == "__main__":
    main()
