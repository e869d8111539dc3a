"""From the log to the outputs: made anew each time, from the same log to the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from beside.exports import Export, Survey
from beside.sift import friend_report, host_report
from beside.sift.counts import Counts, Tally
from beside.sift.kinds import kind_of
from beside.sift.log import Log

DELIVERED, FRIEND = "delivered", "for-a-friend"
# Neutral names: whoever opens the folder by chance should not read "threats" on the outside.
_FILES = {"hold": "messages-1.jsonl", "decline": "messages-2.jsonl", "unreadable": "unreadable.jsonl"}


@dataclass(frozen=True, slots=True)
class Source:
    """One input: the name its outputs get, and the file itself, looked at and opened."""

    name: str
    survey: Survey
    export: Export


def make(sources: list[Source], log: Log, folder: Path, *, only_count: bool = False) -> Tally:
    """Write everything into `folder` and count it; or only count, where that was done before."""
    if only_count:
        return _count(log, len(sources))
    tally = _make_friend_files(sources, log, folder / FRIEND, folder / "kinds")
    _make_delivered(sources, log, folder / DELIVERED)
    host_report.write(_supportive(log), tally.total.delivered, folder)
    friend_report.write(tally, [source.name for source in sources], folder / "kinds", folder / FRIEND)
    for path in (folder / "kinds").iterdir():
        path.unlink()
    (folder / "kinds").rmdir()
    return tally


def _count(log: Log, files: int) -> Tally:
    tally = Tally([Counts() for _ in range(files)])
    for row in log.read():
        tally.files[row.file].add(row.outcome)
    return tally


def _make_friend_files(sources: list[Source], log: Log, folder: Path, kinds: Path) -> Tally:
    """The rows that were not delivered, by outcome for the friend and by kind for the report."""
    folder.mkdir()
    kinds.mkdir()
    tally = Tally([Counts() for _ in sources])
    with ExitStack() as stack:
        outputs = {outcome: stack.enter_context(_create(folder / name)) for outcome, name in _FILES.items()}
        sorted_by_kind: dict[str, TextIO] = {}
        for row in log.read():
            tally.files[row.file].add(row.outcome)
            if row.outcome in outputs:
                outputs[row.outcome].write(row.payload + "\n")
            if row.outcome in ("hold", "decline"):
                kind = kind_of(row.data())
                tally.kinds[kind] += 1
                if kind not in sorted_by_kind:
                    sorted_by_kind[kind] = stack.enter_context(_create(kinds / kind))
                sorted_by_kind[kind].write(f"{row.outcome}\t{row.payload}\n")
    return tally


def _create(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


def _make_delivered(sources: list[Source], log: Log, folder: Path) -> None:
    """Each input again, without what was not delivered."""
    folder.mkdir()
    keep = (row.outcome == "deliver" for row in log.read())
    for source in sources:
        with (folder / source.name).open("wb") as out:
            source.export.write(keep, out)


def _supportive(log: Log) -> Iterator[host_report.Words]:
    for row in log.read():
        if row.outcome == "deliver":
            data = row.data()
            yield host_report.Words(str(data["text"]), str(data["author"]), str(data["date"]))
