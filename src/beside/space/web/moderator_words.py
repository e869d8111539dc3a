"""A held message as a friend sees it: the reasons in plain words, the words that earned them marked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from beside.gate.reasons import WORDS
from beside.space.models import By, Kind, State
from beside.space.verbs.marked import Piece, pieces
from beside.space.verbs.review import Waiting

LONG = 1200
_OWN: dict[str, str | Promise] = {
    "sender": _("The name that it was sent under may hurt."),
    "asked": _("The sender asked that a friend reads it first."),
    "blocked": _("The sender is blocked here."),
}
_HANDED = _("It had arrived, and was handed to you so that it need not be read again.")
_KINDS: dict[str, str | Promise] = {
    Kind.OFFER: _("An offer of help"),
    Kind.REQUEST: _("Somebody asks to be let in"),
    Kind.IMPORTED: _("Brought along from another place"),
    Kind.CANDLE: _("A candle"),
    Kind.HEART: _("A heart"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One message and everything that its sheet shows."""

    one: Waiting
    pieces: list[Piece]
    reasons: list[str | Promise]
    marked: list[tuple[str, str]]

    @property
    def seen(self) -> str:
        return as_seen([self.one])

    @property
    def kind(self) -> str | Promise:
        return _KINDS.get(self.one.message.kind, "")

    @property
    def covered(self) -> bool:
        """Whether it is closed until opened: the worst of it, and what is very long."""
        return self.one.is_worst or len(self.one.text) > LONG

    @property
    def name_shown(self) -> bool:
        return "sender" not in self.one.codes

    @property
    def several_kinds(self) -> bool:
        """Whether it has to be said which words earned which reason."""
        return len({why for _words, why in self.marked}) > 1

    @property
    def is_threat(self) -> bool:
        return "threat" in self.one.labels

    @property
    def outcomes(self) -> list[str | Promise]:
        """What was decided so far, for an objection."""
        return [_decided(fate.state, fate.by) for fate in self.one.fates]


def card(one: Waiting) -> Card:
    """How one message is shown."""
    ranges = [(start, end) for start, end, _label in one.spans]
    named = dict.fromkeys((one.text[start:end], label) for start, end, label in one.spans)
    return Card(
        one=one,
        pieces=pieces(one.text, ranges),
        reasons=[_HANDED] if one.handed_over else _reasons(one.codes),
        marked=[(words, gettext(WORDS[label])) for words, label in named],
    )


def as_seen(waiting: list[Waiting]) -> str:
    """Fates and revisions for a form."""
    return ",".join(f"{pk}:{revision}" for one in waiting for pk, revision in one.seen.items())


def _reasons(codes: list[str]) -> list[str | Promise]:
    return [_reason(code) for code in codes if code != "crisis"]  # that one has a box of its own


def _reason(code: str) -> str | Promise:
    return _OWN.get(code) or gettext(WORDS.get(code, WORDS["failed"]))


def _decided(state: str, by: str) -> str | Promise:
    if state == State.RETURNED:
        return _("A friend asked for other words.")
    if state != State.DECLINED:
        return _("It waits.")
    if by == By.MACHINE:
        return _("The program that reads first did not pass it on.")
    return _("A friend did not pass it on.")
