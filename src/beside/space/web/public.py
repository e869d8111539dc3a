"""Pages for everybody: help, the house rules, what is kept and who sees it, and reporting something."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from beside.space.verbs import helplines, limits
from beside.space.verbs.complain import complain
from beside.space.verbs.countries import country_name
from beside.space.verbs.operate import installation
from beside.space.web.access import anyone
from beside.space.web.caller import caller
from beside.space.web.forms_public import ReportForm
from beside.space.web.guest_help import help_first

PER, BURST = timedelta(minutes=20), 5


@anyone("GET")
def help_page(request: HttpRequest) -> HttpResponse:
    """Where to find help, by country: only what a person has checked."""
    served = installation().countries
    known = help_first(request, served[0] if served else "")
    lines = [(line, helplines.dial(line)) for line in known["lines"]]
    return render(
        request,
        "space/public/help.html",
        {
            **known,
            "now": [pair for pair in lines if pair[0].is_crisis],
            "later": [pair for pair in lines if not pair[0].is_crisis],
            "name": country_name(known["country"]),
            "fallback": bool(lines) and lines[0][0].country != known["country"],
        },
    )


@anyone("GET")
def house_rules(request: HttpRequest) -> HttpResponse:
    """The operator's rules, or the usual ones."""
    return render(request, "space/public/house_rules.html")


@anyone("GET")
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept and who sees it, in plain words."""
    return render(request, "space/public/privacy.html")


@anyone("GET", "POST")
def report(request: HttpRequest) -> HttpResponse:
    """Reports something or complains. What it is about need not exist, so nobody learns what does."""
    if request.method == "GET":
        about = {name: request.GET.get(name, "") for name in ("message", "update")}
        return render(request, "space/public/report.html", {"form": ReportForm(initial=about)})
    form = ReportForm(request.POST)
    if not form.is_valid():
        return render(request, "space/public/report.html", {"form": form})
    if not limits.take(who=caller(request), what="report", per=PER, burst=BURST):
        form.add_error(None, _("Several reports have just come from here. Please try again in a while."))
        response = render(request, "space/public/report.html", {"form": form}, status=429)
        response["Retry-After"] = str(int(PER.total_seconds()))
        return response
    complain(
        text=form.cleaned_data["text"],
        reply_to=form.cleaned_data["reply_to"],
        about_message=form.cleaned_data["message"],
        about_update=form.cleaned_data["update"],
    )
    return redirect("reported")


@anyone("GET")
def reported(request: HttpRequest) -> HttpResponse:
    """It was received, and what happens next."""
    return render(request, "space/public/reported.html")


urlpatterns: list[URLPattern] = [
    path("help/", help_page, name="help"),
    path("rules/", house_rules, name="house_rules"),
    path("privacy/", privacy, name="privacy"),
    path("report/", report, name="report"),
    path("report/received/", reported, name="reported"),
]
