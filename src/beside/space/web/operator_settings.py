"""The operator's page, and the settings behind it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from beside.space.models import Person
from beside.space.verbs import complain, helplines, operate, oversight
from beside.space.verbs.countries import country_name
from beside.space.web.access import operator, person_of
from beside.space.web.forms_operator import ExitForm, HouseRulesForm, OpenerForm, OpeningForm, RetentionForm
from beside.space.web.operator_setup import setting


@operator("GET")
def home(request: HttpRequest) -> HttpResponse:
    """What needs the operator, and the way to everything else."""
    person = person_of(request)
    lacking = [one.removeprefix("help:") for one in operate.missing() if one.startswith("help:")]
    return render(
        request,
        "space/operator/home.html",
        {
            "lacking": [country_name(code) for code in lacking],
            "overdue": helplines.overdue(),
            "complaints": bool(complain.open_complaints()),
            "waiting": bool(
                oversight.waiting_objections(person=person)
                or oversight.left_waiting(person=person)
                or oversight.one_sided_erasures()
            ),
        },
    )


@operator("GET", "POST")
def house_rules(request: HttpRequest) -> HttpResponse:
    """The rules of the house, in the operator's words."""
    return setting(request, HouseRulesForm)


@operator("GET", "POST")
def retention(request: HttpRequest) -> HttpResponse:
    """For how long what is kept."""
    return setting(request, RetentionForm)


@operator("GET", "POST")
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Whether spaces may offer a quick exit."""
    return setting(request, ExitForm)


@operator("GET", "POST")
def opening(request: HttpRequest) -> HttpResponse:
    """Who may open spaces: anybody, or people by their address."""
    person, place = person_of(request), operate.installation()
    initial = {"anyone_may_open": "yes" if place.anyone_may_open else "no"}
    form = OpeningForm(request.POST if "anyone_may_open" in request.POST else None, initial=initial)
    opener = OpenerForm(request.POST if "email" in request.POST else None)
    if form.is_valid():
        operate.change(person=person, **form.cleaned_data)
    elif opener.is_valid():
        operate.let_open(person=person, email=opener.cleaned_data["email"])
    else:
        people = Person.objects.filter(may_open_spaces=True).order_by("email")
        known = {"form": form, "opener": opener, "people": people}
        return render(request, "space/operator/opening.html", known)
    messages.success(request, _("Kept."))
    return redirect("operator_opening")


@operator("POST")
def stop_opening(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody may open no more spaces."""
    operate.stop_opening(person=person_of(request), whom=get_object_or_404(Person, pk=person_id))
    messages.success(request, _("Kept. The spaces that they have stay theirs."))
    return redirect("operator_opening")
