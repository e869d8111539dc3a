"""What a host may fill in about herself and her space. Nearly everything may stay empty."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from beside.space.models import Host, Notices, Words
from beside.space.verbs import countries

_NO_COUNTRY = ("", _("Decide later"))


def clock() -> forms.TimeInput:
    """The browser's own field for a time."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def text(label: object, longest: int = 80, **more: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=longest, **more)  # type: ignore[arg-type]


class Plain(forms.Form):
    """Labels without a colon, errors where the page puts them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)


class NameForm(Plain):
    """What guests call her; the one thing that is needed."""

    name = text(
        _("Your name, as the people you let in know it"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class NamesForm(NameForm):
    """Her name and the space's."""

    title = text(
        _("A name for the space"), 120, required=False, help_text=_("Empty, it is called after you.")
    )


class WordsForm(Plain):
    """What she calls whom she lost."""

    words = forms.ChoiceField(label=_("Words to use"), choices=Words.choices, widget=forms.RadioSelect)


class BabyForm(Plain):
    """A name and dates; both may stay empty."""

    baby_name = text(_("A name"), required=False)
    dates = text(
        _("A date, or more than one"),
        160,
        required=False,
        help_text=_("In your own words, for example “born and died 3 March”."),
    )


class CountryForm(Plain):
    """So that the right helplines are offered."""

    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=lazy(lambda: [_NO_COUNTRY, *countries.choices()], list),
    )


class ChoiceForm(Plain):
    """One question with a few answers; none is an answer too."""

    answer = forms.ChoiceField(label="", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, label: object, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.choices = label, choices  # type: ignore[assignment]


class SomebodyForm(Plain):
    """A person to write to: the friend who reads first, or the other parent."""

    name = text(_("Their name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Their e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).strip().lower()
        if self.host.person and address == self.host.person.email.lower():
            raise forms.ValidationError(_("This is your own address. Please give theirs."))
        return address


class FriendForm(SomebodyForm):
    """Whom to ask to read first."""

    def clean_email(self) -> str:
        address = super().clean_email()
        asked = self.host.space.moderators.filter(ended_at=None)
        if address and any(one.email == address for one in asked):
            raise forms.ValidationError(_("This person is asked already."))
        return address


class FirstFriendForm(FriendForm):
    """The same, while a space opens: somebody, or in so many words nobody, or later."""

    field_order = ("who", "name", "email")
    who = forms.ChoiceField(
        label=_("Who reads first"),
        required=False,
        choices=[
            ("ask", _("Ask the person below")),
            ("nobody", _("Nobody. Nobody reads what is held, and it stays unread.")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = self.fields["email"].required = False

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("who") == "nobody" or not (given.get("who") or given.get("name") or given.get("email")):
            return given
        for field in ("name", "email"):
            if not given.get(field) and field not in self.errors:
                self.add_error(field, _("This is needed to ask them."))
        return {**given, "who": "ask"}


class QuietHoursForm(Plain):
    """Hours of each day in which nothing reaches her."""

    start = forms.TimeField(label=_("From"), required=False, widget=clock())
    end = forms.TimeField(
        label=_("Until"),
        required=False,
        help_text=_("Leave both empty for no quiet hours."),
        widget=clock(),
    )
    zone = forms.ChoiceField(label=_("Your time zone"), choices=lambda: [(name, name) for name in zones()])


class NoticesForm(Plain):
    """How often she wants e-mail."""

    notices = forms.ChoiceField(label=_("E-mail"), choices=Notices.choices, widget=forms.RadioSelect)


class SafetyForm(Plain):
    """Whom to tell, if she wants it, when her own words sound like danger."""

    agreed = forms.BooleanField(label=_("Yes, tell this person"), required=False)
    name = text(_("Their name"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("agreed") and not given.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please give an address, or take the tick away."))
        return given


class LeaveForm(Plain):
    """What becomes of her part when she leaves."""

    part = forms.ChoiceField(
        label=_("What you shared and answered"),
        choices=[
            ("seal", _("Seal it: nobody can read it any more")),
            ("stay", _("Leave it where it is")),
        ],
        initial="seal",
        widget=forms.RadioSelect,
    )


def zones() -> list[str]:
    """The time zones that are named after a place, and UTC."""
    places = {
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))
    }
    return ["UTC", *sorted(places)]
