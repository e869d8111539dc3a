"""One message in the friend's report: its words with the hurtful ones marked, why, and where it stands."""

from __future__ import annotations

from itertools import pairwise

from beside.exports import Json
from beside.sift import page, wording
from beside.sift.dates import spoken
from beside.sift.kinds import COVERED


def article(kind: str, outcome: str, row: dict[str, Json]) -> str:
    """The message, covered if it is among the worst."""
    said = marked(str(row["text"]), row["spans"]) or wording.FRIEND_NO_WORDS
    shown = f'<article><p dir="auto">{said}</p>{_reasons(row)}{_foot(outcome, row)}</article>'
    if outcome != "decline" and kind not in COVERED:
        return shown
    return f"<details><summary>{_cover(kind)}</summary>{shown}</details>"


def _cover(kind: str) -> str:
    if kind == "crisis":
        return wording.FRIEND_COVERED_CRISIS
    return wording.FRIEND_COVERED.format(kind=wording.KINDS[kind].lower())


def marked(text: str, spans: Json) -> str:
    """`text` as HTML with the words of `spans` marked, each mark named by its labels."""
    found = sorted(_spans(spans, len(text)))
    edges = sorted({0, len(text), *(edge for start, end, _ in found for edge in (start, end))})
    parts: list[str] = []
    for begin, stop in pairwise(edges):
        labels = dict.fromkeys(name for start, end, name in found if start <= begin and stop <= end)
        words = page.escape(text[begin:stop])
        names = page.escape(", ".join(wording.KINDS.get(name, name) for name in labels))
        parts.append(f'<mark title="{names}">{words}</mark>' if labels else words)
    return "".join(parts)


def _spans(spans: Json, length: int) -> list[tuple[int, int, str]]:
    """Spans that lie inside the text; a gate that errs about a place must not cost the message."""
    found = []
    for span in spans if isinstance(spans, list) else []:
        if isinstance(span, dict) and isinstance(span["start"], int) and isinstance(span["end"], int):
            start, end = max(0, span["start"]), min(length, span["end"])
            if start < end:
                found.append((start, end, str(span["label"])))
    return found


def _reasons(row: dict[str, Json]) -> str:
    reasons = row["reasons"] if isinstance(row["reasons"], list) else []
    listed = "".join(f"<li>{page.escape(str(reason))}</li>" for reason in reasons)
    return f"<ul>{listed}</ul>" if listed else ""


def _foot(outcome: str, row: dict[str, Json]) -> str:
    labels = row["labels"] if isinstance(row["labels"], list) else []
    parts = (
        wording.FRIEND_DECLINED_ONE if outcome == "decline" else wording.FRIEND_HELD_ONE,
        ", ".join(wording.KINDS.get(str(label), str(label)) for label in labels),
        str(row["author"]).strip(),
        spoken(str(row["date"])),
        wording.FRIEND_PLACE.format(file=row["file"], line=row["line"]),
    )
    return "<footer>" + " · ".join(f"<bdi>{page.escape(part)}</bdi>" for part in parts if part) + "</footer>"
