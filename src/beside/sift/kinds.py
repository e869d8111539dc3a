"""The kind under which a message that was not delivered is shown: the gravest thing about it."""

from __future__ import annotations

from beside.exports import Json

UNSURE = "unsure"
# Crisis comes first because it cannot wait; then from what is gravest to what is mildest.
ORDER = (
    "crisis",
    "threat",
    "hate",
    "sexual",
    "hostility",
    "spam",
    "blaming",
    "shaming",
    "contention",
    "intrusive",
    "minimizing",
    "platitude",
    "advice",
    "other_pregnancy",
    "faith",
    "question",
    "off_topic",
    UNSURE,
)
COVERED = frozenset(("crisis", "threat", "hate", "sexual"))


def kind_of(row: dict[str, Json]) -> str:
    """The first label in `ORDER` that the row carries; `UNSURE` if it carries none of them."""
    labels = row["labels"] if isinstance(row["labels"], list) else []
    return next((kind for kind in ORDER if kind in labels), UNSURE)
