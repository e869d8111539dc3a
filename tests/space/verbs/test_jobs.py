"""Long work: claimed once, done in pieces, gone on with after a kill, and never anybody else's to see."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import Job, JobKind
from beside.space.vault import Damaged, KeyGone
from beside.space.verbs import erase, jobs, sealed_file
from beside.space.verbs.errors import NotAllowed

pytestmark = pytest.mark.django_db
SENTINEL = b"SENTINEL in the file of a job"


@pytest.fixture
def work(monkeypatch):
    """What a job does is the test's to say."""
    done = []

    def set_to(step):
        def run(job, tell):
            done.append(job.pk)
            return step(job, tell)

        monkeypatch.setattr(jobs, "_work", lambda kind: run)
        return done

    return set_to


def begin(place, kind=JobKind.IMPORT, **options):
    return jobs.start(space=place.space, person=place.host.person, kind=kind, options=options)


def test_a_job_is_done_piece_by_piece(place, work):
    job = begin(place)

    def step(job, tell):
        so_far = job.options.get("so_far", 0) + 1
        job.options = {**job.options, "so_far": so_far}
        tell(so_far, 3)
        return so_far == 3

    done = work(step)
    assert [jobs.work_one() for _ in range(4)] == [True, True, True, False]
    job.refresh_from_db()
    assert done == [job.pk] * 3
    assert (job.done, job.total, job.options["so_far"], job.finished_at is not None) == (3, 3, 3, True)
    assert (job.claimed_by, job.claimed_until) == ("", None)


def test_nobody_takes_a_job_that_somebody_has(place, work):
    begin(place)
    inside = []
    work(lambda job, tell: inside.append(jobs.work_one()) or True)
    assert jobs.work_one()
    assert inside == [False]


def test_a_job_of_a_killed_worker_is_taken_up_once_its_lease_is_over(place, work):
    job = begin(place)
    done = work(lambda job, tell: True)
    Job.objects.update(claimed_by="killed", claimed_until=timezone.now() + timedelta(minutes=1))
    assert not jobs.work_one()
    Job.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert jobs.work_one()
    assert done == [job.pk]


def test_whoever_lost_a_job_writes_nothing_more(place, work):
    job = begin(place)

    def step(job, tell):
        Job.objects.filter(pk=job.pk).update(claimed_by="another", done=7)
        tell(1, 9)

    work(step)
    assert jobs.work_one()
    job.refresh_from_db()
    assert (job.done, job.claimed_by, job.finished_at) == (7, "another", None)


def test_a_job_that_fails_waits_longer_each_time_and_is_given_up(place, work, caplog):
    job = begin(place)

    def step(job, tell):
        raise ValueError("broken")

    done = work(step)
    for _ in range(10):
        jobs.work_one()
        Job.objects.filter(finished_at=None).update(claimed_until=timezone.now() - timedelta(seconds=1))
    job.refresh_from_db()
    assert (len(done), job.problem, job.finished_at is not None) == (jobs.TRIES, "failed", True)
    assert not sealed_file.path_of(job.file).exists()


def test_a_job_that_kills_its_worker_each_time_is_given_up(place, work):
    job = begin(place)
    done = work(lambda job, tell: True)
    Job.objects.update(tries=jobs.TRIES)
    assert not jobs.work_one()
    job.refresh_from_db()
    assert (done, job.problem) == ([], "failed")


def test_progress_forgives_earlier_failures(place, work):
    job = begin(place)
    Job.objects.update(tries=jobs.TRIES - 1)
    work(lambda job, tell: tell(1, 2))
    jobs.work_one()
    job.refresh_from_db()
    assert (job.tries, job.done) == (0, 1)


def test_what_cannot_be_done_says_why(place, work):
    job = begin(place)

    def step(job, tell):
        raise jobs.Stuck("empty")

    work(step)
    jobs.work_one()
    job.refresh_from_db()
    assert (job.problem, job.finished_at is not None, jobs.work_one()) == ("empty", True, False)


def test_a_job_that_asks_waits_for_its_answer_with_its_file(place, work):
    job = begin(place)
    with sealed_file.Writer(place.space, job.file) as out:
        out.write(b"a,b")

    def step(job, tell):
        if "column" in job.options:
            return True
        raise jobs.Stuck("column")

    work(step)
    assert [jobs.work_one(), jobs.work_one()] == [True, False]
    job.refresh_from_db()
    assert (job.finished_at, sealed_file.path_of(job.file).exists()) == (None, True)
    jobs.go_on(job=job, column="b")
    assert jobs.work_one()
    job.refresh_from_db()
    assert (job.options, job.problem, job.finished_at is not None) == ({"column": "b"}, "", True)
    assert not sealed_file.path_of(job.file).exists()  # what was brought is not kept as a file


def test_short_work_does_not_wait_for_long_work(place, work):
    long, short = begin(place), begin(place, JobKind.EXPORT)
    done = work(lambda job, tell: True)
    jobs.work_one()
    jobs.work_one()
    assert done == [short.pk, long.pk]


def test_pressed_twice_there_is_one_copy_and_a_new_one_takes_the_old_ones_place(place, other):
    theirs = begin(other, JobKind.EXPORT)
    first = begin(place, JobKind.EXPORT)
    assert begin(place, JobKind.EXPORT).pk == first.pk
    with sealed_file.Writer(place.space, first.file) as out:
        out.write(b"old")
    Job.objects.filter(pk=first.pk).update(finished_at=timezone.now())
    second = begin(place, JobKind.EXPORT)
    assert {job.pk for job in Job.objects.all()} == {theirs.pk, second.pk}
    assert not sealed_file.path_of(first.file).exists()


def test_a_job_is_its_persons_in_its_space_alone(place, other):
    job = begin(place)
    assert jobs.of(person=place.host.person, space=place.space, job_id=job.pk) == job
    for person, space in (
        (place.moderator.person, place.space),
        (other.host.person, place.space),
        (place.host.person, other.space),
    ):
        with pytest.raises(NotAllowed):
            jobs.of(person=person, space=space, job_id=job.pk)


def test_what_was_made_is_kept_for_three_days_and_lost_files_for_one(place):
    old, new, asking = begin(place), begin(place), begin(place)
    for job in (old, new, asking):
        with sealed_file.Writer(place.space, job.file) as out:
            out.write(b"x")
    longer = timezone.now() - jobs.KEPT - timedelta(minutes=1)
    Job.objects.filter(pk=old.pk).update(finished_at=longer)
    Job.objects.filter(pk=new.pk).update(finished_at=timezone.now(), made_at=longer)
    Job.objects.filter(pk=asking.pk).update(problem="column", made_at=longer)
    lost, fresh = sealed_file.folder() / "lost.part", sealed_file.folder() / "fresh.part"
    for path in (lost, fresh):
        path.write_bytes(b"half")
    day_ago = time.time() - 25 * 3600
    os.utime(lost, (day_ago, day_ago))
    os.utime(sealed_file.path_of(new.file), (day_ago, day_ago))
    jobs.tidy()
    assert [job.pk for job in Job.objects.all()] == [new.pk]
    assert {path.name for path in sealed_file.folder().iterdir()} == {"fresh.part", new.file}


@pytest.mark.parametrize("size", [0, 1, sealed_file.PIECE, sealed_file.PIECE + 1, 3 * sealed_file.PIECE])
def test_a_file_comes_back_as_it_was_written(place, size):
    data = os.urandom(size)
    with sealed_file.Writer(place.space, "name") as out:
        for start in range(0, size, 700_000):
            out.write(data[start : start + 700_000])
    assert b"".join(sealed_file.read("name")) == data
    assert out.size == size
    assert [path.name for path in sealed_file.folder().iterdir()] == ["name"]


def test_a_file_on_disk_says_nothing(place):
    with sealed_file.Writer(place.space, "name") as out:
        out.write(SENTINEL)
    assert SENTINEL not in sealed_file.path_of("name").read_bytes()
    assert oct(sealed_file.path_of("name").stat().st_mode)[-3:] == "600"


def test_a_file_that_broke_off_is_not_there(place):
    with pytest.raises(OSError, match="full"), sealed_file.Writer(place.space, "name") as out:  # noqa: PT012
        out.write(SENTINEL)
        raise OSError("full")
    assert list(sealed_file.folder().iterdir()) == []


def test_a_file_that_was_cut_shuffled_or_renamed_does_not_open(place):
    with sealed_file.Writer(place.space, "name") as out:
        out.write(os.urandom(2 * sealed_file.PIECE + 5))
    whole = sealed_file.path_of("name").read_bytes()
    length = 5 + int.from_bytes(whole[1:5])
    first, second, last = whole[:length], whole[length : 2 * length], whole[2 * length :]
    for name, data in (
        ("name", first + second),
        ("name", first + last),
        ("name", second + first + last),
        ("name", first + second + b"\1" + first[1:]),
        ("else", whole),
    ):
        sealed_file.path_of(name).write_bytes(data)
        with pytest.raises(Damaged):
            list(sealed_file.read(name))


def test_no_file_opens_once_its_space_is_erased(place):
    with sealed_file.Writer(place.space, "name") as out:
        out.write(SENTINEL)
    copy = sealed_file.path_of("name").read_bytes()
    place.space.erase_after = timezone.now()
    place.space.save()
    erase.sweep()
    sealed_file.path_of("name").write_bytes(copy)
    with pytest.raises(KeyGone):
        list(sealed_file.read("name"))


def test_the_plain_file_is_in_memory_and_ends_with_its_use(place):
    with sealed_file.Writer(place.space, "name") as out:
        out.write(SENTINEL)
    with sealed_file.unsealed("name", "../../etc/My Comments.CSV") as path:
        assert (path.name, path.read_bytes(), path.is_file()) == ("file.csv", SENTINEL, True)
        assert path.is_symlink()
        kept = path.parent
    assert not kept.exists()
