"""Whether it lives and whether it is ready: for a load balancer, a container, a watch."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from beside.gate import weights
from beside.space.web.access import anyone

SPACE_LEFT = 200_000_000
BEAT = 60.0
_LOOK_AGAIN = 30.0


@anyone("GET")
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """It answers; nothing else is asked."""
    return HttpResponse("live\n", content_type="text/plain")


@anyone("GET")
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 when everything is well, else 503 with the names of what is not."""
    bad = [name for name, check in CHECKS.items() if not _holds(check)]
    return JsonResponse({"ready": not bad, "bad": bad}, status=503 if bad else 200)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001  whatever cannot be looked at is not well
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _disk() -> bool:
    return shutil.disk_usage(settings.DATA).free >= SPACE_LEFT


def _model() -> bool:
    return _sound(weights.SHIPPED, int(time.monotonic() / _LOOK_AGAIN))


@lru_cache(maxsize=1)
def _sound(folder: Path, when: int) -> bool:  # noqa: ARG001  read anew every half minute, not for every caller
    weights.load(folder)
    return True


def _worker() -> bool:
    return time.time() - Path(settings.BESIDE_HEARTBEAT).stat().st_mtime < BEAT


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "disk": _disk,
    "model": _model,
    "worker": _worker,
}

urlpatterns = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
]
