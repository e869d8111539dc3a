"""Whole files through the gate."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

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


def test_a_file_name_that_is_no_text_is_no_crash(write, out, gate):
    path = write("a.txt", "love\nlol\n")
    odd = path.rename(path.with_name(os.fsdecode(b"caf\xe9.txt")))
    assert sift([odd], out, gate).total == Counts(delivered=1, declined=1)
    assert "caf\ufffd.txt" in (out / "for-a-friend/report.html").read_text(encoding="utf-8")
    assert (out / "delivered" / odd.name).read_text() == "love\n"


def test_a_date_that_is_none_is_no_crash(write, out, gate):
    path = write("a.csv", "text,date\nlove,1 Mar 99999999999999999999 10:00:00\nlol,+99999999999999\n")
    assert sift([path], out, gate).total == Counts(delivered=1, declined=1)


def test_a_tree_near_the_limit_of_depth_leaks_nothing(write, out, gate):
    deep = '{"text":"lol","replies":[' * 490 + '{"text":"x"}' + "]}" * 490
    summary = sift([write("a.json", f'[{deep},{{"text":"love"}},{{"text":"scum"}}]')], out, gate)
    assert summary.total == Counts(delivered=1, declined=1, unreadable=1)
    assert (out / "delivered/a.json").read_text() == '[{"text":"love"}]'


@pytest.mark.parametrize("text", ["text\n", "id,text\r\n", "id,text"])
def test_a_file_of_no_messages(write, out, gate, text):
    path = write("a.csv", text)
    summary = sift([path], out, gate)
    assert summary.total == Counts()
    assert (out / "delivered/a.csv").read_bytes() == path.read_bytes()


def test_the_summary_says_where_and_what_was_assumed(write, out, gate):
    summary = sift([write("a.txt", "café love\n".encode("cp1252")), write("b.txt", "lol\n")], out, gate)
    assert summary.report == out / "report.html"
    assert summary.friend_report == out / "for-a-friend/report.html"
    assert summary.report.exists()
    assert summary.friend_report.exists()
    assert summary.notes == ("a.txt is not UTF-8; it was read as Windows-1252.",)


def test_names_that_differ_in_case_only_are_told_apart(write, out, gate, tmp_path):
    other = tmp_path / "A.TXT"
    other.write_text("love\n")
    third = tmp_path / "more" / "a-2.txt"
    third.parent.mkdir()
    third.write_text("love\n")
    summary = sift([write("a.txt", "love\n"), other, third], out, gate)
    assert summary.names == ("a.txt", "A-2.TXT", "a-2-2.txt")


def test_every_row_of_every_file_is_in_exactly_one_output(write, out, gate):
    words = ["so sorry", "at least {}", "lol {}", "hm {}", "took the tablets {}", "love {}", "buy now {}"]
    texts = [words[n % 7].format(n) if n % 7 else f"so sorry {n}" for n in range(450)]
    table = "id,text\n" + "".join(
        f"{n}\n" if n % 45 == 0 else f"{n},{text}\n" for n, text in enumerate(texts)
    )
    objects = [{"text": f"{text} j", "n": n} for n, text in enumerate(texts)]
    summary = sift([write("a.csv", table), write("b.json", json.dumps(objects))], out, gate)
    friend = out / "for-a-friend"
    names = ("messages-1.jsonl", "messages-2.jsonl", "unreadable.jsonl")
    held, declined, unreadable = (rows(friend / name) for name in names)
    delivered = (out / "delivered/a.csv").read_text().splitlines()[1:]
    kind = json.loads((out / "delivered/b.json").read_text())
    assert len(delivered) + len(kind) == summary.total.delivered
    assert (len(held), len(declined)) == (summary.total.held, summary.total.declined)
    assert len(unreadable) == summary.total.unreadable == 10
    assert [counts.rows for counts in summary.files] == [450, 450]
    ids = [line.split(",")[0] for line in delivered]
    ids += [row["row"]["id"] for row in held + declined if row["file"] == "a.csv"]
    ids += [row["row"].strip() for row in unreadable]
    assert sorted(map(int, ids)) == list(range(450))
    numbers = [item["n"] for item in kind]
    numbers += [row["row"]["n"] for row in held + declined if row["file"] == "b.json"]
    assert sorted(numbers) == list(range(450))


def test_the_friends_rows_come_in_the_order_of_the_files(write, out, gate):
    sift([write("a.txt", "hm 1\nlove\nhm 2\n"), write("b.txt", "hm 3\n")], out, gate)
    held = rows(out / "for-a-friend/messages-1.jsonl")
    assert [(row["file"], row["line"], row["text"]) for row in held] == [
        ("a.txt", 1, "hm 1"),
        ("a.txt", 3, "hm 2"),
        ("b.txt", 1, "hm 3"),
    ]


def test_a_policy_is_the_same_whatever_the_order_of_its_rules():
    @dataclass(frozen=True)
    class Rules:
        labels: dict
        languages: frozenset

    one = Rules({"faith": "hold", "spam": "decline"}, frozenset(("en", "nl")))
    two = Rules({"spam": "decline", "faith": "hold"}, frozenset(("nl", "en")))
    assert run._told(one) == run._told(two)
    assert run._told(one) != run._told(Rules({"faith": "decline", "spam": "decline"}, one.languages))
    assert run._told(None) == "None"


def test_no_files_word_for_word(out, gate):
    with pytest.raises(SiftError) as error:
        sift([], out, gate)
    assert str(error.value) == "Give at least one file to sift."
