"""WordPress exports (WXR): the comments inside an RSS file.

Source: wp-admin/includes/export.php of WordPress: `wp:comment` with `wp:comment_author`,
`wp:comment_date_gmt`, `wp:comment_content` (HTML) and so on, in a namespace
http://wordpress.org/export/VERSION/. No document type, no entity of its own is part of the format;
a file that declares one is refused, which rules out external entities and their explosions.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from beside.exports.encoding import MARK, Survey
from beside.exports.html_text import words_of
from beside.exports.rows import Entry, ExportError, Message, Unit, Unreadable, one, readable, take, visible

_CHUNK = 1 << 16
_LONGEST_COMMENT = 4 * 2**20
_MOST_OPEN = 1000
# Control characters are not XML, yet WordPress writes them; a space in their place keeps every offset.
_CONTROLS = bytes(32 if byte < 32 and byte not in b"\t\n\r" else byte for byte in range(256))


class _TooDeepError(Exception):
    """More elements are open at once than any export has."""


@dataclass(slots=True)
class _Comment:
    start: int
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    size: int = 0
    end_tag: int = 0


@dataclass(frozen=True, slots=True)
class _Cut:
    """A comment, or what can no longer be read: its bytes in the file, and its entry."""

    start: int
    end: int
    entry: Entry


class Wxr:
    """A WordPress export. An answer keeps the number of the comment that it answers, even where that goes."""

    kind = "wordpress"

    def __init__(self, survey: Survey) -> None:
        if survey.encoding.startswith("utf-16"):
            raise ExportError(f"{survey.path.name} is UTF-16. WordPress writes UTF-8; save it as that.")
        self._survey = survey
        self._reading = _Reading(survey)
        # A document type comes before all else: what must be refused is refused before work begins.
        if next(self._reading.cuts(), None) is None:
            # passing on what was not understood would deliver it unread
            raise ExportError(
                f"{survey.path.name} holds no comments as WordPress writes them (wp:comment), so there is "
                "nothing to sift. Export it again from WordPress, under Tools, Export, All content."
            )
        self.notes = survey.notes

    def position(self) -> int:
        """See `rows.Export`."""
        return self._reading.fed

    def units(self) -> Iterator[Unit]:
        """See `rows.Export`."""
        self._reading = _Reading(self._survey)
        for cut in self._reading.cuts():
            yield one(cut.entry, "")

    def write(self, keep: Iterator[bool], out: BinaryIO) -> None:
        """See `rows.Export`; the bytes of comments that go are cut out, all others stay."""
        self._reading = _Reading(self._survey)
        at = 0
        with self._survey.path.open("rb") as file:
            for cut in self._reading.cuts():
                goes = not take(keep, one(cut.entry, ""))[0]
                _copy(file, out, at, cut.start if goes else cut.end)
                at = cut.end
            _copy(file, out, at, self._survey.size)
        for name in reversed(self._reading.unclosed):
            out.write(f"</{name}>".encode())


class _Reading:
    """One pass of expat over the file. `unclosed`: the elements that a broken file leaves open."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._clean = _cleaner(survey)
        self._parser = expat.ParserCreate("windows-1252" if survey.encoding == "cp1252" else None)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._names: list[str] = []
        self._comment: _Comment | None = None
        self._ended: list[_Comment] = []
        self._open_after_last: list[str] = []
        self.fed = 0
        self.unclosed: list[str] = []

    def cuts(self) -> Iterator[_Cut]:
        """Every comment in order; if the file breaks off, all that follows the last whole one."""
        whole, line = 0, 1
        with self._survey.path.open("rb") as file:
            while True:
                chunk = file.read(_CHUNK)
                problem = self._feed(chunk)
                for comment in self._ended:
                    whole, line = _tag_end(file, comment.end_tag), comment.line
                    yield _Cut(comment.start, whole, _entry(comment))
                self._ended = []
                if problem:
                    yield from self._rest(file, whole, line, problem)
                if problem or not chunk:
                    return

    def _feed(self, chunk: bytes) -> str:
        """Parse a chunk (none: the end); what is wrong with it, or nothing."""
        self.fed += len(chunk)
        try:
            self._parser.Parse(self._clean(chunk), not chunk)
        except _TooDeepError:
            return "from here on it is nested too deeply to be a WordPress export"
        except expat.ExpatError as error:
            return f"from here on it is not valid XML ({expat.ErrorString(error.code)}, line {error.lineno})"
        return ""

    def _rest(self, file: BinaryIO, start: int, line: int, problem: str) -> Iterator[_Cut]:
        self.unclosed = self._open_after_last
        file.seek(start)
        while chunk := file.read(_CHUNK):
            raw = chunk.decode(self._survey.encoding, MARK)
            yield _Cut(start, start + len(chunk), Unreadable(line, problem, visible(raw)))
            start += len(chunk)
            line += raw.count("\n")

    def _refuse(self, *_: object) -> None:
        raise ExportError(
            f"{self._survey.path.name} declares a document type or entities, which no WordPress export does. "
            "For safety it is not read. Export it again from WordPress (Tools, Export)."
        )

    def _start(self, name: str, _: dict[str, str]) -> None:
        if len(self._names) >= _MOST_OPEN:
            raise _TooDeepError
        if name == "wp:comment" and self._comment is None:
            self._comment = _Comment(self._parser.CurrentByteIndex, self._parser.CurrentLineNumber)
        self._names.append(name)

    def _words(self, words: str) -> None:
        comment = self._comment
        # Words within a tag that was not escaped are words of the comment, too.
        inside = "wp:comment_content" in self._names
        if comment is None or not (inside or self._names[-2:-1] == ["wp:comment"]):
            return
        comment.size += len(words)
        if comment.size <= _LONGEST_COMMENT:
            name = "comment_content" if inside else self._names[-1].removeprefix("wp:")
            comment.fields[name] = comment.fields.get(name, "") + words

    def _end(self, name: str) -> None:
        self._names.pop()
        if self._comment is not None and name == "wp:comment" and "wp:comment" not in self._names:
            self._comment.end_tag = self._parser.CurrentByteIndex
            self._ended.append(self._comment)
            self._comment = None
            self._open_after_last = list(self._names)


def _cleaner(survey: Survey) -> Callable[[bytes], bytes]:
    """What makes a chunk fit for expat without changing its length."""
    if survey.encoding != "utf-8" or not survey.note:
        return lambda chunk: chunk.translate(_CONTROLS)
    decoder = codecs.getincrementaldecoder("utf-8")(MARK)

    def replace_damage(chunk: bytes) -> bytes:
        text = decoder.decode(chunk, not chunk)
        return re.sub("[\udc00-\udcff]", "?", text).encode().translate(_CONTROLS)

    return replace_damage


def _tag_end(file: BinaryIO, start: int) -> int:
    """Where the tag that begins at `start` ends; the file stays where it stands."""
    place = file.tell()
    file.seek(start)
    end = start
    while (piece := file.read(_CHUNK)) and b">" not in piece:
        end += len(piece)
    end += piece.find(b">") + 1
    file.seek(place)
    return end


def _entry(comment: _Comment) -> Entry:
    fields = {name: readable(words) for name, words in comment.fields.items() if words.strip()}
    if comment.size > _LONGEST_COMMENT:
        return Unreadable(comment.line, "it is too large to be a message", str(fields.get("comment_id", "")))
    return Message(
        text=words_of(fields.get("comment_content", "")),
        row=dict(fields),
        line=comment.line,
        author=fields.get("comment_author", ""),
        date=fields.get("comment_date_gmt", "") or fields.get("comment_date", ""),
    )


def _copy(file: BinaryIO, out: BinaryIO, start: int, end: int) -> None:
    file.seek(start)
    while start < end and (chunk := file.read(min(_CHUNK, end - start))):
        out.write(chunk)
        start += len(chunk)
