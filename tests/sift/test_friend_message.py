"""One message in the friend's report."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.sift import wording
from beside.sift.friend_message import article, marked
from beside.sift.kinds import COVERED, ORDER

EVIL = "<img src=x onerror=alert(1)>\"'&"
SAFE = "&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;"


def row(**changed):
    whole = {
        "file": "a.csv",
        "line": 7,
        "text": "at least 2",
        "author": "Al",
        "date": "2026-03-01",
        "labels": ["minimizing"],
        "reasons": ["Makes it smaller."],
        "spans": [{"label": "minimizing", "start": 0, "end": 8}],
    }
    return {**whole, **changed}


def test_a_held_message_to_the_letter():
    assert article("minimizing", "hold", row()) == (
        '<article><p dir="auto"><mark title="Makes the loss smaller">at least</mark> 2</p>'
        "<ul><li>Makes it smaller.</li></ul><footer><bdi>Held for you</bdi> · "
        "<bdi>Makes the loss smaller</bdi> · <bdi>Al</bdi> · <bdi>1 March 2026</bdi> · "
        "<bdi>a.csv, line 7</bdi></footer></article>"
    )


def test_a_declined_message_is_covered_and_says_so():
    html = article("hostility", "decline", row(labels=["hostility"]))
    assert html.startswith(
        "<details><summary>Covered: insult or mockery. Open it only if you want to.</summary><article>"
    )
    assert html.endswith("</article></details>")
    assert "<bdi>Declined, kept as evidence</bdi>" in html


@pytest.mark.parametrize("kind", ORDER)
@pytest.mark.parametrize("outcome", ["hold", "decline"])
def test_what_is_covered(kind, outcome):
    covered = article(kind, outcome, row()).startswith("<details><summary>")
    assert covered == (outcome == "decline" or kind in COVERED)


def test_a_crisis_asks_to_be_opened():
    html = article("crisis", "hold", row())
    assert f"<summary>{wording.FRIEND_COVERED_CRISIS}</summary>" in html


@pytest.mark.parametrize("place", ["text", "author", "file"])
def test_what_others_wrote_is_escaped_in_every_place(place):
    html = article("minimizing", "hold", row(**{place: EVIL}, spans=[]))
    assert SAFE in html
    assert "<img" not in html


def test_labels_reasons_and_marks_are_escaped():
    span = {"label": EVIL, "start": 0, "end": 2}
    html = article("minimizing", "hold", row(labels=[EVIL], reasons=[EVIL], spans=[span]))
    assert html.count(SAFE) == 3
    assert f"<li>{SAFE}</li>" in html
    assert f'<mark title="{SAFE}">' in html
    assert "<img" not in html


def test_a_date_that_is_none_is_left_out():
    assert "img" not in article("minimizing", "hold", row(date=EVIL))


def test_a_message_without_words_is_named():
    assert '<p dir="auto">(a message without words)</p>' in article("unsure", "hold", row(text="", spans=[]))


@pytest.mark.parametrize("absent", [[], None, "x", 3])
def test_no_reasons_and_no_labels_leave_no_trace(absent):
    html = article("unsure", "hold", row(reasons=absent, labels=absent, spans=absent, author=" ", date=""))
    assert html == (
        '<article><p dir="auto">at least 2</p><footer><bdi>Held for you</bdi> · '
        "<bdi>a.csv, line 7</bdi></footer></article>"
    )


class Words(HTMLParser):
    """The words of a page, and which of them are marked."""

    def __init__(self, html):
        super().__init__()
        self.all, self.marked, self._inside = "", "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert (tag, [name for name, _ in attrs]) == ("mark", ["title"])
        self._inside = True

    def handle_endtag(self, tag):
        self._inside = False

    def handle_data(self, data):
        self.all += data
        self.marked += data if self._inside else ""


PLACES = st.builds(
    lambda label, start, end: {"label": label, "start": start, "end": end},
    st.sampled_from(["hate", "spam", EVIL]),
    st.integers(-5, 30),
    st.integers(-5, 30),
)


@given(st.text(alphabet="ab<>&'\" ❤\n", max_size=20), st.lists(PLACES, max_size=5))
def test_whatever_the_spans_every_word_is_there_once(text, spans):
    seen = Words(marked(text, spans))
    inside = {n for span in spans for n in range(max(0, span["start"]), min(len(text), span["end"]))}
    assert seen.all == text
    assert seen.marked == "".join(text[n] for n in sorted(inside))


def test_spans_that_say_no_place_cost_nothing():
    spans = [{"label": "hate", "start": "0", "end": 3}, "x", None, {"label": "hate", "start": 3, "end": 1}]
    assert marked("a<b", spans) == "a&lt;b"


def test_two_labels_of_the_same_words_are_named_once_each():
    spans = [{"label": name, "start": 0, "end": 1} for name in ("spam", "hate", "spam")]
    assert re.findall('title="(.*?)"', marked("x", spans)) == ["Hate, Advertising or scam"]
