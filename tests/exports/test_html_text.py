"""Comments kept as HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.exports.html_text import words_of


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("plain  words", "plain  words"),
        ("so <b>very</b> sorry", "so very sorry"),
        ("<p>one</p>\n<p>two<br/>three</p>", "one\ntwo\nthree"),
        ("I &lt;3 you &amp; him &#39;", "I <3 you & him '"),
        ('<a href="http://shop.example">so sorry</a>', "so sorry (http://shop.example)"),
        ('<a href="http://x.example">http://x.example</a>', "http://x.example"),
        ('<img src="x" alt="❤"> love', "❤ love"),
        ("<!-- hidden --><script>x</script>love", "xlove"),
    ],
)
def test_words(markup, words):
    assert words_of(markup) == words


@given(st.text(alphabet='<>&/"=aAbp!- #;x1', max_size=60))
def test_no_markup_crashes_it(markup):
    assert isinstance(words_of(markup), str)
