"""The space itself: its words, pause and quiet hours, notices, who reads first, and her own safety."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from beside.space.models import Host, Installation, Moderator
from beside.space.verbs import open_space, pause
from beside.space.web.access import host as hosts
from beside.space.web.access import person_of
from beside.space.web.forms_host import FriendForm, NoticesForm, QuietHoursForm, SafetyForm
from beside.space.web.host_page import page, posted, sure
from beside.space.web.host_questions import ABOUT, QUESTIONS


@hosts("GET")
def space(request: HttpRequest, host: Host) -> HttpResponse:
    """Everything that can be set, each on a page of its own."""
    return page(request, host, "space")


@hosts("GET", "POST")
def about(request: HttpRequest, host: Host, what: str) -> HttpResponse:
    """Names, words, dates, country."""
    if what not in ABOUT:
        raise Http404
    question = QUESTIONS[what]
    form = question.form(host, posted(request))
    if request.method == "POST" and form.is_valid():
        question.save(host, form.cleaned_data)
        return _kept(request, host)
    return page(request, host, "question", question=question, form=form, back=_here(host))


@hosts("GET", "POST")
def pausing(request: HttpRequest, host: Host) -> HttpResponse:
    """Nothing is shown to her until she says so."""
    if request.method == "POST":
        if request.POST.get("on") == "yes":
            pause.pause(host=host)
        else:
            pause.unpause(host=host)
        return redirect("host_home", host.space_id)
    return page(request, host, "pause")


@hosts("GET", "POST")
def quiet_hours(request: HttpRequest, host: Host) -> HttpResponse:
    """Hours of each day in which nothing reaches her."""
    person = person_of(request)
    known = {"start": person.quiet_from, "end": person.quiet_to, "zone": person.time_zone}
    form = QuietHoursForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        pause.set_quiet_hours(person=person, **form.cleaned_data)
        return _kept(request, host)
    return page(request, host, "quiet_hours", form=form)


@hosts("GET", "POST")
def notices(request: HttpRequest, host: Host) -> HttpResponse:
    """How often she wants e-mail."""
    person = person_of(request)
    form = NoticesForm(posted(request), initial={"notices": person.notices})
    if request.method == "POST" and form.is_valid():
        person.notices = form.cleaned_data["notices"]
        person.save(update_fields=["notices"])
        return _kept(request, host)
    return page(request, host, "notices", form=form)


@hosts("GET")
def friends(request: HttpRequest, host: Host) -> HttpResponse:
    """Who reads first, who is asked, or that nobody reads."""
    asked = host.space.moderators.filter(ended_at=None).order_by("asked_at")
    return page(request, host, "friends", friends=asked)


@hosts("GET", "POST")
def ask_friend(request: HttpRequest, host: Host) -> HttpResponse:
    """Asks one more; the invitation goes by mail."""
    form = FriendForm(posted(request), host=host)
    if request.method == "POST" and form.is_valid():
        open_space.ask_moderator(host=host, name=form.cleaned_data["name"], email=form.cleaned_data["email"])
        messages.success(request, _("They are asked by e-mail. They may say no."))
        return redirect("host_friends", host.space_id)
    return page(request, host, "ask_friend", form=form)


@hosts("GET", "POST")
def thank_friend(request: HttpRequest, host: Host, moderator_id: int) -> HttpResponse:
    """Thanks a friend and lets them go; asked once more."""
    found = Moderator.objects.filter(ended_at=None, space=host.space)
    friend = get_object_or_404(found, pk=moderator_id)
    if request.method == "POST":
        open_space.end_moderating(moderator=friend, by=host)
        messages.success(request, _("They do not read first any more."))
        return redirect("host_friends", host.space_id)
    return sure(
        request,
        host,
        ask=_("Thank %(name)s and let them go?") % {"name": friend.name},
        tell=_("They cannot read here any more. You can ask them again."),
        do=_("Let them go"),
        back=reverse("host_friends", args=[host.space_id]),
    )


@hosts("GET", "POST")
def nobody(request: HttpRequest, host: Host) -> HttpResponse:
    """In so many words: nobody reads what is held."""
    if request.method == "POST":
        open_space.nobody_reads(host=host)
        return redirect("host_friends", host.space_id)
    return sure(
        request,
        host,
        ask=_("Nobody reads what is held?"),
        tell=_(
            "Messages that Beside is not sure of stay unread. Among them may be kind ones. "
            "Those who wrote are told that nobody reads them. You can ask a friend at any time."
        ),
        do=_("Yes, nobody reads"),
        back=reverse("host_friends", args=[host.space_id]),
    )


@hosts("GET", "POST")
def volunteer(request: HttpRequest, host: Host) -> HttpResponse:
    """Somebody who runs the place may read what no friend has read for three days, or may no longer."""
    allow = not host.space.volunteer_allowed
    if request.method == "POST":
        open_space.let_volunteer(host=host, allowed=request.POST.get("may") == "yes")
        return redirect("host_friends", host.space_id)
    return page(request, host, "volunteer", allow=allow)


@hosts("GET", "POST")
def safety(request: HttpRequest, host: Host) -> HttpResponse:
    """Whom to tell when her own words sound as if she were in danger: nobody, unless she says so here."""
    known = {"agreed": host.alert_agreed, "name": host.alert_name, "email": host.alert_email}
    form = SafetyForm(posted(request), initial=known)
    if request.method == "POST" and form.is_valid():
        open_space.name_somebody(host=host, **form.cleaned_data)
        return _kept(request, host)
    return page(request, host, "safety", form=form)


@hosts("POST")
def quick_exit(request: HttpRequest, host: Host) -> HttpResponse:
    """The way out at the foot of each page, on or off, where the operator allows one."""
    if not Installation.objects.filter(quick_exit=True).exists():
        raise Http404
    open_space.describe(host=host, quick_exit=request.POST.get("on") == "yes")
    return redirect("host_space", host.space_id)


def _kept(request: HttpRequest, host: Host) -> HttpResponse:
    messages.success(request, _("It is kept."))
    return redirect(_here(host))


def _here(host: Host) -> str:
    return reverse("host_space", args=[host.space_id])
