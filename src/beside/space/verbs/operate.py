"""Running the installation: the first operator, the set-up, and who may open spaces."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beside.space.models import Installation, Person
from beside.space.verbs import audit, helplines
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.tokens import token_hash

CHANGEABLE = frozenset(
    {
        "name",
        "contact_email",
        "safeguarding_name",
        "safeguarding_email",
        "safeguarding_phone",
        "countries",
        "house_rules",
        "anyone_may_open",
        "keep_declined_days",
        "keep_held_days",
        "keep_audit_days",
        "grace_days",
        "quick_exit",
    }
)
_CODE_BYTES = 16


def installation() -> Installation:
    """The one row of settings, made when first asked for."""
    return Installation.objects.order_by("pk").first() or Installation.objects.create()


def has_operator() -> bool:
    return Person.objects.filter(is_operator=True, is_active=True).exists()


def setup_code() -> str | None:
    """A new one-time code with which somebody becomes the first operator, or `None` once there is one.

    It is returned this once; only its hash is kept, and an earlier code ends.
    """
    if has_operator() or settings.BESIDE_SETUP_CODE:
        _code_file().unlink(missing_ok=True)
        return None
    plain = secrets.token_hex(_CODE_BYTES)
    file = _code_file()
    file.touch(mode=0o600)
    file.write_text(token_hash(plain), encoding="utf-8")
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def claim(*, code: str, email: str = "", person: Person | None = None) -> Person:
    """Makes whoever has the code the first operator: `person`, or a new account for `email`."""
    with transaction.atomic():
        Installation.objects.select_for_update().get(pk=installation().pk)  # two at once: the second waits
        if has_operator() or not _is_code(code):
            raise Refused(_("That is not the code. It stands in the terminal in which Beside was started."))
        if person is None and Person.objects.filter(email__iexact=email).exists():
            raise Refused(_("There is an account with this address. Please sign in first, then come back."))
        chosen = person or _account(email)
        chosen.is_operator = True
        chosen.save(update_fields=["is_operator"])
        audit.record(action="first operator", actor=audit.person(chosen))
    _code_file().unlink(missing_ok=True)
    return chosen


def missing() -> list[str]:
    """What the set-up still lacks: "contact", "safeguarding", "countries", and "help:XX" for a country
    without a confirmed line for a crisis."""
    row = installation()
    lacks = [] if row.contact_email else ["contact"]
    if not (row.safeguarding_name and row.safeguarding_email):
        lacks.append("safeguarding")
    if not row.countries:
        lacks.append("countries")
    return lacks + [f"help:{country}" for country in row.countries if not helplines.has_crisis_line(country)]


def finish(*, person: Person) -> None:
    """Opens the place, once nothing is missing."""
    _operator(person)
    with transaction.atomic():
        if missing():
            raise Refused(_("Something is still missing. Please look at the list."))
        Installation.objects.filter(pk=installation().pk, set_up_at=None).update(set_up_at=timezone.now())
        audit.record(action="set up", actor=audit.person(person))


def change(*, person: Person, **fields: object) -> None:
    """Changes settings of the installation. Contacts and countries cannot be emptied once it is open."""
    _operator(person)
    if not set(fields) <= CHANGEABLE:
        raise NotAllowed
    with transaction.atomic():
        row = installation()
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
        if row.set_up_at and {"contact", "safeguarding", "countries"} & set(missing()):
            raise Refused(_("A contact, a safeguarding contact and a country are needed while it is open."))
        audit.record(action="settings changed", actor=audit.person(person), codes=sorted(fields))


def let_open(*, person: Person, email: str) -> Person:
    """Whoever signs in with this address may open spaces."""
    _operator(person)
    with transaction.atomic():
        address = email.strip().lower()
        found = Person.objects.filter(email__iexact=address).first() or _account(address)
        found.may_open_spaces = True
        found.save(update_fields=["may_open_spaces"])
        audit.record(action="may open", actor=audit.person(person), reason=audit.person(found))
    return found


def stop_opening(*, person: Person, whom: Person) -> None:
    """They may open no more spaces; those that they have stay theirs."""
    _operator(person)
    with transaction.atomic():
        Person.objects.filter(pk=whom.pk).update(may_open_spaces=False)
        audit.record(action="may not open", actor=audit.person(person), reason=audit.person(whom))


def _account(address: str) -> Person:
    """An account that is signed in to by a code sent to its address; that code is proof enough of it."""
    person = Person.objects.create_user(address)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _operator(person: Person) -> None:
    if not person.is_operator:
        raise NotAllowed


def _code_file() -> Path:
    return Path(settings.DATA) / "setup-code"


def _is_code(code: str) -> bool:
    plain = "".join(char for char in code.lower() if char.isalnum())
    file = _code_file()
    wanted = settings.BESIDE_SETUP_CODE or (file.read_text(encoding="utf-8") if file.exists() else "")
    hashes = [token_hash(given) for given in (plain, code.strip())]
    return bool(wanted) and any(hmac.compare_digest(wanted.strip().lower(), one) for one in hashes)
