"""The top of the friend's report: what to do about a crisis, where every row went, and the kinds."""

from __future__ import annotations

from beside.sift import page, wording
from beside.sift.counts import Counts, Tally
from beside.sift.kinds import ORDER


def crisis_note() -> str:
    """What to do when somebody may be in danger."""
    note = "".join(f"<p>{paragraph}</p>" for paragraph in wording.CRISIS_NOTE)
    steps = "".join(f"<li>{step}</li>" for step in wording.CRISIS_STEPS)
    go = f'<p><a href="#crisis">{wording.CRISIS_GO}</a></p>'
    return f'<section class="care"><h2>{wording.CRISIS_HEADING}</h2>{note}<ol>{steps}</ol>{go}</section>'


def files_table(tally: Tally, names: list[str]) -> str:
    """Counts per file, and in all where there are several files."""
    heads = (
        wording.FRIEND_FILE,
        wording.FRIEND_ROWS,
        wording.FRIEND_DELIVERED,
        wording.FRIEND_HELD,
        wording.FRIEND_DECLINED,
        wording.FRIEND_UNREADABLE,
    )
    rows = [_counts_row(name, counts) for name, counts in zip(names, tally.files, strict=True)]
    if len(rows) > 1:
        rows.append(_counts_row(wording.FRIEND_ALL, tally.total, "sum"))
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<h2>{wording.FRIEND_COUNTS}</h2><div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f'<tbody>{"".join(rows)}</tbody></table></div><p class="note">{wording.FRIEND_COUNTS_NOTE}</p>'
    )


def _counts_row(name: str, counts: Counts, style: str = "") -> str:
    numbers = (counts.rows, counts.delivered, counts.held, counts.declined, counts.unreadable)
    cells = "".join(f"<td>{number:,}</td>" for number in numbers)
    return f'<tr class="{style}"><th scope="row">{page.escape(name)}</th>{cells}</tr>'


def kinds_table(tally: Tally) -> str:
    """A bar and a number for each kind, with a link to where it begins."""
    if not tally.kinds:
        return f"<h2>{wording.FRIEND_KINDS}</h2><p>{wording.FRIEND_NOTHING}</p>"
    most = max(tally.kinds.values())
    rows, before = [], 0
    for kind in (kind for kind in ORDER if tally.kinds[kind]):
        rows.append(_kind_row(kind, tally.kinds[kind], most, page.name(before // page.PER_PAGE + 1)))
        before += tally.kinds[kind]
    return (
        f'<h2>{wording.FRIEND_KINDS}</h2><table><thead><tr><th scope="col">{wording.FRIEND_KIND}</th>'
        f'<th aria-hidden="true"></th><th scope="col">{wording.FRIEND_NUMBER}</th></tr></thead>'
        f'<tbody>{"".join(rows)}</tbody></table><p class="note">{wording.FRIEND_KINDS_NOTE}</p>'
    )


def _kind_row(kind: str, number: int, most: int, where: str) -> str:
    width = max(1, round(100 * number / most))
    return (
        f'<tr><th scope="row"><a href="{where}#{kind}">{wording.KINDS[kind]}</a></th>'
        f'<td class="bar" aria-hidden="true"><div style="width:{width}%"></div></td><td>{number:,}</td></tr>'
    )
