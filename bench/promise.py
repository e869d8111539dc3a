"""`python -m bench.promise`: each promise with its test at full count, and the results into docs/promise.md.

Resumable: what has passed with the same model and the same sources is not run again (`build/promise.json`).
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

STATE = Path("build/promise.json")
PAGE = Path("docs/promise.md")
START, END = "<!-- proven: written by make prove -->", "<!-- /proven -->"
HOSTILE = "tests/hostile"


@dataclass(frozen=True, slots=True)
class Promise:
    """`where`: arguments for pytest that run the promise's tests and no others.

    `exactly`: how what is measured has to begin for the promise to be kept; a test may pass at a weaker
    bound, one that is reached today.
    """

    name: str
    must: str
    where: tuple[str, ...]
    exactly: str = ""


PROMISES = (
    Promise("G1 any fault inside the gate", "delivered 0 times", (f"{HOSTILE}/test_faults.py",)),
    Promise(
        "G2 invisible and styled letters",
        "canonical form equal, 10,000",
        (f"{HOSTILE}/test_disguises.py", "-k", "invisible_characters or styled"),
    ),
    Promise("G3 look-alikes", "≥ 99 % not delivered", (f"{HOSTILE}/test_disguises.py", "-k", "look_alikes")),
    Promise(
        "G3 leetspeak and spacing",
        "≥ 95 % not delivered",
        (f"{HOSTILE}/test_disguises.py", "-k", "leetspeak"),
    ),
    Promise(
        "G3 typing errors, stretching",
        "≥ 90 % not delivered",
        (f"{HOSTILE}/test_disguises.py", "-k", "typing"),
    ),
    Promise(
        "G4 a blow in kind company, up to 20,480 characters",
        "0 of 1,000 delivered",
        (f"{HOSTILE}/test_padding.py", "-k", "long_kind"),
        exactly="0 of ",
    ),
    Promise(
        "G4 a blow in a short kind message",
        "0 delivered",
        (f"{HOSTILE}/test_padding.py", "-k", "short_kind"),
        exactly="0 of ",
    ),
    Promise(
        "G5 unusual, not disguised",
        "≤ 1 % held for it",
        (f"{HOSTILE}/test_disguises.py", "-k", "unusual or kind"),
    ),
    Promise("G6, G8 hostile lengths", "held", (f"{HOSTILE}/test_padding.py", "-k", "too_much or limit")),
    Promise(
        "G7 any text",
        "100,000 decided, twice the same",
        (f"{HOSTILE}/test_any_text.py", "-k", "any_text or nothing"),
    ),
    Promise("Alone and in any batch", "10,000 identical", (f"{HOSTILE}/test_any_text.py", "-k", "batch")),
    Promise(
        "G9 policies: errors, monotone",
        "100 %",
        ("tests/gate/test_policy.py", "tests/gate/test_policy_file.py"),
    ),
    Promise("G10 swaps", "≤ 2 % flips", (f"{HOSTILE}/test_fairness.py",)),
    Promise("G14 import costs", "nothing heavy, 0 connections", ("tests/test_public.py",)),
    Promise("Not English, 5 words or more", "≥ 98 % held", ("tests/gate/test_language.py",)),
    Promise("A sift that is killed goes on", "the same bytes", ("tests/sift/test_crash.py",)),
)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for folder in ("src", "tests", "corpus/validation"):
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".json", ".jsonl", ".onnx"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _prove(promise: Promise) -> dict[str, str]:
    report = Path("build/promise.xml")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:randomly",
        "-o",
        "junit_family=xunit1",
        f"--junitxml={report}",
        *promise.where,
    ]
    subprocess.run(command, env={**os.environ, "BESIDE_PROVE": "1"}, check=False)
    suite = next(ElementTree.parse(report).getroot().iter("testsuite"))
    ran, bad = int(suite.get("tests", 0)), int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    measured = [_said(item.get("name", ""), item.get("value", "")) for item in suite.iter("property")]
    passed = ran > 0 and bad == 0 and all(found.startswith(promise.exactly) for found in measured)
    return {
        "result": "kept" if passed else "NOT KEPT",
        "measured": "; ".join(measured) or f"{ran - bad} of {ran} tests",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def _said(name: str, value: str) -> str:
    """What a test took down; of Hypothesis' statistics, which stand encoded, how many examples passed."""
    if not name.startswith("hypothesis-statistics"):
        return value
    found = re.search(r"(\d+) passing, (\d+) failing", base64.b64decode(value).decode())
    return f"{int(found[1]):,} examples passed, {found[2]} failed" if found else ""


def _table(done: dict[str, dict[str, str]]) -> str:
    lines = [START, "", "| promise | must | measured | result | date |", "| --- | --- | --- | --- | --- |"]
    for promise in PROMISES:
        found = done.get(promise.name)
        if found:
            row = (promise.name, promise.must, found["measured"], found["result"], found["date"])
            lines.append("| " + " | ".join(row) + " |")
    return "\n".join([*lines, "", END])


def main() -> int:
    """Runs what is not yet proven, writes the table; 1 if a promise is broken."""
    STATE.parent.mkdir(exist_ok=True)
    state = json.loads(STATE.read_text(encoding="utf-8")) if STATE.exists() else {}
    mark = _fingerprint()
    done = state.get(mark, {})
    for promise in PROMISES:
        if done.get(promise.name, {}).get("result") != "kept":
            done[promise.name] = _prove(promise)
            STATE.write_text(json.dumps({mark: done}, indent=2) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(START)[0], page.split(END)[-1]
    PAGE.write_text(before + _table(done) + after, encoding="utf-8")
    return int(any(found["result"] != "kept" for found in done.values()))


if __name__ == "__main__":
    sys.exit(main())
