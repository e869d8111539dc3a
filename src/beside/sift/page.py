"""The frame of a page of either report: one file, no script, nothing from outside."""

from __future__ import annotations

import html
from pathlib import Path

from beside.exports.rows import readable
from beside.sift import wording
from beside.sift.style import COMMON

PER_PAGE = 200
_FRAME = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def escape(text: str) -> str:
    """Text for HTML, in an attribute or outside."""
    return html.escape(readable(text), quote=True)


def pages(messages: int) -> int:
    """How many pages so many messages fill; one, if there are none."""
    return max(1, -(-messages // PER_PAGE))


def name(number: int) -> str:
    """The file name of a page: report.html, report-2.html, and so on."""
    return "report.html" if number == 1 else f"report-{number}.html"


def save(folder: Path, number: int, *, title: str, style: str, body: str) -> None:
    """Write page `number` into `folder`."""
    frame = _FRAME.format(language=wording.LANGUAGE, title=escape(title), style=COMMON + style, body=body)
    (folder / name(number)).write_text(frame, encoding="utf-8", newline="\n")


def way(number: int, last: int) -> str:
    """Links to the page before and after; nothing where there is only one page."""
    if last == 1:
        return ""
    here = wording.PAGE_OF.format(page=number, pages=last)
    before = (
        f'<a rel="prev" href="{name(number - 1)}">{wording.EARLIER}</a>' if number > 1 else "<span></span>"
    )
    after = (
        f'<a rel="next" href="{name(number + 1)}">{wording.LATER}</a>' if number < last else "<span></span>"
    )
    return f'<nav class="way" aria-label="{wording.PAGES}">{before}<span>{here}</span>{after}</nav>'
