"""What came in, when she wants it. Nothing here knows of what is held, and nothing counts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beside.space.models import Guest, Host, Message
from beside.space.verbs import inbox, let_in, pause
from beside.space.verbs.errors import NotAllowed, Refused
from beside.space.verbs.notify import moderators_of
from beside.space.verbs.quiet import quiet_until
from beside.space.web.access import host as hosts
from beside.space.web.forms_sharing import AnswerForm
from beside.space.web.host_page import page, posted, refused
from beside.space.web.host_people import link_page


@hosts("GET")
def home(request: HttpRequest, host: Host) -> HttpResponse:
    """Open when you are ready: nothing that anybody wrote is on this page."""
    return page(
        request,
        host,
        "home",
        quiet_until=_quiet_until(host),
        anything=inbox.anything(host=host),
        new=inbox.anything_new(host=host),
        asking=bool(inbox.requests(host=host)),
        nobody_asked=not host.space.nobody_reads and not host.space.moderators.filter(ended_at=None).exists(),
    )


@hosts("GET")
def came(request: HttpRequest, host: Host) -> HttpResponse:
    """What came in, the newest first."""
    return _letters(request, host, away=False)


@hosts("GET")
def away(request: HttpRequest, host: Host) -> HttpResponse:
    """What she put away."""
    return _letters(request, host, away=True)


@hosts("POST")
def open_anyway(request: HttpRequest, host: Host) -> HttpResponse:  # noqa: ARG001
    """In quiet hours, all the same."""
    pause.open_anyway(host=host)
    return redirect("host_came", host.space_id)


@hosts("POST")
def heart(request: HttpRequest, host: Host, message_id: UUID) -> HttpResponse:
    """One tap back; a second one takes it away."""
    message = _message(host, message_id)
    inbox.heart(host=host, message=message, on=request.POST.get("on") != "no")
    return _back(request, host, message)


@hosts("GET", "POST")
def answer(request: HttpRequest, host: Host, message_id: UUID) -> HttpResponse:
    """Words back."""
    letter = inbox.letter(host=host, message_id=message_id)
    form = AnswerForm(posted(request), initial={"body": letter.answer})
    if request.method == "POST" and form.is_valid():
        inbox.answer(host=host, message=letter.message, body=form.cleaned_data["body"])
        return _back(request, host, letter.message)
    return page(request, host, "answer", letter=letter, form=form)


@hosts("POST")
def put_away(request: HttpRequest, host: Host, message_id: UUID) -> HttpResponse:
    """Out of sight, and found again under "put away"."""
    inbox.put_away(host=host, message=_message(host, message_id))
    messages.success(request, _("It is put away. You find it under “Put away”."))
    return redirect(_listing(request, host))


@hosts("POST")
def bring_back(request: HttpRequest, host: Host, message_id: UUID) -> HttpResponse:  # noqa: ARG001
    """Back among what came in."""
    inbox.bring_back(host=host, message=_message(host, message_id))
    return redirect("host_away", host.space_id)


@hosts("POST")
def hand_over(request: HttpRequest, host: Host, message_id: UUID) -> HttpResponse:
    """To the friend who reads first; refused where there is none."""
    message = _message(host, message_id)
    try:
        inbox.hand_over(host=host, message=message)
    except NotAllowed:
        raise
    except Refused as refusal:
        back = reverse("host_came", args=[host.space_id])
        return refused(request, host, sentence=refusal.sentence, back=back)
    messages.success(request, _("Your friend has it now. You need not think of it again."))
    return redirect(_listing(request, host))


@hosts("POST")
def offer(request: HttpRequest, host: Host, message_id: UUID) -> HttpResponse:
    """Takes an offer of help, or leaves it."""
    message = _message(host, message_id)
    inbox.answer_offer(host=host, message=message, take=request.POST.get("take") == "yes")
    return _back(request, host, message)


@hosts("POST")
def request_answered(request: HttpRequest, host: Host, guest_id: UUID) -> HttpResponse:
    """Lets somebody in who asked, or not."""
    guest = get_object_or_404(Guest, pk=guest_id, space=host.space)
    if all(letter.message.guest_id != guest.pk for letter in inbox.requests(host=host)):
        raise NotAllowed
    token = let_in.answer_request(host=host, guest=guest, let_in=request.POST.get("let_in") == "yes")
    if token and not guest.email:
        return link_page(request, host, guest, token)
    done = _("They are let in. Their link is sent to them.") if token else _("They are not let in.")
    messages.success(request, done)
    return redirect("host_people", host.space_id)


def _letters(request: HttpRequest, host: Host, *, away: bool) -> HttpResponse:
    found = inbox.came(host=host, page=_number(request.GET.get("page")), away=away)
    if request.method == "GET":
        inbox.mark_read(host=host, letters=found.letters)
    return page(
        request,
        host,
        "away" if away else "came",
        found=found,
        quiet_until=_quiet_until(host),
        friend=bool(moderators_of(host.space)),
    )


def _message(host: Host, message_id: UUID) -> Message:
    return inbox.letter(host=host, message_id=message_id).message


def _back(request: HttpRequest, host: Host, message: Message) -> HttpResponse:
    return redirect(f"{_listing(request, host)}#m-{message.pk}")


def _listing(request: HttpRequest, host: Host) -> str:
    number = _number(request.POST.get("page"))
    address = reverse("host_came", args=[host.space_id])
    return f"{address}?page={number}" if number > 1 else address


def _number(given: str | None) -> int:
    return min(int(given), 100_000) if given and given.isascii() and given.isdigit() else 1


def _quiet_until(host: Host) -> object:
    now = timezone.now()
    if host.person is None or pause.quiet_since(host=host, now=now) is None:
        return None
    return quiet_until(person=host.person, now=now)
