"""Sentences and lines read by themselves: a short blow drowns in the kindness around it.

The encoder weighs a text as a whole, and three rude words after two kind sentences move it little. So the
parts of a text that looks well as a whole are shown to the second opinion, which costs microseconds, and what
it suspects is read by both, without company. Only labels that hurt in any company count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from beside.codebook import NAMES
from beside.gate.blows import blow_in
from beside.gate.canonical import Canonical
from beside.gate.reading import Span

ALONE = ("hostility", "hate", "threat", "sexual", "blaming", "shaming")
AT = tuple(NAMES.index(name) for name in ALONE)
WELL = 0.2  # from this probability of delivery on, a text is in need of a second look
SUSPECTED = 0.3  # by the second opinion: read the part
SURE = 0.5  # by both: the part has the label, and so has the text
CERTAIN = 0.95  # of a set phrase
MOST = 64  # parts of one text that are read, the most suspected first
_ENDS = ".!?…"
_BREAKS = "()[]"
_DASHES = "-–—;:/|"
_LAST_PUNCTUATION = 0x2070  # dashes, quotation marks and dots come before, emoji after
_TRIM = " \n-–—;:/|()[],"


def parts(text: str) -> list[tuple[int, int]]:
    """The ranges of the sentences, lines, brackets and asides of a text."""
    found, start = [], 0
    for place, char in enumerate(text):
        if _ends(char, text[place + 1 : place + 2]):
            found.append(_trimmed(text, start, place + 1))
            start = place + 1
    found.append(_trimmed(text, start, len(text)))
    return [(first, last) for first, last in found if last - first > 1]


def _ends(char: str, following: str) -> bool:
    if char == "\n" or char in _BREAKS:
        return True
    return (char in _ENDS or char in _DASHES) and (not following or following in " \n")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while start < end and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def in_lines(form: Canonical, written: str) -> str:
    """The canonical text with its line breaks again: a break, where words were written on two lines."""
    if "\n" not in written:
        return form.text
    chars = list(form.text)
    for place in range(1, len(chars) - 1):
        between = form.offsets[place - 1], form.offsets[place + 1]
        if chars[place] == " " and "\n" in written[between[0] : between[1]]:
            chars[place] = "\n"
    return "".join(chars)


def without_emoji(form: Canonical, written: str, text: str) -> str:
    """A text with a break for every letter of an emoji's name: what stands beside one stands by itself."""
    if written.isascii():
        return text
    return "".join(
        "\n"
        if char.isalpha() and not written[at].isalnum() and ord(written[at]) > _LAST_PUNCTUATION
        else char
        for char, at in zip(text, form.offsets, strict=True)
    )


def set_blows(text: str, found: Sequence[tuple[int, int]], labels: list[float]) -> list[Span]:
    """Raises the labels of a text that has a set phrase of abuse for a part; what to mark for each."""
    spans = []
    for start, end in found:
        label = blow_in(text[start:end])
        if label is not None:
            labels[NAMES.index(label)] = max(labels[NAMES.index(label)], CERTAIN)
            spans.append(Span(label, start, end))
    return spans


def in_pieces(found: Sequence[tuple[int, int]], offsets: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of letters as ranges of the word pieces at `offsets`; one without any is left out."""
    starts = [start for start, _ in offsets]
    ranges = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in found]
    return [(start, end) for start, end in ranges if start < end]
