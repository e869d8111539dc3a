"""The people she lets in: invited by a link of their own, in circles, and let go again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from beside.space.models import Circle, Guest, Host
from beside.space.verbs import circles as circles_of
from beside.space.verbs import inbox, let_in
from beside.space.verbs.links import address
from beside.space.web.access import host as hosts
from beside.space.web.forms_sharing import CircleForm, InviteForm, WithCircles
from beside.space.web.host_page import page, posted, sure


@hosts("GET")
def people(request: HttpRequest, host: Host) -> HttpResponse:
    """Who is let in, and who asks."""
    guests = host.space.guests.exclude(let_in_at=None).prefetch_related("circles").order_by("created_at")
    ask = address("ask", host.space_id)
    return page(request, host, "people", guests=guests, asking=inbox.requests(host=host), ask_link=ask)


@hosts("GET", "POST")
def invite(request: HttpRequest, host: Host) -> HttpResponse:
    """Somebody new. Their link is shown once, here; with an address it is mailed too."""
    form = InviteForm(posted(request), host=host)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        guest, token = let_in.invite(
            host=host, name=given["name"], email=given["email"], circles=given.get("circles") or ()
        )
        return link_page(request, host, guest, token)
    return page(request, host, "invite", form=form)


@hosts("GET", "POST")
def person(request: HttpRequest, host: Host, guest_id: UUID) -> HttpResponse:
    """One of them: circles, a new link, or taking the link back."""
    guest = _guest(host, guest_id)
    form = WithCircles(posted(request), host=host, initial={"circles": list(guest.circles.all())})
    if request.method == "POST" and form.is_valid():
        circles_of.put(host=host, guest=guest, circles=form.cleaned_data.get("circles") or ())
        return redirect("host_people", host.space_id)
    return page(request, host, "person", guest=guest, form=form)


@hosts("GET", "POST")
def new_link(request: HttpRequest, host: Host, guest_id: UUID) -> HttpResponse:
    """A fresh link; asked once more, since the old one ends at once."""
    guest = _guest(host, guest_id)
    if request.method == "POST":
        return link_page(request, host, guest, let_in.new_link(host=host, guest=guest), mailed=False)
    return sure(
        request,
        host,
        ask=_("Make a new link for %(name)s?") % {"name": guest.name},
        tell=_("The old one ends at once, wherever it is open."),
        do=_("Make a new link"),
        back=reverse("host_person", args=[host.space_id, guest.pk]),
    )


@hosts("GET", "POST")
def revoke(request: HttpRequest, host: Host, guest_id: UUID) -> HttpResponse:
    """Takes a link back; asked once more."""
    guest = _guest(host, guest_id)
    if request.method == "POST":
        let_in.revoke(host=host, guest=guest)
        messages.success(request, _("The link is taken back."))
        return redirect("host_people", host.space_id)
    return sure(
        request,
        host,
        ask=_("Take the link of %(name)s back?") % {"name": guest.name},
        tell=_("They can read nothing here any more. They are not told. What they wrote to you stays."),
        do=_("Take it back"),
        back=reverse("host_person", args=[host.space_id, guest.pk]),
    )


@hosts("GET", "POST")
def circles(request: HttpRequest, host: Host) -> HttpResponse:
    """Her circles, and a new one."""
    form = CircleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        circles_of.make(host=host, name=form.cleaned_data["name"])
        return redirect("host_circles", host.space_id)
    return page(request, host, "circles", circles=host.space.circles.order_by("pk"), form=form)


@hosts("GET", "POST")
def circle(request: HttpRequest, host: Host, circle_id: int) -> HttpResponse:
    """Another name for one."""
    circle = get_object_or_404(Circle, pk=circle_id, space=host.space)
    form = CircleForm(posted(request), initial={"name": circle.name})
    if request.method == "POST" and form.is_valid():
        circles_of.rename(host=host, circle=circle, name=form.cleaned_data["name"])
        return redirect("host_circles", host.space_id)
    return page(request, host, "circle", circle=circle, form=form)


@hosts("GET", "POST")
def circle_away(request: HttpRequest, host: Host, circle_id: int) -> HttpResponse:
    """Removes one; asked once more."""
    circle = get_object_or_404(Circle, pk=circle_id, space=host.space)
    if request.method == "POST":
        circles_of.remove(host=host, circle=circle)
        return redirect("host_circles", host.space_id)
    return sure(
        request,
        host,
        ask=_("Remove the circle %(name)s?") % {"name": circle.name},
        tell=_("The people in it stay. What only this circle could read, only you can read then."),
        do=_("Remove it"),
        back=reverse("host_circle", args=[host.space_id, circle.pk]),
    )


def link_page(
    request: HttpRequest, host: Host, guest: Guest, token: str, *, mailed: bool = True
) -> HttpResponse:
    """Shows somebody's link, this once: only its hash is kept."""
    link = address("come_in", token)
    return page(request, host, "link", guest=guest, link=link, mailed=mailed and bool(guest.email))


def _guest(host: Host, guest_id: UUID) -> Guest:
    """One who is let in, or was; who only asks is answered elsewhere."""
    return get_object_or_404(Guest.objects.exclude(let_in_at=None), pk=guest_id, space=host.space)
