"""Whole files through the gate: what is delivered, what waits, what is kept as evidence, and two reports.

In: files and a gate. Out: a folder with `delivered/` (each file again, without what was not delivered),
`report.html` for the bereaved person and `for-a-friend/` for whoever reads first. Tests: `tests/sift`.
"""

from beside.sift.counts import Counts, Summary
from beside.sift.errors import AlreadyFinishedError, BusyError, ChangedError, SiftError
from beside.sift.judge import Gate
from beside.sift.run import Progress, sift

__all__ = [
    "AlreadyFinishedError",
    "BusyError",
    "ChangedError",
    "Counts",
    "Gate",
    "Progress",
    "SiftError",
    "Summary",
    "sift",
]
