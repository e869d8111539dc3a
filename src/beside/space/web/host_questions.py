"""One question a screen: what it asks, its form, and where the answer goes; at the opening and later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beside.codebook import NAMES
from beside.space.models import Host
from beside.space.verbs import open_space, welcome
from beside.space.verbs.wording import HURT_NAMES
from beside.space.web import forms_host, host_wording

Data = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Question:
    """`ask` is the heading, `tell` one sentence below it."""

    ask: Any
    tell: Any
    form: Callable[[Host, Data], forms.Form]
    save: Callable[[Host, dict[str, Any]], None]


def _about(form: type[forms.Form], *fields: str) -> dict[str, Callable[..., Any]]:
    def made(host: Host, data: Data) -> forms.Form:
        known = {name: getattr(host if name == "name" else host.space, name) for name in fields}
        return form(data, initial=known)

    def save(host: Host, given: dict[str, Any]) -> None:
        open_space.describe(host=host, **{name: given[name] for name in fields})

    return {"form": made, "save": save}


def _rule(label: str, ask: Any) -> dict[str, Callable[..., Any]]:
    def made(host: Host, data: Data) -> forms.Form:
        choices = [*host_wording.rules_for(label, host.space), host_wording.LATER]
        initial = {"answer": welcome.answers(host=host).get(label, "")}
        return forms_host.ChoiceForm(data, label=ask, choices=choices, initial=initial)

    def save(host: Host, given: dict[str, Any]) -> None:
        welcome.answer(host=host, label=label, rule=given["answer"])

    return {"form": made, "save": save}


def _caution(host: Host, data: Data) -> forms.Form:
    choices = [*host_wording.CAUTION, host_wording.LATER]
    initial = {"answer": host.rules.get("caution", "")}
    return forms_host.ChoiceForm(data, label=_("How careful"), choices=choices, initial=initial)


def _preset(host: Host, data: Data) -> forms.Form:
    choices = [*host_wording.PRESETS, host_wording.LATER]
    initial = {"answer": host.rules.get("preset", "")}
    return forms_host.ChoiceForm(data, label=_("Where to begin"), choices=choices, initial=initial)


def _friend(host: Host, data: Data) -> forms.Form:
    return forms_host.FirstFriendForm(data, host=host)


def _ask_friend(host: Host, given: dict[str, Any]) -> None:
    if given.get("who") == "ask":
        open_space.ask_moderator(host=host, name=given["name"], email=given["email"])
    elif given.get("who") == "nobody":
        open_space.nobody_reads(host=host)


QUESTIONS: dict[str, Question] = {
    "name": Question(
        _("Your name, and the space’s"),
        _("Both are seen by the people you let in."),
        **_about(forms_host.NamesForm, "name", "title"),
    ),
    "words": Question(
        _("Which words would you like to use?"),
        _("They are used everywhere here. You can change them at any time."),
        **_about(forms_host.WordsForm, "words"),
    ),
    "baby": Question(
        _("Is there a name, or a date, that you would like to have here?"),
        _("Both may stay empty."),
        **_about(forms_host.BabyForm, "baby_name", "dates"),
    ),
    "country": Question(
        _("Which country are you in?"),
        _("So that the right helplines are offered to you and to those who write."),
        **_about(forms_host.CountryForm, "country"),
    ),
    **{
        label: Question(words.ask, words.until, **_rule(label, words.short))
        for label, words in host_wording.CHOICES.items()
    },
    **{
        label: Question(words, host_wording.until(label), **_rule(label, words))
        for label, words in HURT_NAMES.items()
    },
    "caution": Question(
        _("How careful shall Beside be?"),
        _("Before a message comes to you, a program has to be sure that it is support."),
        form=_caution,
        save=lambda host, given: welcome.be_cautious(host=host, level=given["answer"]),
    ),
    "preset": Question(
        _("Where would you like to begin?"),
        _("This takes the place of all the answers you gave. Each can be changed afterwards."),
        form=_preset,
        save=lambda host, given: welcome.begin_from(host=host, preset=given["answer"]),
    ),
    "friend": Question(
        _("Who reads first?"),
        _(
            "Some messages are held back from you. A friend can read those, so that you need not. "
            "They decide what reaches you."
        ),
        form=_friend,
        save=_ask_friend,
    ),
}

OPENING = ("words", "baby", "country", *welcome.QUESTIONS, "friend")
ABOUT = ("name", "words", "baby", "country")
RULES = tuple(name for name in QUESTIONS if name in NAMES or name in ("caution", "preset"))
