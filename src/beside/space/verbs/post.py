"""The post: sends what is due in the outbox.

A row is claimed with a lease by one conditional UPDATE, sent, and marked after the send. A worker that is
killed between the last two leaves a row that is sent again once the lease has run out: SMTP knows no better.
The second mail has the Message-ID of the first, by which mail programs know it as the same.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from time import monotonic, sleep

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from beside.space.models import Outbox
from beside.space.verbs import audit
from beside.space.verbs.mail import letter
from beside.space.verbs.wanted import Unwanted, due

LEASE = timedelta(minutes=5)
PATIENCE = timedelta(days=5)
FIRST_WAIT = timedelta(seconds=30)
# a server that was away is tried again soon, an address that was refused seldom
SERVER_WAIT = timedelta(minutes=10)
REFUSED_WAIT = timedelta(hours=6)
_FIRST = ("urgent", "host_in_danger")
_log = logging.getLogger(__name__)


def send_due(*, seconds: float = 10.0, stopped: Callable[[], bool] = lambda: False) -> int:
    """Sends what is due, for `seconds` at most or until `stopped`. How many mails went out."""
    sent, until, connection = 0, monotonic() + seconds, get_connection()
    try:
        while monotonic() < until and not stopped() and _due().exists():
            if not _reached(connection):
                break
            row = _claim()
            if row is not None:
                sent += _post(row, connection)
    finally:
        _hang_up(connection)
    return sent


def _due() -> QuerySet[Outbox]:
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return Outbox.objects.filter(free, sent_at=None, given_up_at=None, due_at__lte=now)


def _in_turn() -> QuerySet[Outbox]:
    """Danger first, then as they became due."""
    return _due().alias(first=Q(kind__in=_FIRST)).order_by("-first", "due_at", "pk")


def _claim() -> Outbox | None:
    """One row that is nobody else's for the time of a lease."""
    for pk in _in_turn().values_list("pk", flat=True)[:10]:
        claim = {"claimed_until": timezone.now() + LEASE, "claimed_by": secrets.token_hex(16)}
        if _due().filter(pk=pk).update(**claim):
            return Outbox.objects.select_related("space").filter(pk=pk).first()
    return None


def _post(row: Outbox, connection: BaseEmailBackend) -> int:
    try:
        later = due(row=row, now=timezone.now())
        if later > timezone.now():
            _put_off(row, later)
            return 0
        connection.send_messages([letter(row=row)])
    except Unwanted:
        _end(row, given_up_at=timezone.now(), last_error="not wanted any more")
        return 0
    except Exception as error:  # noqa: BLE001  one bad row must not stop the others
        _hang_up(connection)
        _failed(row, error, REFUSED_WAIT if _is_final(error) else SERVER_WAIT)
        return 0
    _mark_sent(row)
    return 1


def _mark_sent(row: Outbox) -> None:
    """Tried more than once: a database that is locked for a moment must not have the mail sent again."""
    for wait in (1.0, 5.0, 20.0, 0.0):
        try:
            _end(row, sent_at=timezone.now(), last_error="")
            return
        except OperationalError:
            if not wait:
                raise
            sleep(wait)


def _reached(connection: BaseEmailBackend) -> bool:
    """Whether the server answers. If not, everything that is due waits together and keeps its order."""
    try:
        connection.open()
    except Exception as error:  # noqa: BLE001  whatever it is, the mails wait
        _all_wait(error)
        return False
    return True


def _all_wait(error: Exception) -> None:
    rows = list(_in_turn())
    until = timezone.now() + _wait(rows[0].tries, SERVER_WAIT) if rows else timezone.now()
    _log.warning("the mail server cannot be reached: %s", _what(error))
    with transaction.atomic():
        for row in rows:
            _later(row, error, until)


def _failed(row: Outbox, error: Exception, longest: timedelta) -> None:
    _log.warning("mail %s (%s) did not go out: %s", row.pk, row.kind, _what(error))
    _later(row, error, timezone.now() + _wait(row.tries, longest))


def _later(row: Outbox, error: Exception, until: datetime) -> None:
    """Tried again at `until`, or given up when it has failed for too long; then the audit log says so."""
    now = timezone.now()
    since = row.about.get("failing_since") or now.isoformat()
    if now - datetime.fromisoformat(since) >= PATIENCE:
        with transaction.atomic():
            _end(row, given_up_at=now, last_error=_what(error))
            reason = f"{row.kind}: {_what(error)}"
            audit.record(action="mail given up", actor="worker", space=row.space, reason=reason)
        return
    _ours(row).update(
        due_at=until,
        tries=F("tries") + 1,
        about={**row.about, "failing_since": since},
        last_error=_what(error),
        claimed_until=None,
        claimed_by="",
    )


def _put_off(row: Outbox, until: datetime) -> None:
    _ours(row).update(due_at=until, claimed_until=None, claimed_by="")


def _end(row: Outbox, **how: object) -> None:
    """Done with; the address, and the token beside it, are not needed any more."""
    Outbox.objects.filter(pk=row.pk, sent_at=None).update(to=b"", claimed_until=None, **how)


def _ours(row: Outbox) -> QuerySet[Outbox]:
    """The row, unless it has become another worker's since."""
    return Outbox.objects.filter(pk=row.pk, claimed_by=row.claimed_by, sent_at=None, given_up_at=None)


def _wait(tries: int, longest: timedelta) -> timedelta:
    return min(FIRST_WAIT * (1 << min(tries, 16)), longest)


def _is_final(error: Exception) -> bool:
    """Whether the server said no rather than later, or never saw the mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPResponseException):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)


def _what(error: Exception) -> str:
    """An error without the address that its words may hold."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"


def _hang_up(connection: BaseEmailBackend) -> None:
    with suppress(Exception):
        connection.close()
