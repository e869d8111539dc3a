"""What the operator fills in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from beside.space.verbs import countries
from beside.space.verbs.complain import LONGEST

_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


def _text(label: Any, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False)


def _days(label: Any, fewest: int = 1, most: int = 3650) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=fewest, max_value=most)


class ClaimForm(forms.Form):
    """The first operator: the code from the terminal, and an address to sign in with from now on."""

    code = forms.CharField(
        label=_("The set-up code"),
        help_text=_("It stands in the terminal in which Beside was started."),
        max_length=100,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it later; a code comes by mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"]


class SettingForm(forms.Form):
    """Fields of the installation that are settled together: a heading, and a sentence that says what for."""

    heading: ClassVar[str | Promise]
    lead: ClassVar[str | Promise]


class ContactForm(SettingForm):
    """The name of the place, and where people reach whoever runs it."""

    heading = _("A contact for everybody")
    lead = _("Somebody has to be reachable for whoever uses this place.")
    name = forms.CharField(
        label=_("What this place is called"),
        help_text=_("It stands at the top of each page. A neutral name gives nobody away."),
        max_length=80,
    )
    contact_email = forms.EmailField(
        label=_("An e-mail address for everybody"),
        help_text=_("Shown to everybody: for questions, complaints and requests."),
    )


class SafeguardingForm(SettingForm):
    """The person who is told at once when somebody may be in danger."""

    heading = _("Who is told when somebody may be in danger")
    lead = _(
        "When words sound as if somebody may be in danger, or as if they were threatened, this person "
        "gets an e-mail at once. The text is never in it. The procedure stands in docs/safeguarding.md; "
        "please read it together."
    )
    safeguarding_name = forms.CharField(
        label=_("Their name"), help_text=_("Shown to friends who read first."), max_length=80
    )
    safeguarding_email = forms.EmailField(
        label=_("Their e-mail address"), help_text=_("Read it often: what is urgent comes here.")
    )
    safeguarding_phone = forms.CharField(label=_("Their telephone number"), max_length=40, required=False)


def _countries() -> list[tuple[str, str]]:
    return [("", "–"), *countries.choices()]


class CountryForm(forms.Form):
    """One more country that is served."""

    country = forms.ChoiceField(label=_("Country"), choices=lazy(_countries, list))


class HelplineForm(forms.Form):
    """A helpline, and who has checked it today."""

    service = forms.CharField(label=_("Name of the service"), max_length=120)
    for_whom = _text(_("For whom"), 200)
    number = _text(_("Number"), 80)
    address = _text(_("Website"), 200)
    hours = _text(_("When it answers"), 120)
    cost = _text(_("What it costs"), 80)
    languages = _text(_("Languages"), 120)
    is_crisis = forms.BooleanField(label=_("For somebody in danger, or who cannot go on"), required=False)
    source = _text(_("Where this was read"), 300)
    checked_by = forms.CharField(
        label=_("Your name, if you have checked it today"),
        help_text=_(
            "Checked means: you rang it, or read it today on its own page, and number, hours and cost are "
            "right. It is shown from then on. Without a name it is shown to nobody."
        ),
        max_length=80,
        required=False,
    )

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if given.get("checked_by") and not (given.get("number") or given.get("address")):
            self.add_error("number", _("Without a number or a website nobody can reach it."))


class HouseRulesForm(SettingForm):
    """The rules of the house."""

    heading = _("House rules")
    lead = _("They are shown to everybody, and stand behind every decision.")
    house_rules = forms.CharField(
        label=_("House rules in your own words"),
        help_text=_("While this is empty, the usual rules are shown."),
        max_length=20_000,
        widget=forms.Textarea,
        required=False,
    )


class OpeningForm(forms.Form):
    """Who may open spaces."""

    anyone_may_open = forms.TypedChoiceField(
        label=_("Who may open a space?"),
        choices=[("no", _("Only people whom I name below")), ("yes", _("Anybody with an account"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class OpenerForm(forms.Form):
    """Somebody who may."""

    email = forms.EmailField(label=_("E-mail address of somebody who may open a space"))


class RetentionForm(SettingForm):
    """For how long what is kept."""

    heading = _("How long things are kept")
    lead = _("As short as you can, as long as you must. What people share stays until they erase it.")
    keep_declined_days = _days(_("Days to keep what was not passed on, as evidence"))
    keep_held_days = _days(_("Days to keep what waits and nobody decides about"))
    keep_audit_days = _days(_("Days to keep the record of decisions"))
    grace_days = _days(_("Days in which an erasure can still be undone"), fewest=0, most=90)


class ExitForm(SettingForm):
    """Whether spaces may offer a quick exit."""

    heading = _("Quick exit")
    lead = _(
        "For places where being seen here can put somebody at risk: a hidden pregnancy, control by "
        "somebody at home, a law against a loss."
    )
    quick_exit = forms.BooleanField(
        label=_("Offer a quick exit in spaces that want one"),
        help_text=_(
            "A button that leads to a neutral page at once. It cannot remove this place from a browser’s "
            "history, and the page says so."
        ),
        required=False,
    )


class FindForm(forms.Form):
    """A space by its number or its host's address."""

    text = forms.CharField(
        label=_("The number of a space, or the e-mail address of somebody who hosts it"), max_length=254
    )


class ReasonForm(forms.Form):
    """Why somebody looks in."""

    reason = forms.CharField(
        label=_("Why you look"),
        help_text=_(
            "Those who share there can read this. Quote nothing, and say nothing of what was kept from them."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EvidenceForm(forms.Form):
    """Evidence for the police, at a host's request."""

    host = forms.ChoiceField(label=_("Who asked for it"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("How they asked, and the number of the case where there is one"),
        help_text=_("It is recorded, and those who share in the space can read it."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sender = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hosts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["host"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = hosts


class OutcomeForm(forms.Form):
    """What was done about a report."""

    outcome = forms.CharField(
        label=_("What was done, and why"),
        help_text=_("Kept as the record of it. It closes the report."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
