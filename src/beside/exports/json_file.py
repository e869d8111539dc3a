"""JSON files: which platform's they are, and their messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from beside.exports import meta, reddit, youtube
from beside.exports.encoding import Survey
from beside.exports.json_walk import Frame, Held, Path, Shape, Walk
from beside.exports.records import Strings, records
from beside.exports.rows import ExportError, Json, Unit, take


class JsonFile:
    """A JSON file with one array of messages or more, wherever in it they are. See `rows.Export`."""

    def __init__(self, survey: Survey, text_column: str | None) -> None:
        self._survey = survey
        self._text_column = text_column
        self._walk: Walk | None = None
        self.kind = self._find()
        self.notes = survey.notes

    def position(self) -> int:
        """See `rows.Export`."""
        return self._walk.window.taken if self._walk else 0

    def units(self) -> Iterator[Unit]:
        """See `rows.Export`."""
        for event in self._events():
            if isinstance(event, Held):
                yield event.unit

    def write(self, keep: Iterator[bool], out: BinaryIO) -> None:
        """See `rows.Export`; what stays is the same to the character."""
        out.write(self._survey.bom)
        first = True
        for event in self._events():
            if isinstance(event, Frame):
                out.write(self._survey.encode(event.text))
                first = first or bool(event.text)
                continue
            for raw in event.unit.remains(take(keep, event.unit)):
                out.write(self._survey.encode(_lead(event.lead, first=first) + raw))
                first = False

    def _events(self) -> Iterator[Frame | Held]:
        with self._survey.open() as text:
            self._walk = Walk(text, self._choose)
            yield from self._walk.events()

    def _find(self) -> str:
        """The kind of the first array of messages; an error if there is none."""
        kinds: list[str] = []
        with self._survey.open() as text:
            for _ in Walk(text, lambda path, sample: self._note(path, sample, kinds)).events():
                if kinds:
                    return kinds[0]
        wanted = f' under "{self._text_column}"' if self._text_column else ""
        raise ExportError(
            f"No messages found in {self._survey.path.name}{wanted}. Beside knows the exports of "
            "Instagram, Facebook, YouTube and Reddit, and arrays of records. For other records say which "
            "member holds the messages: --text-column NAME"
        )

    def _note(self, path: Path, sample: Sequence[Json], kinds: list[str]) -> Shape | None:
        shape = self._choose(path, sample)
        if shape is not None:
            kinds.append(shape.kind)
        return shape

    def _choose(self, path: Path, sample: Sequence[Json]) -> Shape | None:
        return choose(path, sample, self._text_column, self._survey.path.name)


def _lead(lead: str, *, first: bool) -> str:
    """What to write before an element: its own comma goes if all before it went, and one comes if need be."""
    if first:
        return lead.rpartition(",")[2]
    return lead if "," in lead else "," + lead


def choose(path: Path, sample: Sequence[Json], text_column: str | None, file: str) -> Shape | None:
    """How the array at `path` that begins with `sample` holds messages; None if it holds none."""
    if path[-2:] == reddit.CHILDREN and (not sample or any(map(reddit.is_thing, sample))):
        return reddit.Things(posts_are_hers=reddit.holds_post(path))
    for value in sample:
        if shape := shape_of(path, value, text_column, file):
            return shape
    return Strings() if not path and sample and isinstance(sample[0], str) else None


def shape_of(path: Path, value: Json, text_column: str | None, file: str) -> Shape | None:
    """How one value holds messages; a named column comes before everything that is known of platforms."""
    if text_column is None:
        if reddit.is_thing(value) or reddit.is_flat(value):
            return reddit.Things()
        if youtube.is_thread(value):
            return youtube.Threads()
        if meta.is_entry(path, value):
            return meta.Entries()
    return records(value, text_column, file)
