"""The whole run: `python -m bench` writes `docs/bench.md` and `docs/bench.svg`."""

from __future__ import annotations

import argparse
import shlex
import sys
from datetime import date
from pathlib import Path
from random import Random

from bench.page import page
from bench.peers import MODULES
from bench.plot import plot
from bench.post import FAMOUS
from bench.processes import ROOT
from bench.run import Plan, run
from bench.speed import Effort
from beside.train.corpus import load

_USUAL = Effort(repeats=5, seconds=3.0, alone=500, together=20_000)
_TINY = Effort(repeats=2, seconds=0.2, alone=40, together=400)
_TINY_MESSAGES, _TINY_POST, _TINY_SIFTS = 150, 1_000, 2
# A famous post takes minutes, so it is sifted less often than the rest is repeated.
_SIFTS = 3


def main() -> None:
    asked = _asked()
    found = run(_plan(asked), asked.date, shlex.join(["python", "-m", "bench", *sys.argv[1:]]))
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "bench.md").write_text(page(found), encoding="utf-8")
    plot(found.systems, asked.out / "bench.svg")
    print(f"Written: {asked.out / 'bench.md'} and {asked.out / 'bench.svg'}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    add("--full", action="store_true", help="sift the famous post whole, not a tenth of it")
    add("--date", default=date.today().isoformat(), help="the date on the page (default: today)")
    add("--out", type=Path, default=ROOT / "docs", help="folder to write to (default: docs)")
    add("--tiny", action="store_true", help="only try it out, in minutes; the figures mean nothing")
    add("--only", nargs="+", choices=MODULES, default=MODULES, help="leave the other systems out")
    return parser.parse_args()


def _plan(asked: argparse.Namespace) -> Plan:
    messages = load(ROOT / "corpus" / "validation")
    made_of = [message.text for message in load(ROOT / "corpus" / "train")]
    comments = FAMOUS if asked.full else FAMOUS // 10
    if asked.tiny:
        few = Random(1).sample(messages, min(_TINY_MESSAGES, len(messages)))
        return Plan(asked.only, _TINY, few, made_of, _TINY_POST, _TINY_SIFTS, tiny=True)
    return Plan(asked.only, _USUAL, messages, made_of, comments, _SIFTS)


if __name__ == "__main__":
    main()
