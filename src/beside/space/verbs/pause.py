"""When a host wants nothing to reach her. What comes meanwhile is decided as ever and waits out of sight."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from beside.space.models import Host, Person
from beside.space.verbs.errors import NotAllowed


def pause(*, host: Host) -> None:
    """From now on nothing is shown to her, until she says so. Done twice, it counts from the first time."""
    if host.paused_since is None:
        host.paused_since = timezone.now()
        host.save(update_fields=["paused_since"])


def unpause(*, host: Host) -> None:
    """Ends the pause: what came meanwhile is there."""
    host.paused_since = None
    host.save(update_fields=["paused_since"])


def set_quiet_hours(*, person: Person, start: time | None, end: time | None, zone: str) -> None:
    """Every day from `start` to `end` by the clock of `zone`; without both there are none."""
    both = start is not None and end is not None and start != end
    person.quiet_from, person.quiet_to = (start, end) if both else (None, None)
    person.time_zone = zone_named(zone).key
    person.save(update_fields=["quiet_from", "quiet_to", "time_zone"])


def open_anyway(*, host: Host, now: datetime | None = None) -> None:
    """In her quiet hours she looks all the same: what came until this moment is shown, nothing later."""
    if host.left_at:
        raise NotAllowed
    host.quiet_opened_at = now or timezone.now()
    host.save(update_fields=["quiet_opened_at"])


def hidden_since(*, host: Host, now: datetime | None = None) -> datetime | None:
    """The moment from which on what came is out of her sight, or `None` when all is in sight."""
    cuts = [host.paused_since, quiet_since(host=host, now=now or timezone.now())]
    return min((cut for cut in cuts if cut is not None), default=None)


def quiet_since(*, host: Host, now: datetime) -> datetime | None:
    """When the quiet hours that are now began for her, or when she last looked in them all the same."""
    person = host.person
    if person is None or person.quiet_from is None or person.quiet_to is None:
        return None
    start, end = _hours(now, person.quiet_from, person.quiet_to, zone_named(person.time_zone))
    if now >= end:
        return None
    return max(start, host.quiet_opened_at or start)


def zone_named(name: str) -> ZoneInfo:
    """That time zone; UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _hours(now: datetime, begin: time, end: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The latest period that began before `now`; one that passes midnight ends on the day after."""
    local = now.astimezone(zone)
    day = local.date() if begin <= local.time().replace(tzinfo=None) else local.date() - timedelta(days=1)
    last = day if begin < end else day + timedelta(days=1)
    return datetime.combine(day, begin, zone), datetime.combine(last, end, zone)
