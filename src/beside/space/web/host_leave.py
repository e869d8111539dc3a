"""A second host, leaving, and asking that everything be erased."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from beside.space.models import Host, HostInvitation
from beside.space.verbs import leave, second_host
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.wording import hosts_of, named
from beside.space.web.access import host as hosts
from beside.space.web.access import person_of, signed_in
from beside.space.web.forms_host import LeaveForm, NameForm, SomebodyForm
from beside.space.web.host_page import page, posted, refused


@hosts("GET", "POST")
def second(request: HttpRequest, host: Host) -> HttpResponse:
    """Asks the other parent, while there is one host and nobody is asked."""
    form = SomebodyForm(posted(request), host=host)
    if request.method == "POST" and form.is_valid():
        return _ask(request, host, form)
    others = [one for one in hosts_of(host.space) if one.pk != host.pk]
    return page(request, host, "second", form=form, others=others, asked=second_host.asked(host=host))


@hosts("POST")
def second_back(request: HttpRequest, host: Host, invitation_id: int) -> HttpResponse:  # noqa: ARG001
    """Takes the invitation back."""
    invitation = get_object_or_404(HostInvitation, pk=invitation_id, space=host.space, accepted_at=None)
    second_host.take_back(host=host, invitation=invitation)
    return redirect("host_second", host.space_id)


@signed_in("GET", "POST")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The other parent's link: a page that says what it means, and a button."""
    invitation = second_host.invitation_by(token=token)
    if invitation is None:
        raise Http404
    form = NameForm(posted(request), initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            host = second_host.accept(token=token, person=person_of(request), name=form.cleaned_data["name"])
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect("host_home", host.space_id)
    asker = named([invitation.by])
    return render(request, "space/host/join.html", {"form": form, "asker": asker})


@hosts("GET", "POST")
def leaving(request: HttpRequest, host: Host) -> HttpResponse:
    """Goes, where there is another host; a copy comes first."""
    form = LeaveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            leave.leave(host=host, seal=form.cleaned_data["part"] == "seal")
        except Refused as refusal:
            back = reverse("host_space", args=[host.space_id])
            return refused(request, host, sentence=refusal.sentence, back=back)
        messages.success(request, _("You have left the space."))
        return redirect("home")
    alone = len(hosts_of(host.space)) < second_host.HOSTS
    return page(request, host, "leave", form=form, alone=alone)


@hosts("GET", "POST")
def erase(request: HttpRequest, host: Host) -> HttpResponse:
    """Her wish that everything here be erased, and what follows from it."""
    if request.method == "POST":
        leave.ask_erasure(host=host)
        return redirect("host_erase", host.space_id)
    return page(request, host, "erase", both=len(hosts_of(host.space)) > 1)


@hosts("POST")
def keep(request: HttpRequest, host: Host) -> HttpResponse:
    """Takes that wish back."""
    leave.keep(host=host)
    messages.success(request, _("The space stays."))
    return redirect("host_space", host.space_id)


def _ask(request: HttpRequest, host: Host, form: SomebodyForm) -> HttpResponse:
    try:
        second_host.ask(host=host, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
    except NotAllowed:
        raise
    except Refused as refusal:
        back = reverse("host_second", args=[host.space_id])
        return refused(request, host, sentence=refusal.sentence, back=back)
    messages.success(request, _("They are asked by e-mail."))
    return redirect("host_second", host.space_id)
