"""Dates as exports write them, as a person would."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from beside.sift.wording import MONTHS

_NUMBER = re.compile(r"\d{9,16}(\.\d+)?")
_FIGURES = re.compile(r"[\d\s:/.-]{6,25}")


def spoken(date: str) -> str:
    """ "14 March 2026"; figures that could be read two ways stay as they are, anything else is left out."""
    moment = _moment(date.strip())
    if moment is not None and 1990 <= moment.year <= 2100:
        return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return date.strip() if moment is None and _FIGURES.fullmatch(date.strip()) else ""


def _moment(date: str) -> datetime | None:
    if _NUMBER.fullmatch(date):
        seconds = float(date)
        while seconds > 10**11:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC)
    try:
        return datetime.fromisoformat(date)
    except ValueError:
        return _from_mail(date)


def _from_mail(date: str) -> datetime | None:
    try:
        return parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
