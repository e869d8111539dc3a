"""What somebody brings along from elsewhere: an export of comments or messages, through the same gate.

The file is stored sealed and worked off by the worker some rows at a time. Support joins the space, for hosts
alone; the rest goes to the queue of the friend who reads first. Whoever wrote it is told nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from time import monotonic

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beside.exports import Entry, Export, ExportError, Unreadable, look, open_surveyed
from beside.exports.rows import readable
from beside.space.models import Job, JobKind, Person, Space
from beside.space.sealed import vault
from beside.space.verbs import audit, jobs, sealed_file
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.jobs import Stuck, Tell
from beside.space.verbs.notify import moderators_of
from beside.space.verbs.receive import bring

LARGEST = 100_000_000
WAITING = 3
SECONDS = 5.0
ROWS = 20
_LONGEST_NAME = 80
_COLUMNS = 100
_PLACES = {
    "meta": "Instagram, Facebook",
    "youtube": "YouTube",
    "reddit": "Reddit",
    "wordpress": "WordPress",
}


def start(*, space: Space, person: Person, file: str, called: str, names: bool, own: str = "") -> Job:
    """The worker goes through a sealed file that was `called` so. Without `names` everything comes without
    its sender's; what stands under the name `own` is left out. Raises `NotAllowed` and `Refused`."""
    if not may(space=space, person=person):
        raise NotAllowed
    if Job.objects.filter(space=space, kind=JobKind.IMPORT, finished_at=None).count() >= WAITING:
        raise Refused(gettext_lazy("Some files are still being worked on. Please wait until they are done."))
    options = {"called": called, "names": names, "own": own.strip()}
    return jobs.start(space=space, person=person, kind=JobKind.IMPORT, file=file, options=options)


def may(*, space: Space, person: Person) -> bool:
    """Whether somebody hosts this space or reads first in it."""
    if space.hosts.filter(person=person, left_at=None).exists():
        return True
    return any(moderator.person_id == person.pk for moderator in moderators_of(space))


def choose_column(*, job: Job, column: str) -> None:
    """Answers which column holds the messages."""
    if column not in job.options.get("columns", []):
        raise NotAllowed
    jobs.go_on(job=job, column=column)


def nothing_read(*, job: Job) -> bool:
    """Whether a file that is done held no message at all."""
    return bool(job.finished_at) and not job.options.get("read", 0)


def unreadable(*, job: Job) -> int:
    """How many rows could not be read: for a friend who reads first, never for a host."""
    hosts = job.space.hosts.filter(person=job.person_id, left_at=None)
    return 0 if hosts.exists() else int(job.options.get("unreadable", 0))


def work(job: Job, tell: Tell) -> bool:
    """For the worker: some rows more; whether that was the last of them."""
    if job.person is None or not may(space=job.space, person=job.person):
        raise Stuck("gone")
    with _opened(job) as (export, size):
        rows = _Rows(job, export.kind)
        entries = chain.from_iterable(unit.entries for unit in export.units())
        for entry in islice(entries, job.options.get("rows", 0)):
            rows.passed(entry)
        until = monotonic() + SECONDS
        while batch := list(islice(entries, ROWS)):
            rows.bring(batch)
            tell(min(export.position(), size), size)
            if monotonic() > until:
                return False
    audit.record(action="brought along", actor=audit.person(job.person), space=job.space)
    return True


@dataclass
class _Rows:
    """The rows of one file on their way into the space, and how many there were of each sort."""

    job: Job
    source: str
    _same: Counter[bytes] = field(default_factory=Counter)

    def passed(self, entry: Entry) -> None:
        """A row of an earlier piece."""
        if not isinstance(entry, Unreadable):
            self._hash(entry.text, entry.author, entry.date)

    def bring(self, batch: list[Entry]) -> None:
        """Brings some rows, and counts them in the job's options."""
        read = sum(self._brought(entry) for entry in batch)
        bad = sum(isinstance(entry, Unreadable) for entry in batch)
        for name, more in (("rows", len(batch)), ("read", read), ("unreadable", bad)):
            self.job.options = {**self.job.options, name: self.job.options.get(name, 0) + more}

    def _brought(self, entry: Entry) -> bool:
        if isinstance(entry, Unreadable):
            return False
        source_hash = self._hash(entry.text, entry.author, entry.date)
        text = readable(entry.text).replace("\r\n", "\n").replace("\0", "").strip()
        author = " ".join(readable(entry.author).split())
        if not text or self._is_own(author):
            return bool(text)
        with suppress(IntegrityError):  # another upload of the same brought it a moment ago
            bring(
                space=self.job.space,
                text=text,
                sender=author[:_LONGEST_NAME] if self.job.options.get("names") else "",
                source=_PLACES.get(self.source) or _("a file"),
                source_hash=source_hash,
            )
        return True

    def _is_own(self, author: str) -> bool:
        own = " ".join(str(self.job.options.get("own", "")).split())
        return bool(own) and author.casefold() == own.casefold()

    def _hash(self, text: str, author: str, date: str) -> str:
        """By which a row is known again. Where nothing tells who wrote it or when, the second row of the same
        words is another one: a heart, and another heart."""
        number = 0
        if not (author or date):
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
            self._same[digest] += 1
            number = self._same[digest]
        whole = json.dumps([self.source, author, date, text, number]).encode()
        return vault().mark(self.job.space.key_id(), whole, "source")


@contextmanager
def _opened(job: Job) -> Iterator[tuple[Export, int]]:
    """The export, and its size; plain for no longer than this takes. Raises `Stuck`."""
    with sealed_file.unsealed(job.file, str(job.options.get("called", ""))) as path:
        try:
            found = look(path)
            export = open_surveyed(found, text_column=job.options.get("column"))
        except ExportError as error:
            raise _stuck(job, path, error) from None
        yield export, found.size


def _stuck(job: Job, path: Path, error: ExportError) -> Stuck:
    if error.columns and "column" not in job.options:
        job.options = {**job.options, "columns": list(error.columns[:_COLUMNS])}
        return Stuck("column")
    with path.open("rb") as file:
        head = file.read(512).lstrip()
    if not head:
        return Stuck("empty")
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        return Stuck("packed")
    return Stuck("web_page" if head[:15].lower().startswith((b"<!doctype html", b"<html")) else "unknown")
