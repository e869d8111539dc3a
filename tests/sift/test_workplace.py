"""The folder of a run."""

from __future__ import annotations

import json

import pytest

from beside.sift import AlreadyFinishedError, BusyError, ChangedError, SiftError
from beside.sift.workplace import Workplace

PLAN = {"format": 1, "files": [{"name": "a"}], "policy": "p", "model": "m", "text_column": None}


@pytest.fixture
def place(out):
    place = Workplace(out)
    yield place
    place.leave()


def finished(out, **files):
    place = Workplace(out)
    place.begin(PLAN, overwrite=True)
    place.start_making()
    for name, text in files.items():
        (place.made / name.replace("_html", ".html")).write_text(text)
    place.finish()


def test_a_run_begins_with_its_plan(place, out):
    place.begin(PLAN, overwrite=False)
    assert json.loads((out / ".sift/plan.json").read_text()) == PLAN
    assert not place.all_made


def test_the_same_plan_goes_on_and_keeps_what_is_done(place, out):
    place.begin(PLAN, overwrite=False)
    (out / ".sift/rows.log").write_text("done")
    place.leave()
    place.begin(PLAN, overwrite=False)
    assert (out / ".sift/rows.log").read_text() == "done"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"files": []}, "its files are not the same any more"),
        ({"policy": "q"}, "its policy is not the same any more"),
        ({"model": "n"}, "its model is not the same any more"),
        ({"text_column": "body"}, "its --text-column is not the same any more"),
        ({"format": 2}, "it was begun by another version of Beside"),
        ({"files": [], "model": "n"}, "its files are not the same any more"),
    ],
)
def test_another_plan_is_refused_word_for_word(place, out, change, what):
    place.begin(PLAN, overwrite=False)
    (out / ".sift/rows.log").write_text("done")
    place.leave()
    with pytest.raises(ChangedError) as error:
        place.begin({**PLAN, **change}, overwrite=False)
    assert str(error.value) == (
        f"{out} holds an unfinished run, and {what}. Choose another folder, or say --overwrite "
        "to start afresh."
    )
    assert (out / ".sift/rows.log").read_text() == "done"
    place.begin({**PLAN, **change}, overwrite=True)
    assert not (out / ".sift/rows.log").exists()


def test_a_finished_folder_is_refused_word_for_word(place, out):
    finished(out, report_html="kind")
    with pytest.raises(AlreadyFinishedError) as error:
        place.begin(PLAN, overwrite=False)
    assert str(error.value) == (
        f"{out} already holds a finished result. Choose another folder, or say --overwrite to replace it."
    )
    assert [path.name for path in out.iterdir()] == ["report.html"]


def test_another_process_is_refused_word_for_word(place, out):
    place.begin(PLAN, overwrite=False)
    with pytest.raises(BusyError) as error:
        Workplace(out).begin(PLAN, overwrite=True)
    assert str(error.value) == f"Another beside sift is at work in {out}. Wait until it is done."


def test_every_refusal_is_a_sift_error():
    assert {AlreadyFinishedError.__base__, BusyError.__base__, ChangedError.__base__} == {SiftError}


def test_finishing_replaces_what_is_ours_and_leaves_what_is_not(out):
    out.mkdir()
    for name in ("report-2.html", "report-x.html", "notes.html", "report.html.bak"):
        (out / name).write_text("old")
    finished(out, report_html="new")
    assert {path.name: path.read_text() for path in out.iterdir()} == {
        "report.html": "new",
        "report-x.html": "old",
        "notes.html": "old",
        "report.html.bak": "old",
    }


def test_finishing_goes_on_after_half_of_it_was_moved(place, out):
    place.begin(PLAN, overwrite=False)
    place.start_making()
    (place.made / "report.html").write_text("new")
    (place.made / "delivered").mkdir()
    (out / ".sift/moving.json").write_text('{"names": ["delivered", "report.html"]}')
    assert place.all_made
    (place.made / "report.html").rename(out / "report.html")
    place.finish()
    assert sorted(path.name for path in out.iterdir()) == ["delivered", "report.html"]
    assert (out / "report.html").read_text() == "new"


def test_making_begins_empty(place):
    place.begin(PLAN, overwrite=False)
    place.start_making()
    (place.made / "half").write_text("x")
    place.start_making()
    assert list(place.made.iterdir()) == []
