"""Memory does not grow with the file."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from beside.exports import json_walk
from beside.sift import run, sift


def table(rows):
    return "id,text\n" + "".join(f"{n},{'love' if n % 2 else 'lol'} {n} {'x' * 100}\n" for n in range(rows))


def array(rows):
    return json.dumps({"comments": [{"text": f"love {n} {'x' * 100}", "id": n} for n in range(rows)]})


def wordpress(rows):
    inside = "".join(
        f"<wp:comment><wp:comment_id>{n}</wp:comment_id>"
        f"<wp:comment_content>love {'x' * 100}</wp:comment_content></wp:comment>"
        for n in range(rows)
    )
    return f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>{inside}</item></channel></rss>'


@pytest.mark.parametrize(("name", "make"), [("a.csv", table), ("a.json", array), ("a.xml", wordpress)])
def test_ten_times_the_rows_take_no_more_memory(write, out, gate, monkeypatch, name, make):
    monkeypatch.setattr(run, "_CHUNK_ROWS", 100)
    monkeypatch.setattr(json_walk, "_SAMPLE", 1 << 14)
    monkeypatch.setattr(type(gate), "decide_many", forgetful(type(gate)))
    peaks = []
    for rows in (1500, 15000):
        path = write(name, make(rows))
        tracemalloc.start()
        assert sift([path], out / str(rows), gate).total.rows == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 500_000


def forgetful(kind):
    """The gate's `decide_many` without its memory of what it was asked."""
    return lambda self, texts, policy=None: [kind._decide(self, text) for text in texts]
