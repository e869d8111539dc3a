"""The report for the bereaved person: kind words, and nothing about anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from beside.sift import page, wording
from beside.sift.dates import spoken
from beside.sift.style import HOST


@dataclass(frozen=True, slots=True)
class Words:
    """A delivered message as she sees it."""

    text: str
    author: str
    date: str


def write(words: Iterator[Words], number: int, folder: Path) -> None:
    """Write report.html and its further pages for `number` delivered messages."""
    last = page.pages(number)
    for current in range(1, last + 1):
        shown = list(islice(words, page.PER_PAGE))
        body = _quiet() if not shown else _body(shown, current, last)
        page.save(folder, current, title=wording.HOST_TITLE, style=HOST, body=body)


def _quiet() -> str:
    return f"<header><h1>{wording.HOST_QUIET_HEADING}</h1><p>{wording.HOST_QUIET}</p></header>{_end()}"


def _body(shown: list[Words], current: int, last: int) -> str:
    way = page.way(current, last)
    articles = "\n".join(map(_article, shown))
    return f"{_welcome(current)}\n<main>\n{articles}\n</main>\n{way}\n{_end()}"


def _welcome(current: int) -> str:
    if current == 1:
        return f"<header><h1>{wording.HOST_HEADING}</h1><p>{wording.HOST_WELCOME}</p></header>"
    return f'<header class="short"><h1>{wording.HOST_TITLE}</h1><p>{wording.HOST_GO_ON}</p></header>'


def _end() -> str:
    return f"<footer>{wording.HOST_END}</footer>"


def _article(words: Words) -> str:
    said = f'<p dir="auto">{page.escape(words.text.strip())}</p>'
    name, date = page.escape(words.author.strip()), page.escape(spoken(words.date))
    by = " · ".join(part for part in (f"<bdi>{name}</bdi>" if name else "", date) if part)
    return f"<article>{said}{f'<footer>{by}</footer>' if by else ''}</article>"
