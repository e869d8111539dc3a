"""What has been decided so far."""

from __future__ import annotations

import json

import pytest

from beside.sift.log import Log, Logged, Place

ROWS = [
    Logged("deliver", 0, json.dumps({"text": "tab\tand\nline"})),
    Logged("hold", 0, '{"text": "line\u2028separator\x85 \u001d"}'),
    Logged("decline", 1, "{}"),
]


def test_what_was_written_is_read_back(tmp_path):
    with Log(tmp_path) as log:
        log.append(ROWS[:2], 0, 2)
        log.append(ROWS[2:], 1, 1)
        assert list(log.read()) == ROWS
        assert log.place == Place(1, 1, (tmp_path / "rows.log").stat().st_size)
    with Log(tmp_path) as again:
        assert again.place == log.place
        assert list(again.read()) == ROWS
    assert ROWS[0].data() == {"text": "tab\tand\nline"}


def test_a_new_log_is_empty(tmp_path):
    with Log(tmp_path) as log:
        assert log.place == Place(0, 0, 0)
        assert list(log.read()) == []


def test_a_row_is_one_line():
    assert Logged("hold", 3, '{"a": 1}').line() == b'hold\t3\t{"a": 1}\n'


def test_rows_without_their_journal_are_done_again(tmp_path):
    with Log(tmp_path) as log:
        log.append(ROWS[:1], 0, 1)
    with (tmp_path / "rows.log").open("ab") as rows:
        rows.write(ROWS[1].line())
    with Log(tmp_path) as log:
        assert list(log.read()) == ROWS[:1]
        log.append(ROWS[2:], 0, 2)
        assert list(log.read()) == [ROWS[0], ROWS[2]]


@pytest.mark.parametrize("torn", [b"0", b"0 2", b"0 2 9999"])
def test_a_torn_line_of_the_journal_counts_for_nothing(tmp_path, torn):
    with Log(tmp_path) as log:
        log.append(ROWS[:1], 0, 1)
        place = log.place
    with (tmp_path / "journal").open("ab") as journal:
        journal.write(torn)
    with Log(tmp_path) as log:
        assert log.place == place
        log.append(ROWS[1:2], 0, 2)
    with Log(tmp_path) as log:
        assert (log.place.file, log.place.rows) == (0, 2)
        assert list(log.read()) == ROWS[:2]


@pytest.mark.parametrize("length", [0, 1])
def test_a_log_that_lost_rows_is_begun_again(tmp_path, length):
    with Log(tmp_path) as log:
        log.append(ROWS, 1, 1)
    (tmp_path / "rows.log").write_bytes((tmp_path / "rows.log").read_bytes()[:length])
    with Log(tmp_path) as log:
        assert log.place == Place()
        assert list(log.read()) == []
