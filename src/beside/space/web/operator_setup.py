"""The first run: the first operator, and what has to be there before anybody else can come in."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from beside.space.models import Person
from beside.space.verbs import helplines, limits, operate
from beside.space.verbs.countries import ELSEWHERE, country_name
from beside.space.verbs.errors import Refused
from beside.space.web.access import anyone, operator, person_of
from beside.space.web.caller import caller
from beside.space.web.forms_operator import (
    ClaimForm,
    ContactForm,
    CountryForm,
    SafeguardingForm,
    SettingForm,
)
from beside.space.web.host_page import posted

PER, BURST = timedelta(minutes=1), 10
_STEPS = ("contact", "safeguarding", "countries", "help")


@anyone("GET", "POST")
def setup(request: HttpRequest) -> HttpResponse:
    """Whoever has the code becomes the first operator; the operator then sees what is missing."""
    if not operate.has_operator():
        return _claim(request)
    place = operate.installation()
    is_operator = isinstance(request.user, Person) and request.user.is_operator
    if request.method != "GET" or (place.set_up_at and not is_operator):
        raise Http404
    if not is_operator:
        return render(request, "space/operator/not_yet.html")
    if place.set_up_at:
        return redirect("operator_home")
    lacks = operate.missing()
    steps = [(name, not any(one.split(":")[0] == name for one in lacks)) for name in _STEPS]
    steps = [(name, done and not (name == "help" and "countries" in lacks)) for name, done in steps]
    upcoming = next((name for name, done in steps if not done), "")
    return render(request, "space/operator/setup.html", {"steps": steps, "upcoming": upcoming})


@operator("POST")
def finish(request: HttpRequest) -> HttpResponse:
    """Opens the place, or says that something is missing."""
    try:
        operate.finish(person=person_of(request))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
        return redirect("setup")
    messages.success(request, _("The place is open now."))
    return redirect("operator_home")


@operator("GET", "POST")
def contact(request: HttpRequest) -> HttpResponse:
    """Where people reach whoever runs the place."""
    return setting(request, ContactForm)


@operator("GET", "POST")
def safeguarding(request: HttpRequest) -> HttpResponse:
    """Who is told when somebody may be in danger."""
    return setting(request, SafeguardingForm)


@operator("GET", "POST")
def served(request: HttpRequest) -> HttpResponse:
    """The countries that are served; each brings its helplines, unconfirmed."""
    form = CountryForm(request.POST if "country" in request.POST else None)
    codes = list(operate.installation().countries)
    if form.is_valid():
        codes.append(form.cleaned_data["country"])
    elif request.POST.get("remove") in codes:
        codes.remove(request.POST["remove"])
    else:
        known = {"form": form, "served": [(code, country_name(code)) for code in codes]}
        return render(request, "space/operator/countries.html", known)
    try:
        operate.change(person=person_of(request), countries=list(dict.fromkeys(codes)))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    for code in (*codes, ELSEWHERE):
        helplines.offer(country=code)
    return redirect("operator_countries")


def setting(request: HttpRequest, kind: type[SettingForm]) -> HttpResponse:
    """Shows what is settled, and keeps what is sent."""
    place = operate.installation()
    form = kind(posted(request), initial={name: getattr(place, name) for name in kind.base_fields})
    if not form.is_valid():
        return render(request, "space/operator/setting.html", {"form": form})
    operate.change(person=person_of(request), **form.cleaned_data)
    messages.success(request, _("Kept."))
    # on the first run back to the list of steps
    return redirect("operator_home" if place.set_up_at else "setup")


def _claim(request: HttpRequest) -> HttpResponse:
    known = request.user if isinstance(request.user, Person) else None
    form = ClaimForm(request.POST or None, signed_in=known is not None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "space/operator/claim.html", {"form": form})
    if not limits.take(who=caller(request), what="setup", per=PER, burst=BURST):
        form.add_error(None, _("That was tried often. Please wait a minute."))
        return render(request, "space/operator/claim.html", {"form": form}, status=429)
    try:
        person = operate.claim(
            code=form.cleaned_data["code"], email=form.cleaned_data.get("email", ""), person=known
        )
    except Refused as refusal:
        form.add_error("code", str(refusal.sentence))
        return render(request, "space/operator/claim.html", {"form": form})
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("setup")
