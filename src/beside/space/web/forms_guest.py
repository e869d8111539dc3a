"""What a guest, or somebody who asks to be let in, may fill in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from beside.gate.canonical import LONGEST
from beside.space.models import Guest, Notices
from beside.space.verbs import countries

LONGEST_NAME = 60
LONGEST_NOTE = 2000


class Words(forms.CharField):
    """A few words or many, in the writer's own lines."""

    def __init__(self, *, label: Any, rows: int = 7, longest: int = LONGEST, **rest: Any) -> None:
        too_long = _("This is longer than can be sent in one message. Please send it in two parts.")
        super().__init__(
            label=label,
            max_length=longest,
            widget=forms.Textarea({"rows": rows}),
            error_messages={"required": _("There are no words yet."), "max_length": too_long},
            **rest,
        )

    def to_python(self, value: Any) -> str:
        """Line ends as they are stored, so that marked words are found again where they were."""
        return str(super().to_python(str(value or "").replace("\r\n", "\n").replace("\x00", "")))


class WriteForm(forms.Form):
    """A message."""

    text = Words(
        label=_("Your words"),
        help_text=_("As short as you like. Up to 20,000 characters fit in one message."),
    )


class OfferForm(forms.Form):
    """Practical help, on a day."""

    text = Words(
        label=_("What you would like to do"),
        rows=3,
        help_text=_(
            "One thing that you can really do, and that needs no answer. For example: soup at the door."
        ),
    )
    help_on = forms.DateField(
        label=_("On which day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Please choose a day."), "invalid": _("Please choose a day.")},
    )

    def clean_help_on(self) -> date:
        chosen: date = self.cleaned_data["help_on"]
        if chosen < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose one that comes."))
        return chosen


class ObjectForm(forms.Form):
    """Why somebody asks for another look."""

    why = Words(
        label=_("What whoever looks at it should know"),
        rows=3,
        longest=LONGEST_NOTE,
        required=False,
        help_text=_("You need not write anything here."),
    )


class AskForm(forms.Form):
    """Who asks to be let in."""

    name = forms.CharField(
        label=_("Your name, as they know you"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "If they let you in, your personal link comes to this address. It is used for nothing else."
        ),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Please write your e-mail address."),
            "invalid": _("This does not look like an e-mail address. Please look at it once more."),
        },
    )
    note = Words(
        label=_("A few words, so that they know who is asking"),
        rows=3,
        longest=LONGEST_NOTE,
    )


def _countries() -> list[tuple[str, str]]:
    return [("", gettext("I would rather not say")), *countries.choices()]


class SettingsForm(forms.Form):
    """How a guest is known, and what may be sent to them."""

    name = forms.CharField(
        label=_("Your name, as people here see it"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    country = forms.ChoiceField(
        label=_("The country you are in"),
        help_text=_("For the helplines that are shown to you. Nobody else sees it."),
        choices=_countries,
        required=False,
    )
    notices = forms.ChoiceField(
        label=_("E-mail when something new is shared, or about what you wrote"),
        choices=Notices.choices,
    )

    def __init__(self, *args: Any, guest: Guest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if guest.blocked_at:
            del self.fields["name"]
        if not guest.email:
            del self.fields["notices"]
