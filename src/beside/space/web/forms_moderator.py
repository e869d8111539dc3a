"""What a friend who reads first fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beside.space.verbs.review import KIND_REASONS
from beside.space.verbs.senders import LONGEST_NOTE

_MOST = 2000


class SeenField(forms.CharField):
    """The fates on a page and their revisions ("12:0,13:2"): nobody decides about what has changed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **kwargs)

    def to_python(self, value: object) -> dict[int, int]:  # type: ignore[override]
        pairs = [pair.split(":") for pair in str(value or "").split(",")[:_MOST] if pair]
        try:
            return {int(fate): int(revision) for fate, revision in pairs}
        except ValueError:
            return {}


def _outcome(*names: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[(name, name) for name in names])


class DecideForm(forms.Form):
    """What becomes of one message."""

    outcome = _outcome("deliver", "decline", "rephrase", "leave")
    seen = SeenField(required=False)
    reason = forms.ChoiceField(
        label=_("Why, in words that they will read"),
        choices=list(KIND_REASONS.items()),
        widget=forms.RadioSelect,
        required=False,
    )


class ManyForm(forms.Form):
    """What becomes of messages that are alike."""

    outcome = _outcome("decline", "leave")
    seen = SeenField()


class NoteForm(forms.Form):
    """A line for the other friends."""

    body = forms.CharField(
        label=_("A note"),
        help_text=_("Only the friends who read first here see it."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
