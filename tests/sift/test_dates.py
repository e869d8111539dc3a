"""Dates for people."""

from __future__ import annotations

import pytest

from beside.sift.dates import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-03-14T09:26:53.123Z", "14 March 2026"),
        ("2026-03-14 09:26:53", "14 March 2026"),
        ("2026-03-14", "14 March 2026"),
        ("1773480413", "14 March 2026"),
        ("1773480413.0", "14 March 2026"),
        ("1773480413000", "14 March 2026"),
        ("Sat, 14 Mar 2026 09:26:53 +0000", "14 March 2026"),
        ("03/04/2026", "03/04/2026"),
        ("kill yourself", ""),
        ("0001-01-01", ""),
        ("9999999999999999", ""),
        ("", ""),
    ],
)
def test_dates(written, said):
    assert spoken(written) == said
