"""The first page, on phone and desktop, in light and dark; and what every page promises by its headers."""

import pytest


@pytest.mark.parametrize("phone", [True, False])
def test_the_first_page_is_accessible_and_keeps_to_itself(visitor, installation, phone):
    one = visitor(phone=phone)
    page = one.go("/")
    assert page.locator("h1").count() == 1
    assert (one.accessible(), one.ill_fitting()) == ([], [])


def test_nothing_of_it_may_be_kept_indexed_or_framed(visitor, installation):
    one = visitor()
    answer = one.page.goto(one.url)
    wanted = {
        "cache-control": "no-store, private",
        "x-robots-tag": "noindex, nofollow, noarchive",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
    }
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert "default-src 'none'" in answer.headers["content-security-policy"]


BAD = """<html lang="en"><title>t</title><main><h1>A</h1><img src="data:,"><p style="color:#999">pale</p>
<a href="/" style="display:block;height:12px;overflow:hidden">small</a>
<p style="width:900px">wide</p></main>"""


def test_the_checks_find_what_is_wrong(visitor, installation):
    one = visitor(phone=True)
    one.page.goto("about:blank")
    one.page.set_content(BAD)
    found = "\n".join(one.accessible() + one.ill_fitting())
    for name in ("light", "image-alt", "color-contrast", "dark", "too small", "too wide"):
        assert name in found
    one.page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
    assert "a request to elsewhere.example" in one.problems
    one.problems.clear()
