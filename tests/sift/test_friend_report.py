"""The page for the friend who reads first: everything, in an order that helps."""

from __future__ import annotations

import re

import pytest

from beside.codebook import LABELS
from beside.sift import sift, wording
from beside.sift.friend_message import marked
from beside.sift.kinds import ORDER, UNSURE, kind_of

TEXTS = ["lol at you", "so sorry", "at least you tried", "took the tablets", "scum & co", "hm", "at least 2"]


@pytest.fixture
def report(write, out, gate):
    def _report(*texts, name="a.txt"):
        sift([write(name, "\n".join(texts) + "\n")], out, gate)
        return (out / "for-a-friend/report.html").read_text(encoding="utf-8")

    return _report


def test_counts_add_up(write, out, gate):
    sift([write("a.txt", "\n".join(TEXTS)), write("b.csv", "text,id\nlove,1\nlol,2\nlol\n")], out, gate)
    html = (out / "for-a-friend/report.html").read_text(encoding="utf-8")
    rows = re.findall(r'<tr class="[a-z]*"><th scope="row">(.*?)</th>(.*?)</tr>', html)
    numbers = {name: list(map(int, re.findall(r"<td>(\d+)</td>", cells))) for name, cells in rows}
    assert numbers == {"a.txt": [7, 1, 4, 2, 0], "b.csv": [3, 1, 0, 1, 1], "All files": [10, 2, 4, 3, 1]}
    assert all(rows_in == sum(rest) for rows_in, *rest in numbers.values())
    kinds = dict(re.findall(r'html#(\w+)">.*?<td>(\d+)</td></tr>', html))
    assert kinds == {"crisis": "1", "hate": "1", "hostility": "2", "minimizing": "2", "unsure": "1"}


def test_crisis_comes_first_with_what_to_do(report):
    html = report(*TEXTS)
    assert html.index(wording.CRISIS_HEADING) < html.index("took the ")
    order = re.findall(r'<h3 id="(\w+)">', html)
    assert order == ["crisis", "hate", "hostility", "minimizing", "unsure"]


def test_no_crisis_no_alarm(report):
    assert wording.CRISIS_HEADING not in report("lol", "so sorry")


def test_the_worst_is_covered_and_the_rest_is_not(report):
    html = report(*TEXTS)
    covered = " ".join(re.findall(r"<details>.*?</details>", html, re.DOTALL))
    for text in ("took the <mark", '<mark title="Hate">scum</mark> &amp; co', ">lol</mark> at you"):
        assert text in covered
    for text in (">at least</mark> you tried", ">hm</p>"):
        assert text in html
        assert text not in covered
    assert "<details open" not in html
    assert "so sorry" not in html


def test_marks_show_the_hurtful_words():
    spans = [
        {"label": "hate", "start": 2, "end": 5},
        {"label": "spam", "start": 4, "end": 7},
        {"label": "spam", "start": 90, "end": 99},
    ]
    assert marked("a <b> & c", spans) == (
        'a <mark title="Hate">&lt;b</mark><mark title="Hate, Advertising or scam">&gt;</mark>'
        '<mark title="Advertising or scam"> &amp;</mark> c'
    )
    assert marked("plain", []) == "plain"


def test_pages_of_200_continue_a_kind(report, out):
    html = report(*[f"at least {n}" for n in range(210)], *["hm"] * 3)
    second = (out / "for-a-friend/report-2.html").read_text(encoding="utf-8")
    assert html.count("<article>") == 200
    assert second.count("<article>") == 13
    assert "Makes the loss smaller (continued)" in second
    assert '<a href="report-2.html#unsure">' in html
    assert '<h3 id="unsure">' in second
    assert wording.FRIEND_COUNTS not in second


def test_nothing_kept_back(report):
    html = report("so sorry")
    assert wording.FRIEND_NOTHING in html
    assert wording.FRIEND_MESSAGES not in html


def test_every_label_that_can_be_held_has_a_kind_and_a_name():
    can_be_held = [label.name for label in LABELS if label.group > 1]
    assert sorted(ORDER) == sorted([*can_be_held, UNSURE])
    assert set(wording.KINDS) == {label.name for label in LABELS} | {UNSURE}
    assert kind_of({"labels": ["comfort", "minimizing", "hate"]}) == "hate"
    assert kind_of({"labels": ["comfort"]}) == UNSURE
