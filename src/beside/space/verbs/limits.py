"""How often somebody may do something: one token bucket for each of them and each thing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from beside.space.models import Limit

_TRIES = 20


def take(*, who: str, what: str, per: timedelta, burst: int, now: datetime | None = None) -> bool:
    """Takes one from a bucket that holds `burst` and regains one every `per`; `False` when it is empty.

    The write happens only if nobody else wrote since the bucket was read, so that no two take the same one.
    """
    moment = now or timezone.now()
    hashed = salted_hmac("beside.limit", who, algorithm="sha256").hexdigest()
    for _ in range(_TRIES):
        bucket = Limit.objects.filter(who=hashed, what=what).first()
        if bucket is None:
            full = Limit(who=hashed, what=what, left=float(burst), at=moment)
            Limit.objects.bulk_create([full], ignore_conflicts=True)
            continue
        left = min(burst, bucket.left + max(moment - bucket.at, timedelta(0)) / per)
        if left < 1:
            return False
        unchanged = Limit.objects.filter(pk=bucket.pk, left=bucket.left, at=bucket.at)
        if unchanged.update(left=left - 1, at=max(moment, bucket.at)):
            return True
    return False
