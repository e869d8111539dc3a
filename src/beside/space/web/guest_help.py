"""Help before anything else, for somebody whose own words sound as if they were in danger."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from beside.space.verbs import countries, helplines


def help_first(request: HttpRequest, usual: str) -> dict[str, Any]:
    """Helplines of the country that was picked on the page, else of the usual one: only confirmed ones."""
    known = helplines.confirmed_countries()
    picked = request.GET.get("country", "") or usual
    lines = helplines.confirmed(picked)
    elsewhere = helplines.confirmed(countries.ELSEWHERE) if not lines else []
    return {
        "country": picked,
        "countries": [(code, countries.country_name(code)) for code in known],
        "lines": lines or elsewhere,
        "pairs": [(line, helplines.dial(line)) for line in lines or elsewhere],
    }
