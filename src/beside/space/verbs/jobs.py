"""Long work, done by a worker piece by piece: a copy to take away, a keepsake book, what is brought along.

A job is claimed with a lease by one conditional UPDATE. Whoever was killed in the middle leaves a job that is
taken up again, from what was done, once the lease has run out.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from beside.space.models import Job, JobKind, Person, Space
from beside.space.verbs import sealed_file
from beside.space.verbs.errors import NotAllowed

LEASE = timedelta(minutes=10)
KEPT = timedelta(days=3)
TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
_ORPHAN = timedelta(days=1)
_log = logging.getLogger(__name__)

Tell: TypeAlias = Callable[[int, int], None]
Work: TypeAlias = Callable[[Job, Tell], bool]


class Lost(Exception):
    """The job is another worker's by now, or gone with its space."""


class Stuck(Exception):
    """It cannot be done as it is; `code` says why, for the page of whoever asked."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def start(
    *,
    space: Space,
    person: Person,
    kind: JobKind,
    file: str = "",
    options: dict[str, Any] | None = None,
) -> Job:
    """A job for the worker. Of a copy or a book there is one at a time: one under way is given back, one
    that is done makes room for the new one."""
    mine = Job.objects.filter(space=space, person=person, kind=kind)
    with transaction.atomic():
        Space.objects.select_for_update().get(pk=space.pk)  # a button that is pressed twice
        if kind != JobKind.IMPORT:
            under_way = mine.filter(finished_at=None).first()
            if under_way is not None:
                return under_way
            for old in mine:
                remove(old)
        return Job.objects.create(
            space=space,
            person=person,
            kind=kind,
            file=file or sealed_file.new_name(),
            options=options or {},
        )


def of(*, person: Person, space: Space, job_id: UUID) -> Job:
    """A job of this person's own. Raises `NotAllowed` for everybody else's."""
    found = Job.objects.filter(pk=job_id, person=person, space=space).select_related("space").first()
    if found is None:
        raise NotAllowed
    return found


def work_one() -> bool:
    """Claims a job that is due and does one piece of it; whether there was one."""
    job = _claim()
    if job is None:
        return False
    try:
        finished = _work(JobKind(job.kind))(job, partial(_tell, job))
        _put_down(job, finished=finished)
    except Lost:
        pass
    except Stuck as stuck:
        _end(job, stuck.code)
    except Exception:  # noqa: BLE001  one bad job must not stop the others
        _log.exception("job %s (%s) failed", job.pk, job.kind)
        wait = FIRST_WAIT * 2 ** min(job.tries, 8)
        _ours(job).update(claimed_until=timezone.now() + wait, claimed_by="")
    return True


def go_on(*, job: Job, **options: Any) -> None:
    """A job that asked something has its answer."""
    with transaction.atomic():
        job.options = {**job.options, **options}
        job.problem, job.tries, job.claimed_until = "", 0, None
        job.save(update_fields=["options", "problem", "tries", "claimed_until"])


def remove(job: Job) -> None:
    """The job goes, and its file."""
    name = job.file
    job.delete()
    sealed_file.remove(name)


def tidy() -> None:
    """What was made is kept for a few days, and a file that belongs to no job for one."""
    before = timezone.now() - KEPT
    waiting = Q(finished_at=None, made_at__lt=before) & ~Q(problem="")
    for job in Job.objects.filter(Q(finished_at__lt=before) | waiting):
        remove(job)
    known = set(Job.objects.values_list("file", flat=True))
    for path in sealed_file.folder().iterdir():
        forgotten = path.stat().st_mtime < time.time() - _ORPHAN.total_seconds()
        if forgotten and path.name.removesuffix(".part") not in known:
            path.unlink(missing_ok=True)


def _work(kind: JobKind) -> Work:
    from beside.space.verbs import bring_along, export, keepsake  # they know this module

    return {
        JobKind.IMPORT: bring_along.work,
        JobKind.EXPORT: export.work,
        JobKind.KEEPSAKE: keepsake.work,
    }[kind]


def _due() -> QuerySet[Job]:
    free = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
    return Job.objects.filter(free, finished_at=None, problem="")


def _claim() -> Job | None:
    """One job that is nobody else's for the time of a lease; the short kinds first."""
    long_last = Case(When(kind=JobKind.IMPORT, then=Value(1)), default=Value(0))
    for pk in _due().order_by(long_last, "made_at").values_list("pk", flat=True)[:10]:
        claim = {"claimed_until": timezone.now() + LEASE, "claimed_by": secrets.token_hex(16)}
        if not _due().filter(pk=pk).update(**claim, tries=F("tries") + 1):
            continue
        job = Job.objects.select_related("space", "person").filter(pk=pk).first()
        if job is not None and job.tries <= TRIES:
            return job
        if job is not None:
            _end(job, "failed")
    return None


def _ours(job: Job) -> QuerySet[Job]:
    """The job, unless it has become another worker's since."""
    return Job.objects.filter(pk=job.pk, claimed_by=job.claimed_by)


def _tell(job: Job, done: int, total: int) -> None:
    """How far it is, and the lease anew. What `job.options` holds is kept with it. Raises `Lost`."""
    with transaction.atomic():
        lease = timezone.now() + LEASE
        if not _ours(job).update(done=done, total=total, claimed_until=lease, tries=0):
            raise Lost
        job.save(update_fields=["options"])


def _put_down(job: Job, *, finished: bool) -> None:
    with transaction.atomic():
        now = timezone.now() if finished else None
        if not _ours(job).update(claimed_until=None, claimed_by="", tries=0, finished_at=now):
            raise Lost
        job.save(update_fields=["options"])
    if finished and job.kind == JobKind.IMPORT:
        sealed_file.remove(job.file)  # what was brought is kept as messages, the file is not


def _end(job: Job, problem: str) -> None:
    """No further with it: for good, or until somebody answers what it asks."""
    asks = problem == "column"
    with transaction.atomic():
        now = None if asks else timezone.now()
        if _ours(job).update(problem=problem, claimed_until=None, claimed_by="", finished_at=now):
            job.save(update_fields=["options"])
            if not asks:
                sealed_file.remove(job.file)
