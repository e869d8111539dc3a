"""What a guest is told before sending words that may hurt: which words, why, and what helps instead.

It speaks of the kind of hurt only, never of scores, and is the same for every host. It answers so often and
no more, so that nobody can use it to find words that slip past the gate; over that it says nothing and the
gate holds the message as ever. Somebody who may be in danger is never met by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beside.gate import Action
from beside.space.models import Guest
from beside.space.verbs import limits
from beside.space.verbs.marked import Piece, pieces
from beside.space.verbs.reading import hurts
from beside.space.verbs.receive import preview

Words = str | Promise
PER, BURST = timedelta(minutes=10), 6


@dataclass(frozen=True, slots=True)
class Hurt:
    """One kind of hurt: why it may hurt, and what helps instead."""

    why: Words
    instead: Words


@dataclass(frozen=True, slots=True)
class Nudge:
    """The text in pieces, the kinds of hurt in it, and whether a friend can let such words through at all."""

    pieces: list[Piece]
    hurts: list[Hurt]
    friend_may_pass: bool


HURTS: dict[str, Hurt] = {
    "platitude": Hurt(
        _("Words that explain a loss often hurt more than they help."),
        _("No reason and no promise is needed. It helps to say that you are sorry, and that you are there."),
    ),
    "minimizing": Hurt(
        _("Words that compare or hurry the grief can hurt."),
        _("It helps to let the loss be as large as it is, and to leave the time it takes open."),
    ),
    "blaming": Hurt(
        _("It can be read as saying that somebody is at fault."),
        _("Most parents already ask themselves this at night. It helps to leave causes out altogether."),
    ),
    "shaming": Hurt(
        _("It can be read as a reproach for grieving or sharing."),
        _("There is no right way to grieve. It helps to thank somebody for telling you."),
    ),
    "intrusive": Hurt(
        _("It asks for something that may be private."),
        _("It helps to leave it to them what they tell, and to say that you will listen whenever they want."),
    ),
    "contention": Hurt(
        _("It brings in an argument."),
        _("It helps to keep that for another place, and to stay with the people who grieve."),
    ),
    "hostility": Hurt(
        _("It can be read as an insult or as mockery."),
        _("If you are angry, it helps to wait before you write. If it was meant fondly, try plainer words."),
    ),
    "hate": Hurt(
        _("It attacks people for who they are."),
        _("Words like these have no place here."),
    ),
    "threat": Hurt(
        _("It can be read as a threat, or as wishing somebody harm."),
        _("If you fear for somebody’s safety, please call the emergency services where you are."),
    ),
    "sexual": Hurt(
        _("It can be read as sexual."),
        _("Words like these have no place here."),
    ),
    "spam": Hurt(
        _("It reads like an advertisement, or like something that was copied."),
        _("A few words of your own are worth more. Help that you give yourself is welcome."),
    ),
}


def nudge(*, guest: Guest, text: str) -> Nudge | None:
    """What to say before this text is sent, or `None` when there is nothing to say."""
    if not limits.take(who=f"guest {guest.pk}", what="nudge", per=PER, burst=BURST):
        return None
    decision = preview(text=text)
    found = hurts(decision)
    if not found or {"crisis", "language"} & set(decision.codes):
        return None
    return Nudge(
        pieces=pieces(text, [(span.start, span.end) for span in decision.spans if span.label in found]),
        hurts=[HURTS[name] for name in found],
        friend_may_pass=decision.action is Action.HOLD,
    )
