"""Quiet hours: when somebody wants no e-mail, by their own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from beside.space.models import Person
from beside.space.verbs.pause import zone_named


def quiet_until(*, person: Person, now: datetime) -> datetime:
    """The end of the quiet hours that `now` falls in, or `now` itself."""
    start, end = person.quiet_from, person.quiet_to
    if start is None or end is None or start == end:
        return now
    local = now.astimezone(zone_named(person.time_zone))
    clock = local.time()
    over_midnight = start > end
    quiet = (clock >= start or clock < end) if over_midnight else start <= clock < end
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if over_midnight and clock >= start else 0)
    return datetime.combine(day, end, tzinfo=local.tzinfo).astimezone(UTC)
