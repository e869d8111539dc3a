"""A row of the outbox as an e-mail: plain text, a neutral subject, links, never a word of the space.

The texts are in `templates/space/mail/`, one a kind. What a mail may name is the hosts, where somebody is
asked to come in or to read first; never the baby, never an update, never a message.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beside.space.models import Guest, Host, Outbox, Person, Space
from beside.space.verbs.links import address
from beside.space.verbs.unsubscribe import unsubscribe_token
from beside.space.verbs.wanted import guest_of, person_of

_SUBJECTS: dict[str, str | Promise] = {
    "guest_invited": _("A personal link for you"),
    "moderator_asked": _("A question from somebody you know"),
    "host_invited": _("A personal link for you"),
    "update_shared": _("Something new to read"),
    "sender_told": _("About something you wrote"),
    "arrived": _("Something is there for you, whenever you like"),
    "waiting": _("Something is waiting to be read by you"),
    "digest_reminder": _("Something is still waiting to be read"),
    "urgent": _("Please look at this now"),
    "complaint": _("Something was reported"),
    "erased": _("What you asked for is done"),
    "answered": _("About something you wrote"),
    "host_in_danger": _("Please look after somebody who named you"),
    "erasure_asked": _("A question for you"),
    "erasure_planned": _("About something that you share"),
    "friends_gone": _("About something that you share"),
}
# where the button of each mail leads: the name of a route, and what it takes
_PAGES: dict[str, tuple[str, str]] = {
    "guest_invited": ("come_in", "token"),
    "moderator_asked": ("moderator_invitation", "token"),
    "host_invited": ("host_invitation", "token"),
    "update_shared": ("guest_home", "space_id"),
    "sender_told": ("guest_home", "space_id"),
    "arrived": ("host_home", "space_id"),
    "waiting": ("moderator_home", "space_id"),
    "digest_reminder": ("home", ""),
    "urgent": ("home", ""),
    "complaint": ("operator_complaints", ""),
    "answered": ("guest_home", "space_id"),
    "host_in_danger": ("help", ""),
    "erasure_asked": ("host_erase", "space_id"),
    "erasure_planned": ("host_erase", "space_id"),
    "friends_gone": ("host_friends", "space_id"),
}


def letter(*, row: Outbox) -> EmailMessage:
    """The mail of a row, in the language of whoever gets it."""
    address, _, token = row.to.partition("\n")
    who = guest_of(row) or person_of(row)
    with translation.override(_language(who)):
        leave = _leave(who)
        mail = EmailMessage(
            subject=str(_SUBJECTS[row.kind]),
            body=render_to_string(f"space/mail/{row.kind}.txt", _known(row, token, leave)),
            to=[address],
            headers=_headers(row, leave),
        )
        mail.message()  # what cannot be written as a mail fails here, not in front of the server
    return mail


def message_id(key: str) -> str:
    """The same for every attempt at a row, so that a repeat is recognised as one."""
    host = urlsplit(settings.BESIDE_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _headers(row: Outbox, leave: str) -> dict[str, str]:
    headers = {"Message-ID": message_id(row.key), "Auto-Submitted": "auto-generated"}
    if leave:
        headers["List-Unsubscribe"] = f"<{leave}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _known(row: Outbox, token: str, leave: str) -> dict[str, object]:
    return {
        "link": _link(row, token),
        "hosts": _names(row.space) if row.space else "",
        "host": _name(row),
        "nobody_reads": bool(row.space and row.space.nobody_reads),
        "after_a_week": bool(row.about.get("after_a_week")),
        "volunteer": bool(row.about.get("volunteer")),
        "leave": leave,
    }


def _link(row: Outbox, token: str) -> str:
    name, takes = _PAGES.get(row.kind, ("front", ""))
    values = {"token": token, "space_id": row.space_id}
    return address(name, **({takes: values[takes]} if takes else {}))


def _leave(who: Guest | Person | None) -> str:
    return address("unsubscribe", token=unsubscribe_token(who=who)) if who else ""


def _names(space: Space) -> str:
    """The hosts by the names that they go by, each on one line whatever was typed."""
    names = (" ".join(host.name.split())[:80] for host in space.hosts.filter(left_at=None).order_by("pk"))
    return " & ".join(name for name in names if name)


def _name(row: Outbox) -> str:
    """The one host that a mail is about."""
    host = Host.objects.filter(pk=row.about.get("host")).first()
    return " ".join(host.name.split())[:80] if host else ""


def _language(who: Guest | Person | None) -> str:
    return (who.language if isinstance(who, Person) else "") or settings.LANGUAGE_CODE
