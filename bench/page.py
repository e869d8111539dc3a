"""The page `docs/bench.md`: every figure on it comes from the run that wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench import prose
from bench.results import Results, Sifted, Spread, System
from beside.train.measure import Figure

_QUALITY = ("system", "lets a message through if", "leak", "hush", "AUC")
_SPEED = (
    "system",
    "one message, p50 ms",
    "p99 ms",
    "new messages/s",
    "seen again/s",
    "start, s",
    "memory, MB",
)
_POST = ("post", "comments", "distinct", "seconds", "seconds for the whole post", "peak memory, MB")
_NOTHING = "–"


def page(found: Results) -> str:
    """The whole page."""
    parts = [
        "# Quality and speed, beside peers",
        prose.TRIAL if found.tiny else "",
        prose.INTRODUCTION.format(date=found.date, command=found.command),
        "## Quality",
        prose.QUALITY.format(messages=found.messages),
        table(_QUALITY, map(_quality_row, found.systems)),
        "![Leak against hush for every system](bench.svg)",
        "## Speed",
        prose.SPEED.format(repeats=found.repeats, real=found.characters[0], made=found.characters[1]),
        table(_SPEED, map(_speed_row, filter(_is_timed, found.systems))),
        _counts(found.systems),
        "## A famous post",
        prose.POST.format(repeats=found.sifts),
        table(_POST, map(_post_row, found.posts)),
        prose.SCALED if any(post.share > 1 for post in found.posts) else "",
        "## Where it ran",
        table(("what", "which"), found.machine),
        "## What these figures do not say",
        prose.NOTES,
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar or a break within a cell does not end the cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def percent(figure: Figure) -> str:
    """A share with its interval and count."""
    if figure.count == 0:
        return _NOTHING
    value, low, high = (f"{100 * part:.1f}" for part in (figure.value, figure.low, figure.high))
    return f"{value} % ({low} to {high}; n = {figure.count:,})"


def spread(values: Spread) -> str:
    """Minimum, median and maximum, three digits each."""
    return " / ".join(map(_number, (values.low, values.median, values.high)))


def _number(value: float) -> str:
    # Rounded first, so that 99.96 does not come out as 100.0 beside another's 100.
    if round(value, 1) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if round(value, 2) >= 10 else f"{value:.2f}"


def _named(system: System) -> str:
    return f"{system.name} {system.version}".strip()


def _quality_row(system: System) -> tuple[str, ...]:
    found = system.quality
    if found is None:
        return (_named(system), system.missing, _NOTHING, _NOTHING, _NOTHING)
    auc = f"{found.auc.value:.3f} ({found.auc.low:.3f} to {found.auc.high:.3f}; n = {found.auc.count:,})"
    return (_named(system), system.rule, percent(found.leak), percent(found.hush), auc)


def _is_timed(system: System) -> bool:
    # A row that is there for its quality alone has no speed of its own; a missing peer is listed again.
    return system.speed is not None or bool(system.missing)


def _speed_row(system: System) -> tuple[str, ...]:
    fast = system.speed
    if fast is None:
        return (_named(system), system.missing, *[_NOTHING] * (len(_SPEED) - 2))
    measured = (fast.p50, fast.p99, fast.new, fast.again, fast.start, fast.memory)
    return (_named(system), *map(spread, measured))


def _counts(systems: Sequence[System]) -> str:
    told = [
        f"{system.name} {system.speed.alone:,} and {system.speed.together.median:,.0f}"
        for system in systems
        if system.speed
    ]
    return f"Messages a repeat, one by one and together: {'; '.join(told)}." if told else ""


def _post_row(post: Sifted) -> tuple[str, ...]:
    whole = spread(post.seconds.times(post.share)) + (" (scaled)" if post.share > 1 else "")
    counts = (f"{post.comments:,}", f"{post.distinct:,}")
    return (post.title, *counts, spread(post.seconds), whole, spread(post.memory))
