"""The page for the bereaved person: kind words and nothing else."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from beside.sift import host_report, sift, wording

HURT = [
    "at least it was early 7301",
    "lol 7302",
    "i will find where you live 7303",
    "scum 7304",
    "buy now 7305",
    "took the tablets 7306",
    "hm 7307",
]


class Seen(HTMLParser):
    """What a reader sees, what would be fetched, and the attributes that speak."""

    def __init__(self, page):
        super().__init__()
        self.words, self.fetched, self.tags, self._hidden = [], [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._hidden = tag == "style"
        self.fetched += [
            value for name, value in attrs if name in ("src", "href", "srcset", "data", "action")
        ]

    def handle_endtag(self, tag):
        self._hidden = False

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)


@pytest.fixture
def page(write, out, gate):
    def _page(*messages, number=1):
        lines = "author,date,text\n" + "".join(f'"{a}","{d}","{t}"\n' for a, d, t in messages)
        sift([write("a.csv", lines)], out, gate)
        return (out / ("report.html" if number == 1 else f"report-{number}.html")).read_text(encoding="utf-8")

    return _page


def test_nothing_of_what_was_not_delivered_is_in_it(page, out):
    messages = [("Kim", "", "so sorry")] + [(f"Troll {n}", "2026-03-09", text) for n, text in enumerate(HURT)]
    html = page(*messages)
    assert "so sorry" in html
    for text in HURT:
        assert text not in html
        for word in re.findall(r"\w{6,}|\d{4}", text):
            assert word not in html.partition("</style>")[2]
    assert "Troll" not in html
    shown = " ".join(Seen(html).words)
    assert not re.search(r"\d", shown)
    for word in (
        "held",
        "hold",
        "declin",
        "friend",
        "filter",
        "hid",
        "block",
        "moderat",
        "sorted",
        "gate",
        "remov",
    ):
        assert word not in shown.casefold()
    assert not any("friend" in name for name in Seen(html).fetched)


def test_the_same_page_whatever_else_was_written(page, write, tmp_path, gate):
    hurt = [("x", "", text) for text in HURT]
    html = page(("Kim", "", "so sorry"), *hurt, ("Lu", "", "love"))
    alone = tmp_path / "alone"
    sift([write("b.csv", "author,date,text\nKim,,so sorry\nLu,,love\n")], alone, gate)
    assert (alone / "report.html").read_text(encoding="utf-8") == html


def test_names_dates_and_lines_are_shown(page):
    html = page(("Añe & <b>", "2026-03-01T10:00:00Z", "so sorry\n<script>alert(1)</script> ❤"))
    assert '<p dir="auto">so sorry\n&lt;script&gt;alert(1)&lt;/script&gt; ❤</p>' in html
    assert "<footer><bdi>Añe &amp; &lt;b&gt;</bdi> · 1 March 2026</footer>" in html


def test_a_name_that_hurts_is_not_shown(page):
    html = page(("lol your baby", "", "so sorry"), ("just Bo", "", "love"))
    assert "lol your baby" not in html
    assert "just Bo" in html


def test_it_stands_alone(page):
    seen = Seen(page(("Kim", "", "so sorry")))
    assert seen.fetched == []
    assert "script" not in seen.tags


def test_pages_of_200(page, out):
    messages = [(f"n{n}", "", f"love {n:03}.") for n in range(401)]
    html = page(*messages, number=3)
    assert html.count("<article>") == 1
    assert "love 400." in html
    first, second = ((out / name).read_text(encoding="utf-8") for name in ("report.html", "report-2.html"))
    assert (first.count("<article>"), second.count("<article>")) == (200, 200)
    assert Seen(first).fetched == ["report-2.html"]
    assert Seen(second).fetched == ["report.html", "report-3.html"]
    assert sorted(path.name for path in out.glob("*.html")) == [
        "report-2.html",
        "report-3.html",
        "report.html",
    ]


def test_nothing_delivered_is_a_kind_sentence(page):
    html = page(*[("x", "", text) for text in HURT])
    assert wording.HOST_QUIET in html
    assert not re.search(r"\d", " ".join(Seen(html).words))
    assert "<article>" not in html


def test_the_frame_is_made_for_reading(page):
    html = page(("Kim", "", "so sorry"))
    assert '<html lang="en">' in html
    assert "prefers-color-scheme:dark" in html
    assert "@media print" in html
    assert 'name="viewport"' in html
    assert "default-src 'none'" in html


@pytest.mark.parametrize("number", [1, 199, 200])
def test_one_page_up_to_200_says_no_number(page, out, number):
    html = page(*[("", "", "love")] * number)
    assert html.count("<article>") == number
    assert "<nav" not in html
    assert not re.search(r"\d", " ".join(Seen(html).words))
    assert [path.name for path in out.glob("*.html")] == ["report.html"]


def test_the_201st_begins_a_second_page(page, out):
    second = page(*[("", "", f"love {n}.") for n in range(201)], number=2)
    assert second.count("<article>") == 1
    assert "love 200." in second
    assert wording.HOST_GO_ON in second
    assert wording.HOST_WELCOME not in second
    assert "love 199." in (out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [0, 1, 200, 201])
@pytest.mark.parametrize("ending", ["csv", "jsonl", "txt"])
def test_every_page_is_the_same_to_the_byte_with_and_without_hurt(write, tmp_path, gate, kind, ending):
    texts = [f"love {n}" for n in range(kind)]
    mixed = [text for n in range(kind) for text in (texts[n], f"{HURT[n % 7]} {n}")] + HURT * 30
    pages = []
    for name, lines in (("with", mixed), ("without", texts)):
        made = {
            "csv": "text\n" + "".join(f"{text}\n" for text in lines),
            "jsonl": "".join(json.dumps({"text": text}) + "\n" for text in lines or [""]),
            "txt": "".join(f"{text}\n" for text in lines or [" "]),
        }[ending]
        sift([write(f"{name}.{ending}", made)], tmp_path / name, gate)
        found = sorted((tmp_path / name).glob("*.html"))
        pages.append({path.name: path.read_bytes() for path in found})
    assert pages[0] == pages[1]
    assert len(pages[0]) == max(1, -(-kind // 200))


EVIL = "<img src=x onerror=alert(1)>\"'&"
SAFE = "&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;"


def test_words_and_names_are_escaped_and_a_date_brings_none(tmp_path):
    host_report.write(iter([host_report.Words(f"love {EVIL}", EVIL, EVIL)]), 1, tmp_path)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'<p dir="auto">love {SAFE}</p>' in html
    assert f"<footer><bdi>{SAFE}</bdi></footer>" in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("author", "date", "footer"),
    [
        ("", "", ""),
        (" ", "soon", ""),
        ("Jo", "", "<footer><bdi>Jo</bdi></footer>"),
        ("", "2026-03-01", "<footer>1 March 2026</footer>"),
        (" Jo ", "1/2/2026", "<footer><bdi>Jo</bdi> · 1/2/2026</footer>"),
    ],
)
def test_who_and_when_as_far_as_it_is_known(tmp_path, author, date, footer):
    host_report.write(iter([host_report.Words(" love\n", author, date)]), 1, tmp_path)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'<article><p dir="auto">love</p>{footer}</article>' in html


@pytest.mark.parametrize("name", HURT)
def test_no_hurtful_name_reaches_her(page, name):
    html = page((name, "", "so sorry"))
    assert ("<bdi>" in html) == (name == "hm 7307")
    assert "so sorry" in html


def test_a_file_name_is_not_on_her_page(write, out, gate):
    sift([write("lol scum.txt", "love\n")], out, gate)
    assert "scum" not in (out / "report.html").read_text(encoding="utf-8")
