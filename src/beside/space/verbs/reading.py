"""The one gate of this process, with a deadline: a text that cannot be read in time is held."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from beside.codebook import BY_NAME, Group
from beside.gate import Decision, Gate, Reading, Span
from beside.gate.reading import unread

DEADLINE = 2.0
_threads = ThreadPoolExecutor(4, thread_name_prefix="gate")


@cache
def gate() -> Gate:
    """Loaded on first use."""
    return Gate()


def read(text: str) -> Reading:
    """What the gate sees, within `DEADLINE` seconds; else a reading that is held. Never raises."""
    try:
        return _threads.submit(gate().read, text).result(timeout=DEADLINE)
    except Exception:  # noqa: BLE001  whatever goes wrong inside is a hold
        return unread()


def kind_enough(text: str) -> bool:
    """Whether a name or other few words hold no hurt and no danger. They need not be support."""
    if not text.strip():
        return True
    decision = gate().judge(read(text))
    hurtful = any(BY_NAME[name].group in (Group.HURT, Group.SAFETY) for name in decision.labels)
    return not hurtful and not {"failed", "disguised", "too_long"} & set(decision.codes)


def hurts(decision: Decision) -> tuple[str, ...]:
    """The labels of the third group on a decision: what a nudge may speak of."""
    return tuple(name for name in decision.labels if BY_NAME[name].group is Group.HURT)


def to_data(reading: Reading) -> dict[str, Any]:
    """A reading as plain data, to be stored sealed beside its text."""
    return {
        "scores": {name: round(score, 5) for name, score in reading.scores.items()},
        "deliver": round(reading.deliver, 5),
        "spans": [[span.label, span.start, span.end] for span in reading.spans],
        "language": reading.language,
        "flags": list(reading.flags),
        "model": reading.model,
    }


def from_data(data: Mapping[str, Any]) -> Reading:
    """The reading that `to_data` stored; what is missing makes it a hold."""
    if not data:
        return unread()
    return Reading(
        scores=data["scores"],
        deliver=data["deliver"],
        spans=tuple(Span(label, start, end) for label, start, end in data["spans"]),
        language=data["language"],
        flags=tuple(data["flags"]),
        model=data["model"],
    )
