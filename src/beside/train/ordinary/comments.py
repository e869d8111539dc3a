"""Labelled comments about anything, from several sources, under the seven labels of comment moderation.

A source seldom says something about every label. What it leaves open is `UNKNOWN` and takes no part in the
loss. The public sets are not part of this repository: `SETS` says whence each comes, under which licence.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from beside.api.scores import ORDINARY
from beside.train.corpus import Message

UNKNOWN = -1.0
Row = NDArray[np.float32]

# folder and file → repository, commit, licence
SETS = {
    "davidson/labeled_data.csv": "t-davidson/hate-speech-and-offensive-language cb50f7e, MIT",
    "edos/edos_labelled_aggregated.csv": "rewire-online/edos b1f1fbc, CC0 1.0",
    "goemotions/train.tsv": "monologg/GoEmotions-pytorch b75f9d3, data by Google, CC BY 4.0",
    "surge-toxicity/toxicity_en.csv": "surge-ai/toxicity ea80324, MIT",
    "surge-profanity/profanity_en.csv": "surge-ai/profanity 77dabf3, MIT",
    "youtube-spam/Youtube05-Shakira.csv": "UCI YouTube Spam Collection, CC BY 4.0",
}
OTHERS = frozenset({"davidson", "edos", "goemotions", "surge", "youtube", "replies"})  # all sources but ours
_KIND_FEELINGS = frozenset(
    "0 1 4 5 7 8 13 15 16 17 18 20 21 22 23 26 27".split()
)  # by labels.txt of GoEmotions
_EVERY = 8
_STRONG = 1.6  # from this severity on (0 to 3), a word of surge-profanity is one that people call profane


@dataclass(frozen=True, slots=True)
class Comment:
    """A text of a `source` and, per label of `ORDINARY`, how likely it applies, or `UNKNOWN`."""

    text: str
    wanted: Row
    source: str


def wanted(**known: float) -> Row:
    """A row of targets; labels that are not named are unknown."""
    return np.array([known.get(name, UNKNOWN) for name in ORDINARY], dtype=np.float32)


def nothing(**known: float) -> Row:
    """A row of targets; labels that are not named do not apply."""
    return np.array([known.get(name, 0.0) for name in ORDINARY], dtype=np.float32)


def missing(folder: Path) -> list[str]:
    """What has to be fetched into `folder` first, a line each."""
    return [
        f"{folder / file}: github.com or archive, {where}"
        for file, where in SETS.items()
        if not (folder / file).exists()
    ]


def ours(path: Path) -> Iterator[Comment]:
    """Comments that we wrote: every label is known."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Comment(row["text"], nothing(**dict.fromkeys(row["labels"], 1.0)), path.stem)


def replies(messages: Sequence[Message]) -> Iterator[Comment]:
    """The corpus of replies to the bereaved: what hurts there is toxic anywhere, what is kind nowhere."""
    for message in messages:
        found = message.labels
        known: dict[str, float] = {name: 1.0 for name in ("hate", "threat", "sexual") if name in found}
        row = {
            "threat": known.get("threat", 0.0),
            "sexual": known.get("sexual", 0.0),
            "identity_attack": known.get("hate", 0.0),
        }
        if found & {"hostility", "hate", "threat"}:
            row |= {"toxicity": 1.0, **({"insult": 1.0} if "hostility" in found else {})}
        elif not found & {"shaming", "blaming", "contention", "minimizing", "sexual", "crisis"}:
            row |= {"toxicity": 0.0, "insult": 0.0, "severe_toxicity": 0.0}
        yield Comment(message.text, wanted(**row), "replies")


def public(folder: Path) -> Iterator[Comment]:
    """Every comment of the public sets, profanity told by a list of words."""
    profane = profanity(folder)
    for source in (_davidson, _edos, _goemotions, _surge, _youtube):
        for comment in source(folder):
            row = comment.wanted.copy()
            if row[ORDINARY.index("profanity")] == UNKNOWN:
                row[ORDINARY.index("profanity")] = float(bool(profane.search(comment.text)))
            yield Comment(comment.text, row, comment.source)


@cache
def profanity(folder: Path) -> re.Pattern[str]:
    """Finds the words that most people call profane."""
    rows = _csv(folder / "surge-profanity/profanity_en.csv")
    words = {row["text"].lower() for row in rows if float(row["severity_rating"]) >= _STRONG}
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")\b", re.IGNORECASE
    )


def parted(comments: Iterable[Comment]) -> tuple[list[Comment], list[Comment]]:
    """Those to train on, and every eighth kept from it; by the text alone, so like texts stay together."""
    train: list[Comment] = []
    kept: list[Comment] = []
    for comment in comments:
        digest = hashlib.sha256(comment.text.strip().lower().encode()).digest()
        (kept if digest[0] % _EVERY == 0 else train).append(comment)
    return train, kept


def _davidson(folder: Path) -> Iterator[Comment]:
    """Tweets. "Offensive" was often said of dialect: it counts half as toxic and as no identity attack."""
    rows = {
        "0": wanted(toxicity=1, identity_attack=0.9, insult=0.8),
        "1": wanted(toxicity=0.65, identity_attack=0.05),
        "2": nothing(profanity=UNKNOWN),
    }
    for row in _csv(folder / "davidson/labeled_data.csv"):
        yield Comment(_tweet(row["tweet"]), rows[row["class"]], "davidson")


def _tweet(text: str) -> str:
    text = re.sub(r"&#\d+;", "", text).replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<")
    return re.sub(r"https?://\S+|\bRT\b", "", text).strip()


def _edos(folder: Path) -> Iterator[Comment]:
    """Posts from where sexism is common. What is not sexist may still be anything else, so it stays open."""
    kinds = {
        "1": wanted(toxicity=1, severe_toxicity=0.8, threat=0.9, identity_attack=0.8),
        "2": wanted(toxicity=1, insult=0.8, identity_attack=0.9),
        "3": wanted(toxicity=0.8, identity_attack=0.7),
        "4": wanted(toxicity=0.75, identity_attack=0.85),
    }
    for row in _csv(folder / "edos/edos_labelled_aggregated.csv"):
        yield Comment(
            row["text"], kinds.get(row["label_category"][0], wanted(threat=0, identity_attack=0.1)), "edos"
        )


def _goemotions(folder: Path) -> Iterator[Comment]:
    """Reddit lines with none but kind or neutral feelings and no profane word are no attack on anybody."""
    profane = profanity(folder)
    for line in (folder / "goemotions/train.tsv").read_text(encoding="utf-8").splitlines():
        text, labels, _ = line.split("\t")
        if set(labels.split(",")) <= _KIND_FEELINGS:
            swears = bool(profane.search(text))
            yield Comment(
                text,
                wanted(profanity=1, threat=0.02) if swears else nothing(toxicity=0.03, insult=0.02),
                "goemotions",
            )


def _surge(folder: Path) -> Iterator[Comment]:
    for row in _csv(folder / "surge-toxicity/toxicity_en.csv"):
        toxic = row["is_toxic"] == "Toxic"
        yield Comment(row["text"], wanted(toxicity=1) if toxic else nothing(profanity=UNKNOWN), "surge")


def _youtube(folder: Path) -> Iterator[Comment]:
    for path in sorted((folder / "youtube-spam").glob("*.csv")):
        for row in _csv(path):
            yield Comment(
                row["CONTENT"], wanted(threat=0, identity_attack=0.01, severe_toxicity=0), "youtube"
            )


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
