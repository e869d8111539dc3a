"""What anybody may fill in."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beside.space.verbs.complain import LONGEST


class About(forms.UUIDField):
    """What a report is about, where the address says so. What is no number is about nothing in particular."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: object) -> UUID | None:
        try:
            found: UUID | None = super().clean(value)
        except ValidationError:
            return None
        return found


class ReportForm(forms.Form):
    """Something that should not be here, or a complaint."""

    text = forms.CharField(
        label=_("What is it about?"),
        help_text=_("In your own words. You need not prove anything."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )
    reply_to = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = About()
    update = About()
