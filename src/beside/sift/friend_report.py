"""The report for the friend who reads first: counts that add up, what to do, and the messages by kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from beside.exports import Json
from beside.sift import page, wording
from beside.sift.counts import Tally
from beside.sift.friend_message import article
from beside.sift.friend_tables import crisis_note, files_table, kinds_table
from beside.sift.kinds import ORDER
from beside.sift.style import FRIEND


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A message that was not delivered, as its row tells."""

    kind: str
    outcome: str
    row: dict[str, Json]


def write(tally: Tally, names: list[str], kinds: Path, folder: Path) -> None:
    """Write the report's pages into `folder`; `kinds` holds a file of rows for each kind there is."""
    last = page.pages(tally.kinds.total())
    messages, before = _messages(kinds), ""
    for current in range(1, last + 1):
        shown = list(islice(messages, page.PER_PAGE))
        opening = _opening(tally, names) if current == 1 else _heading()
        body = f"{opening}\n{_groups(shown, before)}\n</main>\n{page.way(current, last)}\n{_end()}"
        page.save(folder, current, title=wording.FRIEND_TITLE, style=FRIEND, body=body)
        before = shown[-1].kind if shown else ""


def _messages(kinds: Path) -> Iterator[KeptBack]:
    for kind in ORDER:
        if not (kinds / kind).exists():
            continue
        with (kinds / kind).open(encoding="utf-8", newline="\n") as rows:
            for line in rows:
                outcome, payload = line.split("\t", 1)
                yield KeptBack(kind, outcome, json.loads(payload))


def _heading() -> str:
    return f"<header><h1>{wording.FRIEND_HEADING}</h1></header>\n<main>"


def _opening(tally: Tally, names: list[str]) -> str:
    welcome = "".join(f"<p>{paragraph}</p>" for paragraph in wording.FRIEND_WELCOME)
    return "\n".join(
        (
            f"<header><h1>{wording.FRIEND_HEADING}</h1>{welcome}</header>\n<main>",
            crisis_note() if tally.kinds["crisis"] else "",
            files_table(tally, names),
            kinds_table(tally),
            f"<h2>{wording.FRIEND_MESSAGES}</h2>" if tally.kinds else "",
        )
    )


def _groups(shown: list[KeptBack], before: str) -> str:
    """The messages of a page under the headings of their kinds; `before` ended the page before."""
    parts: list[str] = []
    current = ""
    for message in shown:
        if message.kind != current:
            parts.append(_group_heading(message.kind, continued=not current and message.kind == before))
            current = message.kind
        parts.append(article(message.kind, message.outcome, message.row))
    return "\n".join(parts)


def _group_heading(kind: str, *, continued: bool) -> str:
    called = wording.KINDS[kind]
    if continued:
        return f"<h3>{wording.FRIEND_CONTINUED.format(kind=called)}</h3>"
    return f'<h3 id="{kind}">{called}</h3>'


def _end() -> str:
    return f"<footer>{wording.FRIEND_END}</footer>"
