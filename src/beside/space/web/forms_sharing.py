"""What a host fills in to share something, to let somebody in, and to answer."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import Audience, Circle, Host
from beside.space.verbs.inbox import LONGEST_ANSWER
from beside.space.verbs.pause import zone_named
from beside.space.web.forms_host import Plain, clock, text

LONGEST_TELLING = 50_000
_MORNING = time(9)


def _name_of(circle: Circle) -> str:
    return str(circle.name)


class WithCircles(Plain):
    """A form that offers the circles of one space."""

    circles = forms.ModelMultipleChoiceField(
        label=_("Circles"),
        queryset=Circle.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["circles"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = host.space.circles.order_by("pk")
        field.label_from_instance = _name_of  # type: ignore[method-assign, assignment]
        if not field.queryset.exists():
            del self.fields["circles"]


class TellingForm(Plain):
    """The words of an update."""

    body = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST_TELLING,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").replace("\x00", "")
        if not body.strip():
            raise forms.ValidationError(_("There is nothing here yet. A few words are enough."))
        return body


class PhotoForm(Plain):
    """One photo, covered unless she says otherwise."""

    photo = forms.FileField(
        label=_("A photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )
    alt = text(
        _("What it shows, for people who cannot see it"),
        500,
        required=False,
        help_text=_("Only if you would like to say it."),
    )
    covered = forms.BooleanField(
        label=_("Covered, until somebody chooses to open it"), required=False, initial=True
    )
    cover_words = text(_("Words on the cover"), 200, required=False)


class ShareForm(WithCircles):
    """Who may read an update, and when."""

    field_order = ("audience", "circles", "shares_replies", "anonymous", "when", "day", "hour")
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, widget=forms.RadioSelect
    )
    shares_replies = forms.BooleanField(
        label=_("Those who may read it also see what others wrote back"), required=False
    )
    anonymous = forms.BooleanField(label=_("Without my name"), required=False)
    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("Now")), ("later", _("Later, on a day that I choose"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(label=_("Time"), required=False, widget=clock())

    def __init__(self, *args: Any, host: Host, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, host=host, **kwargs)
        self.zone = zone_named(host.person.time_zone if host.person else "UTC")
        if published:
            for name in ("when", "day", "hour"):
                del self.fields[name]
        if "circles" not in self.fields:
            audience = self.fields["audience"]
            assert isinstance(audience, forms.ChoiceField)
            audience.choices = [pair for pair in Audience.choices if pair[0] != Audience.CIRCLES]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("audience") == Audience.CIRCLES and not given.get("circles"):
            self.add_error("circles", _("Please choose at least one circle."))
        if given.get("when") == "later":
            self._time(given)
        return given

    def _time(self, given: dict[str, Any]) -> None:
        if not given.get("day"):
            if "day" not in self.errors:
                self.add_error("day", _("Please choose a day."))
            return
        given["at"] = datetime.combine(given["day"], given.get("hour") or _MORNING, self.zone)
        if given["at"] <= timezone.now():
            self.add_error("day", _("This time is over. Please choose a later one."))


class InviteForm(WithCircles):
    """Somebody to let in."""

    field_order = ("name", "email", "circles")
    name = text(_("Their name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("With an address the link is sent for you. Without one you give it to them yourself."),
    )


class CircleForm(Plain):
    """A circle's name."""

    name = text(
        _("A name for the circle"), help_text=_("Only you see it. For example: family, work, the choir.")
    )


class AnswerForm(Plain):
    """Words back to a message."""

    body = text(
        _("Your answer"),
        LONGEST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Empty, your answer is taken back."),
    )
