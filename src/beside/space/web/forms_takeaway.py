"""What is asked when somebody brings along or takes away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beside.space.verbs import bring_along, keepsake
from beside.space.web.forms_host import Plain

KEEP, LEAVE_OUT = "keep", "without"


class BringForm(Plain):
    """A file, and what becomes of the names in it."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("Up to 100 megabytes."),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("This file is empty. Please choose another one."),
        },
    )
    names = forms.ChoiceField(
        label=_("The names of those who wrote"),
        choices=[(KEEP, _("Keep the names")), (LEAVE_OUT, _("Leave the names out"))],
        initial=KEEP,
        widget=forms.RadioSelect,
    )
    own = forms.CharField(
        label=_("Your own name in that file"),
        required=False,
        max_length=120,
        help_text=_("What you wrote yourself is left out then. It may stay empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > bring_along.LARGEST:
            raise forms.ValidationError(
                _("This file is larger than 100 megabytes. Please bring a part of it.")
            )
        return file


class ColumnForm(Plain):
    """Which column holds the messages."""

    column = forms.ChoiceField(label=_("The column with the messages"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, columns: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["column"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(column, column) for column in columns]


class BookForm(Plain):
    """Which photos are in the book."""

    photos = forms.ChoiceField(
        label=_("Photos in the book"),
        choices=[
            (keepsake.ALL, _("All of them. On paper none is covered.")),
            (keepsake.OPEN, _("Only those that are not covered")),
            (keepsake.NONE, _("None")),
        ],
        initial=keepsake.ALL,
        widget=forms.RadioSelect,
    )
