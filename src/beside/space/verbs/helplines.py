"""Helplines: what Beside brings is unconfirmed, and nobody sees it until the operator has checked it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone

from beside.space.models import Helpline, Person
from beside.space.verbs import audit
from beside.space.verbs.countries import ELSEWHERE
from beside.space.verbs.errors import NotAllowed

OVERDUE = timedelta(days=180)
FIELDS = ("service", "for_whom", "number", "address", "hours", "cost", "languages", "is_crisis", "source")


@cache
def brought() -> tuple[dict[str, Any], ...]:
    """The list that comes with Beside, with its sources and what speaks against an entry."""
    text = files("beside.space").joinpath("data", "helplines.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


def offer(*, country: str) -> None:
    """Puts what Beside brings for a country on the list, unconfirmed; what is there stays as it is."""
    for line in brought():
        if line["country"] == country:
            facts = {name: line[name] for name in FIELDS if name != "service"}
            Helpline.objects.get_or_create(country=country, service=line["service"], defaults=facts)


def note(helpline: Helpline) -> str:
    """What Beside knows against an entry: a conflict, an old page, a number that no page confirms."""
    found = (
        line["note"]
        for line in brought()
        if (line["country"], line["service"]) == (helpline.country, helpline.service)
    )
    return next(found, "")


def of_country(country: str) -> list[Helpline]:
    """All of a country, confirmed or not; for the operator."""
    return list(Helpline.objects.filter(country=country).order_by("-is_crisis", "pk"))


def confirmed(country: str) -> list[Helpline]:
    """What may be shown for a country: checked by a person; lines for a crisis first."""
    return [line for line in of_country(country) if line.checked_on]


def confirmed_countries() -> list[str]:
    """Countries that have something to show; everywhere else last."""
    found = Helpline.objects.exclude(checked_on=None).values_list("country", flat=True).distinct()
    return sorted(found, key=lambda country: (country == ELSEWHERE, country))


def has_crisis_line(country: str) -> bool:
    return Helpline.objects.filter(country=country, is_crisis=True).exclude(checked_on=None).exists()


def is_overdue(helpline: Helpline) -> bool:
    """Whether a confirmed entry has to be checked again."""
    return helpline.checked_on is not None and helpline.checked_on <= _today() - OVERDUE


def overdue() -> list[Helpline]:
    """Every entry that was checked too long ago."""
    return list(Helpline.objects.filter(checked_on__lte=_today() - OVERDUE).order_by("checked_on", "pk"))


def dial(helpline: Helpline) -> str:
    """The number as a telephone dials it; "" where an entry holds several, or words. A phone cannot guess."""
    first = helpline.number.split(",")[0].strip()
    digits = "".join(char for char in first if char.isdigit())
    return digits if digits and all(char.isdigit() or char in " -()+" for char in first) else ""


def save(*, person: Person, helpline: Helpline, checked_by: str = "", **fields: object) -> Helpline:
    """Keeps an entry. With the name of who checked it, it is shown from now on; without, it no longer is."""
    _operator(person)
    for name in FIELDS:
        setattr(helpline, name, fields.get(name, getattr(helpline, name)))
    helpline.checked_by = checked_by.strip()
    helpline.checked_on = _today() if helpline.checked_by else None
    with transaction.atomic():
        helpline.save()
        action = "helpline confirmed" if helpline.checked_on else "helpline changed"
        audit.record(action=action, actor=audit.person(person), reason=f"helpline {helpline.pk}")
    return helpline


def remove(*, person: Person, helpline: Helpline) -> None:
    """Takes an entry off the list."""
    _operator(person)
    with transaction.atomic():
        audit.record(action="helpline removed", actor=audit.person(person), reason=f"helpline {helpline.pk}")
        helpline.delete()


def _operator(person: Person) -> None:
    if not person.is_operator:
        raise NotAllowed


def _today() -> date:
    return timezone.localdate()
