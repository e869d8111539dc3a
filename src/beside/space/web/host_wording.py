"""The questions that a host answers, in plain words; for the opening and for every change after it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from beside.codebook import BY_NAME, STRICTNESS, Rule
from beside.space.models import Space, Words
from beside.space.verbs.wording import CHOICE_NAMES, HURT_NAMES

LATER = ("", _("Decide later"))


class Question(NamedTuple):
    """A heading, what it means, and what holds until she decides."""

    short: Promise
    ask: Promise
    until: Promise


_ARRIVE = _("Until you decide, such words arrive.")
_FRIEND = _("Until you decide, such words do not come to you.")

CHOICES: dict[str, Question] = {
    "faith": Question(CHOICE_NAMES["faith"], _("May people write to you of prayer and faith?"), _ARRIVE),
    "shared_loss": Question(
        CHOICE_NAMES["shared_loss"], _("May people tell you of a loss of their own?"), _ARRIVE
    ),
    "other_pregnancy": Question(
        CHOICE_NAMES["other_pregnancy"],
        _("May people tell you of other pregnancies, or of babies who live?"),
        _FRIEND,
    ),
    "advice": Question(CHOICE_NAMES["advice"], _("May people give you advice?"), _FRIEND),
    "question": Question(
        CHOICE_NAMES["question"],
        _("May people ask you things?"),
        _("Until you decide, gentle questions arrive. Prying ones do not."),
    ),
    "off_topic": Question(
        CHOICE_NAMES["off_topic"], _("And words that have nothing to do with your loss?"), _FRIEND
    ),
}

_NOT_HERE = _("Until you decide, such words do not come to you.")
_SENT_BACK = _("Until you decide, they are turned away.")
CAUTION = (
    ("open", _("Let more come to me. Now and then something unkind may come with it.")),
    ("careful", _("Be careful, as it is at the start.")),
    ("very careful", _("Be very careful. More of what is kind will take longer.")),
)

PRESETS = (
    ("support only", _("Support only, as it is at the start")),
    ("no faith", _("No prayers and no faith")),
    ("rainbow stories welcome", _("Stories of later babies are welcome")),
    ("no stories of other losses", _("No stories of other losses")),
    ("quiet", _("Quiet: everything goes to the friend first")),
)


def until(label: str) -> Promise:
    """What holds while a label of the third group is left for later."""
    return _SENT_BACK if BY_NAME[label].default is Rule.DECLINE else _NOT_HERE


def rule_words(rule: Rule, space: Space) -> str:
    """What one rule does, as a host would say it."""
    if rule is Rule.WELCOME:
        return translate("They are welcome")
    if rule is Rule.DECLINE:
        return translate("Turn them away, kindly")
    if space.nobody_reads:
        return translate("Not to me; nobody reads them")
    return translate("Not to me; a friend reads them first")


def rules_for(label: str, space: Space) -> list[tuple[str, Any]]:
    """The answers that there are for a label. Her own choices are never a refusal: see `verbs.welcome`."""
    facts = BY_NAME[label]
    strictest = facts.strictest if label in HURT_NAMES else Rule.HOLD
    least, most = STRICTNESS[facts.softest], STRICTNESS[strictest]
    allowed = [rule for rule in Rule if least <= STRICTNESS[rule] <= most]
    return [(rule.value, rule_words(rule, space)) for rule in allowed]


def your_baby(space: Space) -> str:
    """Whom she lost, in her words, said to her; "" where she chose no word."""
    if space.words == Words.NAME and space.baby_name:
        return str(space.baby_name)
    known = {
        Words.SON: translate("your son"),
        Words.DAUGHTER: translate("your daughter"),
        Words.NONE: "",
    }
    return known.get(Words(space.words), translate("your baby"))


def cover_words(space: Space) -> str:
    """What stands on the cover of a photo until she says it otherwise."""
    if space.baby_name:
        return translate("This is %(name)s. Open when you like.") % {"name": space.baby_name}
    known = {
        Words.SON: translate("This is my son. Open when you like."),
        Words.DAUGHTER: translate("This is my daughter. Open when you like."),
        Words.NONE: translate("A photo. Open when you like."),
    }
    return known.get(Words(space.words), translate("This is my baby. Open when you like."))


def space_name(space: Space, host_name: str) -> str:
    """The name that she gave the space, or one after her."""
    return space.title or translate("%(name)s’s space") % {"name": host_name}
