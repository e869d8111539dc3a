"""The words of a comment, however it comes."""

from __future__ import annotations

import pytest

from beside.api.coral_text import plain_text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("So sorry", "So sorry"),
        ("  So sorry\n", "So sorry"),
        ("<p>So <b>sorry</b> &amp; sad</p><p>Love</p>", "So sorry & sad\nLove"),
        ("<div>So sorry<br>for you</div>", "So sorry\nfor you"),
        ('<a href="https://shop.example" rel="nofollow">here</a>', "here (https://shop.example)"),
        ("I <3 you both", "I <3 you both"),
        ("Tom &amp; Ann", "Tom & Ann"),
    ],
)
def test_what_a_reader_sees(body, text):
    assert plain_text(body) == text


@pytest.mark.parametrize(
    "body",
    [
        "So sorry <you deserved it>",
        "So sorry <b you deserved it>",
        "So sorry <b data-x='you deserved it'>.</b>",
        "So sorry <!-- you deserved it -->",
        "So sorry <!you deserved it>",
        "So sorry <?you deserved it?>",
        "So sorry <![you deserved it]]>",
        "So sorry <![CDATA[you deserved it]]>",
        "So sorry </you deserved it>",
        "So sorry <script>you deserved it</script>",
        "So sorry <img alt='you deserved it'>",
    ],
)
def test_nothing_hides_between_brackets(body):
    assert "you deserved it" in plain_text(body)
