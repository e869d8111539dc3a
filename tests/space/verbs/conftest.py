"""A clock that stands still, for what depends on the hour."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    """It is noon until the test moves on."""
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving
