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


@pytest.mark.parametrize("markup", ["<![foo[ lol", "love <![- scum", "<p>a</p><![x] [ b"])
def test_what_the_parser_gives_up_on_is_not_lost(markup):
    for word in ("lol", "scum", "love"):
        assert (word in words_of(markup)) == (word in markup)


@given(st.text(alphabet="<>![]&-/ CDATAif;x", max_size=40))
def test_no_declaration_crashes_it(markup):
    assert isinstance(words_of(markup), str)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("", ""),
        ("  spaced  ", "spaced"),
        ("a <3 b", "a <3 b"),
        ("cut <b", "cut <b"),
        ("5 &lt; 6 &madeup; &#x2764;", "5 < 6 &madeup; ❤"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<blockquote>her words</blockquote>mine", "her words\nmine"),
        ("a<hr>b", "a\nb"),
        ("<a>no address</a> <a href>none</a>", "no address none"),
        ("<img>", ""),
        ("<IMG ALT='😢'>", "😢"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
    ],
)
def test_more_words(markup, words):
    assert words_of(markup) == words
