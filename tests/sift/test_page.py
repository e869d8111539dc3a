"""The frame of a page."""

from __future__ import annotations

import pytest

from beside.sift import page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain ❤", "plain ❤"),
        ("<script>", "&lt;script&gt;"),
        ("a & b", "a &amp; b"),
        ("\" onload='x'", "&quot; onload=&#x27;x&#x27;"),
        ("&lt;", "&amp;lt;"),
        ("caf\udce9", "caf\ufffd"),
    ],
)
def test_escaped_inside_and_outside_of_attributes(text, html):
    assert page.escape(text) == html


@pytest.mark.parametrize(
    ("messages", "pages"), [(0, 1), (1, 1), (199, 1), (200, 1), (201, 2), (400, 2), (401, 3)]
)
def test_how_many_pages(messages, pages):
    assert page.pages(messages) == pages


def test_names_of_pages():
    assert [page.name(number) for number in (1, 2, 10)] == ["report.html", "report-2.html", "report-10.html"]


def test_the_way_from_page_to_page():
    assert page.way(1, 1) == ""
    assert page.way(1, 3) == (
        '<nav class="way" aria-label="Pages"><span></span><span>Page 1 of 3</span>'
        '<a rel="next" href="report-2.html">Next page</a></nav>'
    )
    assert page.way(2, 3) == (
        '<nav class="way" aria-label="Pages"><a rel="prev" href="report.html">Page before</a>'
        '<span>Page 2 of 3</span><a rel="next" href="report-3.html">Next page</a></nav>'
    )
    assert page.way(3, 3) == (
        '<nav class="way" aria-label="Pages"><a rel="prev" href="report-2.html">Page before</a>'
        "<span>Page 3 of 3</span><span></span></nav>"
    )


def test_a_page_is_saved_whole(tmp_path):
    page.save(tmp_path, 2, title="a <b> & {c}", style="p{margin:0}", body="<p>{body} {style}</p>")
    html = (tmp_path / "report-2.html").read_bytes().decode("utf-8")
    assert "<title>a &lt;b&gt; &amp; {c}</title>" in html
    assert "p{margin:0}</style>" in html
    assert "\n<p>{body} {style}</p>\n" in html
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "\r" not in html


def test_nothing_may_be_fetched_found_or_told(tmp_path):
    page.save(tmp_path, 1, title="t", style="", body="")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    for line in (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">",
        '<meta name="referrer" content="no-referrer">',
        '<meta name="robots" content="noindex, nofollow">',
        '<meta charset="utf-8">',
    ):
        assert line in html
    assert "http://" not in html
    assert "https://" not in html
    assert "url(" not in html
