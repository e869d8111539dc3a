"""The words of a comment that is kept as HTML, as a reader of the page would see them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset(("p", "br", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "pre", "tr", "hr"))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.words.append("\n")
        given = dict(attrs)
        if tag == "a":
            self._link = given.get("href") or ""
        if tag == "img":
            self.words.append(given.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.words.append("\n")
        # Where a link leads is part of what is said: a shop behind "so sorry" is still a shop.
        if tag == "a" and self._link and not "".join(self.words).endswith(self._link):
            self.words.append(f" ({self._link})")
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(markup: str) -> str:
    """Text without tags; breaks stay line breaks, a link's address follows its words."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    parser = _Words()
    try:
        parser.feed(markup)
        parser.close()
    except AssertionError:
        # Some versions of the parser give up on a declaration such as "<![x[": nothing is left unread.
        return markup.strip()
    return re.sub(r"\s*\n\s*", "\n", "".join(parser.words)).strip()
