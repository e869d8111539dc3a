"""Reports and complaints, and the log of what was taken down."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from beside.space.models import Complaint
from beside.space.verbs import complain
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.web.access import operator, person_of
from beside.space.web.forms_operator import OutcomeForm


@operator("GET")
def listed(request: HttpRequest) -> HttpResponse:
    """What nobody has answered yet, and what was."""
    closed = Complaint.objects.exclude(closed_at=None).order_by("-closed_at", "-pk")[:100]
    known = {"open": complain.open_complaints(), "closed": closed}
    return render(request, "space/operator/complaints.html", known)


@operator("GET")
def taken_down(request: HttpRequest) -> HttpResponse:
    """The take-down log."""
    found = Complaint.objects.exclude(taken_down_at=None).order_by("-taken_down_at", "-pk")
    return render(request, "space/operator/taken_down.html", {"found": found})


@operator("GET", "POST")
def one(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """One report; closing it says what was done."""
    found = get_object_or_404(Complaint, pk=complaint_id)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        complain.close(person=person_of(request), complaint=found, outcome=form.cleaned_data["outcome"])
        messages.success(request, _("Kept, and closed."))
        return redirect("operator_complaints")
    return render(request, "space/operator/complaint.html", {"complaint": found, "form": form})


@operator("POST")
def take_down(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """What it is about is taken down at once."""
    found = get_object_or_404(Complaint, pk=complaint_id)
    try:
        complain.take_down(person=person_of(request), complaint=found)
        messages.success(request, _("It is taken down."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect("operator_complaint", complaint_id)
