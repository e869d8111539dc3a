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


@pytest.mark.parametrize(
    ("number", "pages"), [(199, [199]), (200, [200]), (201, [200, 1]), (400, [200, 200])]
)
def test_pages_of_200_to_the_message(report, out, number, pages):
    report(*[f"hm {n}." for n in range(number)])
    found = sorted((out / "for-a-friend").glob("*.html"), key=lambda path: (len(path.name), path.name))
    assert [path.read_text(encoding="utf-8").count("<article>") for path in found] == pages
    whole = "".join(path.read_text(encoding="utf-8") for path in found)
    assert all(whole.count(f">hm {n}.<") == 1 for n in range(number))


def test_a_kind_that_begins_on_a_new_page_is_not_continued(report, out):
    html = report(*[f"at least {n}" for n in range(200)], "hm")
    second = (out / "for-a-friend/report-2.html").read_text(encoding="utf-8")
    assert '<a href="report-2.html#unsure">' in html
    assert '<h3 id="unsure">Not sure</h3>' in second
    assert "(continued)" not in second


def test_a_file_name_and_its_words_are_escaped(report):
    html = report("hm <script>x</script>", name="<b>&'.txt")
    assert '<th scope="row">&lt;b&gt;&amp;&#x27;.txt</th>' in html
    assert "<bdi>&lt;b&gt;&amp;&#x27;.txt, line 1</bdi>" in html
    assert "hm &lt;script&gt;x&lt;/script&gt;" in html
    assert "<script" not in html
    assert "<b>" not in html


def test_what_was_delivered_and_what_could_not_be_read_is_not_shown(write, out, gate):
    sift([write("a.csv", "id,text\n1,so sorry\n2\n3,hm\n")], out, gate)
    html = (out / "for-a-friend/report.html").read_text(encoding="utf-8")
    assert html.count("<article>") == 1
    assert "so sorry" not in html
    assert wording.FRIEND_COUNTS_NOTE in html


def test_the_names_of_the_files_say_nothing(report, out):
    report(*TEXTS)
    names = sorted(path.name for path in (out / "for-a-friend").iterdir())
    assert names == ["messages-1.jsonl", "messages-2.jsonl", "report.html", "unreadable.jsonl"]


def test_a_name_that_hurts_is_for_the_friend_to_see(write, out, gate):
    sift([write("a.csv", "author,text\nlol <b>,hm\n")], out, gate)
    assert "<bdi>lol &lt;b&gt;</bdi>" in (out / "for-a-friend/report.html").read_text(encoding="utf-8")
