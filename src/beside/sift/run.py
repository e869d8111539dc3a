"""Whole files through the gate: read, decide, and put every row where it belongs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from beside.exports import Entry, Export, Json, Message, Survey, Unreadable, look, open_surveyed
from beside.exports.rows import readable
from beside.gate.reading import Action, Decision
from beside.sift.counts import Summary
from beside.sift.errors import SiftError
from beside.sift.finish import FRIEND, Source, make
from beside.sift.judge import Gate, Judge
from beside.sift.log import Log, Logged
from beside.sift.workplace import Workplace

Progress: TypeAlias = Callable[[int, "int | None"], None]

_FORMAT = 1
_CHUNK_ROWS = 1000
_CHUNK_CHARACTERS = 2_000_000


def sift(
    files: Sequence[Path],
    out: Path,
    gate: Gate,
    policy: object = None,
    progress: Progress | None = None,
    *,
    text_column: str | None = None,
    overwrite: bool = False,
) -> Summary:
    """Sift `files` into `out`: `delivered/`, `report.html` and `for-a-friend/`.

    A run that was killed goes on when it is called again with the same arguments, and ends in the same
    bytes. `progress` is told bytes done and bytes in all. `ExportError` if a file cannot be read as it
    is, `SiftError` if `out` holds something that must not be overwritten or cannot be gone on with.
    """
    if not files:
        raise SiftError("Give at least one file to sift.")
    sources = _open(files, text_column)
    judge = Judge(gate, policy)
    place = Workplace(out)
    place.begin(_plan(sources, policy, judge.model, text_column), overwrite=overwrite)
    try:
        with Log(place.folder) as log:
            _decide_all(sources, judge, log, progress or _silent)
        if not place.all_made:
            place.start_making()
        tally = make(sources, log, place.made, only_count=place.all_made)
        place.finish()
    finally:
        place.leave()
    return Summary(
        names=tuple(source.name for source in sources),
        files=tuple(tally.files),
        total=tally.total,
        report=out / "report.html",
        friend_report=out / FRIEND / "report.html",
        notes=tuple(note for source in sources for note in source.export.notes),
    )


def _silent(done: int, total: int | None) -> None:
    """Progress that nobody asked for."""


def _open(files: Sequence[Path], text_column: str | None) -> list[Source]:
    """Every file opened, so that one that cannot be read stops the run before it begins."""
    sources: list[Source] = []
    for path in files:
        survey = look(path)
        export = open_surveyed(survey, text_column=text_column)
        sources.append(Source(_free_name(path, {source.name for source in sources}), survey, export))
    return sources


def _free_name(path: Path, taken: set[str]) -> str:
    """The file's name; a second "comments.csv" becomes "comments-2.csv"."""
    name, number = path.name, 1
    while name.casefold() in {other.casefold() for other in taken}:
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    return name


def _plan(sources: list[Source], policy: object, model: str, text_column: str | None) -> dict[str, Json]:
    """What must be the same for a run to go on."""
    files: list[Json] = [_identity(source.name, source.survey) for source in sources]
    return {
        "format": _FORMAT,
        "files": files,
        "policy": _told(policy),
        "model": model,
        "text_column": text_column,
    }


def _identity(name: str, survey: Survey) -> Json:
    return {"name": name, "size": survey.size, "sha256": survey.sha256}


def _told(policy: object) -> str:
    """A policy as text that is the same whenever the policy is the same."""
    if dataclasses.is_dataclass(policy) and not isinstance(policy, type):
        fields = {field.name: getattr(policy, field.name) for field in dataclasses.fields(policy)}
        return json.dumps(fields, sort_keys=True, default=_plainly)
    return repr(policy)


def _plainly(value: object) -> object:
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return dict(value.items()) if hasattr(value, "items") else str(value)


def _decide_all(sources: list[Source], judge: Judge, log: Log, progress: Progress) -> None:
    total = sum(source.survey.size for source in sources)
    before = sum(source.survey.size for source in sources[: log.place.file])
    for number in range(log.place.file, len(sources)):
        source = sources[number]
        done = log.place.rows if log.place.file == number else 0
        for chunk in _chunks(source.export, done):
            done += len(chunk)
            log.append(_outcomes(chunk, number, source.name, judge), number, done)
            progress(min(before + source.export.position(), total), total)
        before += source.survey.size
    progress(total, total)


def _chunks(export: Export, done: int) -> Iterator[list[Entry]]:
    """The entries that are left to do, some at a time: by number, and sooner if they are long."""
    chunk: list[Entry] = []
    size = 0
    for entry in islice(chain.from_iterable(unit.entries for unit in export.units()), done, None):
        chunk.append(entry)
        size += len(entry.text if isinstance(entry, Message) else entry.row)
        if len(chunk) >= _CHUNK_ROWS or size >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _outcomes(chunk: list[Entry], number: int, name: str, judge: Judge) -> Iterator[Logged]:
    """What becomes of each entry, in order."""
    messages = [entry for entry in chunk if isinstance(entry, Message)]
    decisions = judge.decide([message.text for message in messages])
    delivered = [m for m, d in zip(messages, decisions, strict=True) if d.action is Action.DELIVER]
    authors = iter(judge.names(delivered))
    decided = iter(decisions)
    for entry in chunk:
        if isinstance(entry, Unreadable):
            yield Logged("unreadable", number, _dump(_unreadable(entry, name)))
            continue
        decision = next(decided)
        if decision.action is Action.DELIVER:
            yield Logged(
                "deliver", number, _dump({"text": entry.text, "author": next(authors), "date": entry.date})
            )
        else:
            outcome = Action.DECLINE if decision.action is Action.DECLINE else Action.HOLD
            yield Logged(outcome.value, number, _dump(_kept_back(entry, decision, name)))


def _dump(data: dict[str, Json]) -> str:
    return readable(json.dumps(data, ensure_ascii=False))


def _unreadable(entry: Unreadable, name: str) -> dict[str, Json]:
    return {"file": name, "line": entry.line, "reason": entry.reason, "row": entry.row}


def _kept_back(entry: Message, decision: Decision, name: str) -> dict[str, Json]:
    spans: list[Json] = [
        {
            "label": span.label,
            "start": span.start,
            "end": span.end,
            "words": entry.text[span.start : span.end],
        }
        for span in decision.spans
    ]
    return {
        "file": name,
        "line": entry.line,
        "text": entry.text,
        "author": entry.author,
        "date": entry.date,
        "labels": list(decision.labels),
        "reasons": list(decision.reasons),
        "codes": list(decision.codes),
        "spans": spans,
        "support": round(float(decision.support), 4),
        "model": decision.model,
        "row": entry.row,
    }
