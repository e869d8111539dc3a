"""Which column holds the words, who wrote them and when: guessed by name, never by looking at the words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from beside.exports.rows import ExportError, visible


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.replace("\n", ",").split(",") if name.strip())


# Names seen in exports of forms, help desks, social tools and comment systems, and plain translations.
TEXT_NAMES = frozenset(
    _names(
        """text, comment, comments, message, messages, body, content, reply, response, comment text
        comment body, comment content, message text, message body, text original, text display
        original text, full text, live chat text, selftext, kommentar, nachricht, commentaire
        comentario, commento, mensaje, mensagem, messaggio, opmerking, bericht, tekst, texte, texto, testo"""
    )
)
_AUTHOR_NAMES = _names(
    """author, author name, name, user name, username, user, sender, sender name, from, commenter
    display name, author display name, full name, comment author, handle, nickname"""
)
_DATE_NAMES = _names(
    """date, created at, created, timestamp, time, datetime, date time, published at, published, posted at
    sent at, created utc, comment date, comment create timestamp, submitted at"""
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns as the file spells them; empty where there is none."""

    text: str
    author: str = ""
    date: str = ""


def plain_name(name: str) -> str:
    """A column name for comparing: `commentText`, `Comment_Text` and "comment text" are one."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"\w+", spaced.replace("_", " ").casefold()))


def find(names: Iterable[str], text_column: str | None, file: str) -> Columns:
    """The columns of `file`, or an error that says how to name the one that holds the words."""
    known = [name for name in names if name.strip()]
    return Columns(_text(known, text_column, file), _first(known, _AUTHOR_NAMES), _first(known, _DATE_NAMES))


def guess(names: Iterable[str]) -> list[str]:
    """Every name that may hold the words."""
    return [name for name in names if plain_name(name) in TEXT_NAMES]


def _text(names: list[str], wanted: str | None, file: str) -> str:
    listed = visible(", ".join(names)) or "none"
    if wanted is not None:
        if wanted in names:
            return wanted
        raise ExportError(f'{file} has no column "{wanted}". Its columns are: {listed}.')
    found = guess(names)
    if len(found) == 1:
        return found[0]
    if found:
        raise ExportError(
            f"{file} has more than one column that may hold the messages: {', '.join(found)}. "
            f'Say which: --text-column "{found[0]}"',
            names,
        )
    raise ExportError(
        f"Which column of {file} holds the messages? Its first row names: {listed}. "
        "Say which: --text-column NAME",
        names,
    )


def _first(names: list[str], wanted: tuple[str, ...]) -> str:
    plain = {plain_name(name): name for name in reversed(names)}
    return next((plain[name] for name in wanted if name in plain), "")
