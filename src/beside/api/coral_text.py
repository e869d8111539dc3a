"""The words of a Coral comment, which comes as HTML or as plain text, as the phase is set.

Nobody has to say which: what is HTML as Coral's editor makes it is read as HTML, and everything else as it
stands. So no words can hide from the gate between brackets that readers would see as text.
"""

from __future__ import annotations

from html.parser import HTMLParser

from beside.exports.html_text import words_of

_TAGS = frozenset("a b blockquote br del div em i li ol p s span strike strong u ul".split())
_ATTRIBUTES = frozenset("class href rel target title".split())


class _Look(HTMLParser):
    """Sees whether there is anything but the editor's own HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.strange = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        strange = any(name not in _ATTRIBUTES or value is None for name, value in attrs)
        self.strange |= tag not in _TAGS or strange

    def handle_endtag(self, tag: str) -> None:
        self.strange |= tag not in _TAGS

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self.strange = True

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        self.strange = True

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self.strange = True

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self.strange = True


def plain_text(body: str) -> str:
    """What a reader of the comment would see, or more; never less."""
    if "<" not in body and "&" not in body:
        return body.strip()
    look = _Look()
    try:
        look.feed(body)
        look.close()
    except AssertionError:  # some versions of the parser give up on a broken declaration
        return body.strip()
    return body.strip() if look.strange else words_of(body)
