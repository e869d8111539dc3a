"""The pages of a copy: one HTML file that needs nothing but the photos beside it, to read and to print."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beside.space.models import Audience, Kind, Notices, Words
from beside.space.verbs.pause import zone_named
from beside.space.verbs.wording import CHOICE_NAMES, HURT_NAMES

TAPS: dict[str, str | Promise] = {Kind.CANDLE: _("A candle"), Kind.HEART: _("A heart")}
KINDS: dict[str, str | Promise] = {
    **TAPS,
    Kind.OFFER: _("An offer of help"),
    Kind.REQUEST: _("A request to be let in"),
    Kind.IMPORTED: _("Brought along from another place"),
}
LABELS: dict[str, str | Promise] = {**CHOICE_NAMES, **HURT_NAMES}
RULES: dict[str, str | Promise] = {
    "welcome": _("They are welcome"),
    "hold": _("Not to you; a friend reads them first"),
    "decline": _("Turned away, kindly"),
}


def host_page(*, data: dict[str, Any]) -> str:
    """The page of a host's copy, in the language that is active and by her own clock."""
    rules = data["you"]["rules"]
    known = {
        "updates": [_update(update) for update in data["updates"]],
        "messages": [_message(message) for message in data["messages"]],
        "words": dict(Words.choices).get(data["space"]["words"]),
        "notices": dict(Notices.choices).get(data["you"]["notices"]),
        "rules": [
            (LABELS[label], RULES[rule])
            for label, rule in rules.get("labels", {}).items()
            if label in LABELS and rule in RULES
        ],
    }
    with timezone.override(zone_named(data["zone"])):
        return render_to_string("space/takeaway/copy_host.html", {**data, **known})


def guest_page(*, data: dict[str, Any]) -> str:
    """The page of a guest's copy."""
    known = {
        "messages": [_message(message) for message in data["messages"]],
        "notices": dict(Notices.choices).get(data["you"]["notices"]),
    }
    return render_to_string("space/takeaway/copy_guest.html", {**data, **known})


def _update(update: dict[str, Any]) -> dict[str, Any]:
    photos = [photo for photo in update["photos"] if photo["file"]]
    return {**update, "for_whom": dict(Audience.choices).get(update["audience"]), "photos": photos}


def _message(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "what": KINDS.get(message["kind"], "")}
