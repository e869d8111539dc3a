"""Whole files through the gate."""

from __future__ import annotations

import json

import pytest

from beside.exports import ExportError
from beside.gate.reading import Action, Decision
from beside.sift import AlreadyFinishedError, BusyError, ChangedError, Counts, SiftError, run, sift
from beside.sift.workplace import Workplace

CSV = (
    "id,author,date,text\n1,Jo,2026-03-01,so sorry\n2,Al,,at least it was early\n3,X,,lol\n4\n5,Bo,,love\n"
    "6,Q,,hm\n"
)


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_ends_in_one_place(write, out, gate):
    seen = []
    summary = sift([write("a.csv", CSV)], out, gate, None, lambda done, total: seen.append((done, total)))
    assert summary.total == Counts(delivered=2, held=2, declined=1, unreadable=1)
    assert summary.total.rows == 6
    assert (
        out / "delivered/a.csv"
    ).read_text() == "id,author,date,text\n1,Jo,2026-03-01,so sorry\n5,Bo,,love\n"
    held, declined = rows(out / "for-a-friend/messages-1.jsonl"), rows(out / "for-a-friend/messages-2.jsonl")
    assert [row["text"] for row in held] == ["at least it was early", "hm"]
    assert held[0] == {
        "file": "a.csv",
        "line": 3,
        "text": "at least it was early",
        "author": "Al",
        "date": "",
        "labels": ["minimizing"],
        "reasons": ["Found minimizing."],
        "codes": ["has_minimizing"],
        "spans": [{"label": "minimizing", "start": 0, "end": 8, "words": "at least"}],
        "support": 0.1,
        "model": "keywords-1",
        "row": {"id": "2", "author": "Al", "date": "", "text": "at least it was early"},
    }
    assert [row["text"] for row in declined] == ["lol"]
    assert rows(out / "for-a-friend/unreadable.jsonl") == [
        {
            "file": "a.csv",
            "line": 5,
            "reason": "the row has 1 cells, the first row of the file has 4",
            "row": "4\n",
        }
    ]
    assert sorted(path.name for path in out.iterdir()) == ["delivered", "for-a-friend", "report.html"]
    assert seen[-1] == (len(CSV), len(CSV))
    assert all(done <= total for done, total in seen)


def test_several_files_of_one_name_and_of_several_kinds(write, out, gate, tmp_path):
    first = write("a.csv", CSV)
    second = tmp_path / "a.csv"
    second.write_text("text\nlove\nscum\n")
    third = write("b.json", '[{"text": "thinking of you"}, {"text": "buy now"}]')
    summary = sift([first, second, third], out, gate)
    assert summary.names == ("a.csv", "a-2.csv", "b.json")
    assert [counts.rows for counts in summary.files] == [6, 2, 2]
    assert (out / "delivered/a-2.csv").read_text() == "text\nlove\n"
    assert (out / "delivered/b.json").read_text() == '[{"text": "thinking of you"}]'


def test_where_chunks_end_changes_nothing(write, out, gate, listing, monkeypatch, tmp_path):
    paths = [write("a.csv", CSV), write("b.jsonl", '{"body":"love"}\n{"body":"lol"}\n')]
    sift(paths, out, gate)
    for rows_at_once in (1, 2, 5):
        monkeypatch.setattr(run, "_CHUNK_ROWS", rows_at_once)
        again = tmp_path / f"out{rows_at_once}"
        sift(paths, again, gate)
        assert listing(again) == listing(out)


def test_a_finished_folder_is_overwritten_only_when_told(write, out, gate, listing):
    path = write("a.csv", CSV)
    sift([path], out, gate)
    before = listing(out)
    with pytest.raises(AlreadyFinishedError, match="already holds a finished result"):
        sift([path], out, gate)
    assert listing(out) == before
    (out / "report-7.html").write_text("old")
    (out / "mine.txt").write_text("mine")
    path.write_text("text\nlove\n")
    sift([path], out, gate, overwrite=True)
    assert (out / "delivered/a.csv").read_text() == "text\nlove\n"
    assert sorted(p.name for p in out.iterdir()) == ["delivered", "for-a-friend", "mine.txt", "report.html"]


class Stopping:
    """A gate that is cut off after so many calls."""

    def __init__(self, gate, calls):
        self._gate, self._left = gate, calls

    def decide_many(self, texts, policy=None):
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return self._gate.decide_many(texts, policy)


def test_a_run_that_was_cut_off_goes_on(write, out, gate, listing, monkeypatch, tmp_path):
    monkeypatch.setattr(run, "_CHUNK_ROWS", 2)
    paths = [write("a.csv", CSV), write("b.csv", CSV)]
    with pytest.raises(KeyboardInterrupt):
        sift(paths, out, Stopping(gate, 5))
    gate.asked.clear()
    sift(paths, out, gate)
    assert "at least it was early" not in gate.asked[:1]
    assert len([text for text in gate.asked if text in ("so sorry", "love", "hm", "lol")]) < 8
    sift(paths, tmp_path / "whole", gate)
    assert listing(out) == listing(tmp_path / "whole")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("file", "its files are"),
        ("policy", "its policy is"),
        ("model", "its model is"),
        ("column", "its --text-column"),
    ],
)
def test_a_run_does_not_go_on_with_something_else(write, out, gate, monkeypatch, change, words):
    monkeypatch.setattr(run, "_CHUNK_ROWS", 1)
    path = write("a.csv", CSV)
    with pytest.raises(KeyboardInterrupt):
        sift([path], out, Stopping(gate, 3))
    if change == "file":
        path.write_text(CSV.replace("hm", "hu"))
    if change == "model":
        gate.model = "keywords-2"
    arguments = {"policy": {"policy": "x"}, "column": {"text_column": "text"}}.get(change, {})
    with pytest.raises(ChangedError, match=words):
        sift([path], out, gate, **arguments)
    assert sift([path], out, gate, overwrite=True, **arguments).total.rows == 6


def test_two_runs_at_once_are_refused(write, out, gate):
    path = write("a.csv", CSV)
    other = Workplace(out)
    sources = run._open([path], None)
    other.begin(run._plan(sources, None, gate.model, None), overwrite=False)
    with pytest.raises(BusyError, match="Wait until it is done"):
        sift([path], out, gate)
    other.leave()
    assert sift([path], out, gate).total.rows == 6


def test_a_file_that_cannot_be_read_stops_before_anything_is_made(write, out, gate):
    with pytest.raises(ExportError, match="is empty"):
        sift([write("a.csv", CSV), write("b.csv", "")], out, gate)
    with pytest.raises(SiftError, match="at least one file"):
        sift([], out, gate)
    assert not out.exists()


class Failing:
    """A gate that fails on one text, and says too little on another."""

    def decide_many(self, texts, policy=None):
        if any("poison" in text for text in texts):
            raise ValueError
        return [Decision(Action.DELIVER, ("comfort",)) for text in texts if "skipped" not in text]


def test_whatever_fails_is_held(write, out):
    summary = sift([write("a.txt", "love\npoison\nskipped\nmore love\n")], out, Failing())
    assert (summary.total.delivered, summary.total.held) == (2, 2)
    assert (out / "delivered/a.txt").read_text() == "love\nmore love\n"
    assert [row["codes"] for row in rows(out / "for-a-friend/messages-1.jsonl")] == [["gate_failed"]] * 2


def test_a_lone_surrogate_in_a_member_nobody_reads_is_no_crash(write, out, gate):
    sift([write("a.json", r'[{"text":"hm","note":"\ud800"},{"text":"love"}]')], out, gate)
    assert rows(out / "for-a-friend/messages-1.jsonl")[0]["row"] == {"text": "hm", "note": "\ufffd"}
