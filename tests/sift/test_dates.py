"""Dates for people."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    "written",
    [
        "1 Mar 99999999999999999999 10:00:00",
        "1 Mar 2026 99999999999999999999:00:00",
        "Sat, 14 Mar 2026 09:26:53 +99999999999999999999",
        "Sat, 14 Mar 2026 09:26:53 +9999",
        "0 0 0 0",
        "9" * 400,
        "-1",
        "1e5",
        "2026-02-30",
        "<b>2026</b>",
        "2026-03-14T09:26:53Z lol",
        "\ud83d",
    ],
)
def test_no_date_crashes_it_or_brings_words(written):
    assert re.fullmatch(r"[\d\s:/.-]*", spoken(written))


@given(st.text(max_size=40) | st.text(alphabet="0123456789:+-/. ,TZMar", max_size=40))
def test_whatever_is_written_only_dates_are_said(written):
    assert re.fullmatch(r"[\d\s:/.-]*|\d{1,2} [JFMASOND][a-z]+ \d{4}", spoken(written))


@pytest.mark.parametrize(
    ("year", "said"), [(1989, ""), (1990, "1 May 1990"), (2100, "1 May 2100"), (2101, "")]
)
def test_years_that_can_be(year, said):
    assert spoken(f"{year}-05-01") == said


def test_every_month():
    said = [spoken(f"2026-{month:02}-01").split()[1] for month in range(1, 13)]
    assert said[:3] == ["January", "February", "March"]
    assert len(set(said)) == 12
