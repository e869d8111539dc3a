"""Helplines: each is shown to people only once somebody has checked it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from beside.space.models import Helpline
from beside.space.verbs import helplines, operate
from beside.space.verbs.countries import CODES, ELSEWHERE, country_name
from beside.space.web.access import operator, person_of
from beside.space.web.forms_operator import HelplineForm


@operator("GET")
def listed(request: HttpRequest) -> HttpResponse:
    """By country: what is shown, what is to be checked, and what to check again."""
    place = operate.installation()
    codes = [*place.countries, ELSEWHERE]
    countries = [
        {
            "code": code,
            "name": country_name(code),
            "lines": [(line, helplines.is_overdue(line)) for line in helplines.of_country(code)],
            "lacks": code != ELSEWHERE and not helplines.has_crisis_line(code),
        }
        for code in codes
    ]
    return render(request, "space/operator/helplines.html", {"countries": countries})


@operator("GET", "POST")
def edit(request: HttpRequest, helpline_id: int) -> HttpResponse:
    """Checks, changes or removes one."""
    line = get_object_or_404(Helpline, pk=helpline_id)
    if request.POST.get("remove"):
        helplines.remove(person=person_of(request), helpline=line)
        messages.success(request, _("It is off the list."))
        return redirect("operator_helplines")
    return _form(request, line)


@operator("GET", "POST")
def new(request: HttpRequest, country: str) -> HttpResponse:
    """One that Beside does not know."""
    if country not in CODES and country != ELSEWHERE:
        raise Http404
    return _form(request, Helpline(country=country))


def _form(request: HttpRequest, line: Helpline) -> HttpResponse:
    # who checked it last has not checked it today: the name is asked for again
    initial = {name: getattr(line, name) for name in helplines.FIELDS}
    form = HelplineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in helplines.FIELDS}
        checked_by = form.cleaned_data["checked_by"]
        kept = helplines.save(person=person_of(request), helpline=line, checked_by=checked_by, **fields)
        shown = _("It is shown from now on.") if kept.checked_on else _("Kept. It is shown to nobody yet.")
        messages.success(request, shown)
        return redirect("operator_helplines")
    known = {"form": form, "line": line, "note": helplines.note(line), "name": country_name(line.country)}
    return render(request, "space/operator/helpline.html", known)
