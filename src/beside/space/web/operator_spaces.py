"""One space, seen from outside: looking in with a reason, evidence, and the audit log."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from beside.space.models import AuditEntry, Guest, Host, Space
from beside.space.verbs import evidence, oversight
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.notify import moderators_of
from beside.space.web.access import operator, person_of
from beside.space.web.forms_operator import EvidenceForm, FindForm, ReasonForm

_PAGE = 100


@operator("GET", "POST")
def find(request: HttpRequest) -> HttpResponse:
    """A space by its number or its host; there is no list to browse. By POST, for the sake of the logs."""
    form = FindForm(request.POST or None)
    found = oversight.find_spaces(text=form.cleaned_data["text"]) if form.is_valid() else None
    if found is not None and len(found) == 1:
        return redirect("operator_space", found[0].pk)
    return render(request, "space/operator/find.html", {"form": form, "found": found})


@operator("GET")
def space(request: HttpRequest, space_id: UUID) -> HttpResponse:
    """What the operator may know without looking in."""
    found = get_object_or_404(Space, pk=space_id)
    known = {
        "space": found,
        "hosts": found.hosts.filter(left_at=None).select_related("person"),
        "friends": bool(moderators_of(found)),
        "looks": oversight.looks(space=found)[:_PAGE],
    }
    return render(request, "space/operator/space.html", known)


@operator("GET", "POST")
def look(request: HttpRequest, space_id: UUID) -> HttpResponse:
    """One look, with a reason that is recorded before anything is shown."""
    found = get_object_or_404(Space, pk=space_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seen = oversight.look_in(
                person=person_of(request), space=found, reason=form.cleaned_data["reason"]
            )
            return render(request, "space/operator/inside.html", {"space": found, "seen": seen})
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("reason", str(refusal.sentence))
    return render(request, "space/operator/look.html", {"space": found, "form": form})


@operator("GET", "POST")
def evidence_of(request: HttpRequest, space_id: UUID) -> HttpResponse:
    """A ZIP for the police, at a host's request."""
    found = get_object_or_404(Space, pk=space_id)
    hosts = found.hosts.filter(left_at=None).select_related("person", "space")
    choices = [(str(host.pk), host.person.email) for host in hosts if host.person]
    initial = {"sender": request.GET.get("sender", "")}
    form = EvidenceForm(request.POST or None, hosts=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        host = hosts.get(pk=form.cleaned_data["host"])
        try:
            return _zip(request, host, form.cleaned_data["reason"], form.cleaned_data["sender"])
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("reason", str(refusal.sentence))
    known = {"space": found, "form": form, "one_sender": bool(form["sender"].value())}
    return render(request, "space/operator/evidence.html", known)


@operator("GET")
def log(request: HttpRequest) -> HttpResponse:
    """The audit log, the newest first; of one space where the address says so."""
    entries = AuditEntry.objects.order_by("-pk")
    chosen = _uuid(request.GET.get("space", ""))
    if chosen is not None:
        entries = entries.filter(space_ref=chosen)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit():
        entries = entries.filter(pk__lt=int(before[:18]))
    shown = list(entries[: _PAGE + 1])
    more = shown[_PAGE - 1].pk if len(shown) > _PAGE else 0
    known = {"entries": shown[:_PAGE], "more": more, "chosen": chosen, "given": request.GET.get("space", "")}
    return render(request, "space/operator/log.html", known)


def _zip(request: HttpRequest, host: Host, reason: str, sender: UUID | None) -> HttpResponse:
    guest = get_object_or_404(Guest, pk=sender, space=host.space) if sender else None
    packed = evidence.export(person=person_of(request), host=host, reason=reason, guest=guest)
    response = HttpResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="evidence-{str(host.space_id)[:8]}.zip"'
    return response


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
