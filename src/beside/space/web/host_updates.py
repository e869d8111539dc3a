"""What she shares: words first, then photos, then with whom. A draft is saved at every step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beside.space.models import Host, Photo, Update
from beside.space.verbs import helplines, share
from beside.space.verbs import photo as photos_of
from beside.space.verbs.errors import NotAllowed, Refused, TakenDown
from beside.space.verbs.links import address
from beside.space.web.access import host as hosts
from beside.space.web.forms_sharing import PhotoForm, ShareForm, TellingForm
from beside.space.web.host_page import page, posted, refused, sure, zone_of
from beside.space.web.host_wording import cover_words

# help for her stands beside words of hers that are new, not beside every old page of hers
_NEW = timedelta(days=3)
_DRAFT = "beside.draft"


@hosts("GET")
def updates(request: HttpRequest, host: Host) -> HttpResponse:
    """What is shared here, and her own drafts."""
    shown = share.of_hosts(host=host)
    return page(request, host, "updates", updates=shown)


@hosts("GET", "POST")
def write(request: HttpRequest, host: Host) -> HttpResponse:
    """A new telling. The page names its draft before there is one, signed, so that one text stays one draft
    even when the page saves it by itself and the button is pressed at the same time."""
    named = request.POST.get("draft") or signing.dumps(str(uuid4()), salt=_DRAFT)
    if ":" not in named:  # saved by the page already
        return _telling(request, host, _own(host, named))
    number = _promised(named)
    begun = Update.objects.select_related("space", "host").filter(pk=number, host=host).first()
    return _telling(request, host, begun, number, named)


@hosts("GET", "POST")
def edit(request: HttpRequest, host: Host, update_id: UUID) -> HttpResponse:
    """Goes on with a draft, or changes words that are shared."""
    return _telling(request, host, _own(host, update_id))


@hosts("GET", "POST")
def photos(request: HttpRequest, host: Host, update_id: UUID) -> HttpResponse:
    """Photos of an update, each covered unless she says otherwise."""
    update = _own(host, update_id)
    words = cover_words(host.space)
    form = PhotoForm(posted(request), request.FILES or None, initial={"cover_words": words})
    if request.method == "POST" and form.is_valid() and _added(form, host, update):
        return redirect("host_photos", host.space_id, update.pk)
    return page(
        request, host, "photos", update=update, photos=update.photos.order_by("created_at"), form=form
    )


@hosts("POST")
def photo_away(request: HttpRequest, host: Host, update_id: UUID, photo_id: UUID) -> HttpResponse:  # noqa: ARG001
    """Takes a photo out."""
    update = _own(host, update_id)
    photos_of.remove(host=host, photo=get_object_or_404(Photo, pk=photo_id, update=update))
    return redirect("host_photos", host.space_id, update.pk)


@hosts("GET", "POST")
def publish(request: HttpRequest, host: Host, update_id: UUID) -> HttpResponse:
    """Who may read it, and when. Where there is a new link it is shown once, here."""
    update = _own(host, update_id)
    form = _share_form(request, host, update)
    if request.method == "POST" and form.is_valid():
        try:
            token = _published(form, host, update)
        except TakenDown as refusal:
            back = reverse("host_update", args=[host.space_id, update.pk])
            return refused(request, host, sentence=refusal.sentence, back=back)
        if token:
            return _link_page(request, host, update, token)
        return redirect("host_update", host.space_id, update.pk)
    return page(request, host, "share", update=update, form=form)


@hosts("GET")
def update(request: HttpRequest, host: Host, update_id: UUID) -> HttpResponse:
    """One update as it stands; the other parent's only where it is shared."""
    shown = share.of_hosts(host=host).filter(pk=update_id).first()
    if shown is None:
        raise Http404
    mine = shown.host_id == host.pk
    danger = _danger(host, shown) if mine else {}
    pictures = shown.photos.order_by("created_at")
    return page(request, host, "update", update=shown, mine=mine, photos=pictures, **danger)


@hosts("POST")
def new_link(request: HttpRequest, host: Host, update_id: UUID) -> HttpResponse:
    """A fresh link; the old one ends."""
    update = _own(host, update_id)
    return _link_page(request, host, update, share.new_link(host=host, update=update))


@hosts("GET", "POST")
def withdraw(request: HttpRequest, host: Host, update_id: UUID) -> HttpResponse:
    """Back into the drafts; asked once more before."""
    return _after_asking(
        request,
        host,
        update_id,
        share.withdraw,
        ask=_("Take this back?"),
        tell=_("Nobody but you sees it any more. It stays among your drafts."),
        do=_("Take it back"),
        done=_("It is taken back. You find it among your drafts."),
    )


@hosts("GET", "POST")
def discard(request: HttpRequest, host: Host, update_id: UUID) -> HttpResponse:
    """A draft that she does not want any more; asked once more before."""
    return _after_asking(
        request,
        host,
        update_id,
        share.discard,
        ask=_("Throw this draft away?"),
        tell=_("Its words and photos are gone then, and cannot be brought back."),
        do=_("Throw it away"),
        done=_("The draft is gone."),
    )


def _telling(
    request: HttpRequest, host: Host, update: Update | None, number: UUID | None = None, named: str = ""
) -> HttpResponse:
    form = TellingForm(posted(request), initial={"body": update.body if update else ""})
    by_itself = request.headers.get("HX-Request") == "true"
    if request.method == "POST" and form.is_valid():
        update = _saved(host, update, form.cleaned_data["body"], number)
        if not by_itself:
            return redirect(_next(request, host, update))
    known: dict[str, Any] = {"zone": zone_of(host), "form": form, "update": update, "named": named}
    if by_itself:
        return render(request, "space/host/saved.html", known)
    return page(request, host, "write", **known)


def _saved(host: Host, update: Update | None, body: str, number: UUID | None) -> Update:
    if update is None or update.published_at is None:
        return share.draft(host=host, body=body, update=update, number=number)
    if body != update.body:
        share.edit(host=host, update=update, body=body)
    return update


def _next(request: HttpRequest, host: Host, update: Update) -> str:
    wanted = {"photos": "host_photos", "share": "host_share"}.get(request.POST.get("then", ""))
    if wanted is None:
        messages.success(request, _("It is saved."))
        wanted = "host_update"
    return reverse(wanted, args=[host.space_id, update.pk])


def _own(host: Host, update_id: object) -> Update:
    try:
        wanted = UUID(str(update_id))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Update.objects.select_related("space", "host"), pk=wanted, host=host)


def _promised(named: str) -> UUID:
    try:
        return UUID(signing.loads(named, salt=_DRAFT))
    except signing.BadSignature:
        raise Http404 from None


def _added(form: PhotoForm, host: Host, update: Update) -> bool:
    given = form.cleaned_data
    words = {name: given[name] for name in ("alt", "covered", "cover_words")}
    try:
        photos_of.add(host=host, update=update, data=given["photo"].read(), **words)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("photo", str(refusal.sentence))
        return False
    return True


def _published(form: ShareForm, host: Host, update: Update) -> str | None:
    given = form.cleaned_data
    return share.publish(
        host=host,
        update=update,
        audience=given["audience"],
        circles=given.get("circles") or (),
        shares_replies=given["shares_replies"],
        anonymous=given["anonymous"],
        at=given.get("at"),
    )


def _share_form(request: HttpRequest, host: Host, update: Update) -> ShareForm:
    shown = {name: getattr(update, name) for name in ("audience", "shares_replies", "anonymous")}
    initial: dict[str, Any] = {**shown, "circles": list(update.circles.all())}
    form = ShareForm(posted(request), host=host, published=update.published_at is not None, initial=initial)
    if update.publish_at:
        local = update.publish_at.astimezone(form.zone)
        form.initial.update(when="later", day=local.date(), hour=local.time())
    return form


def _danger(host: Host, update: Update) -> dict[str, Any]:
    """Help for her, where her new words sound as if she were in danger. Nobody else sees it."""
    fresh = max(filter(None, (update.published_at, update.edited_at)), default=None)
    if fresh is None or fresh < timezone.now() - _NEW or not share.in_danger(update=update):
        return {}
    lines = [line for line in helplines.confirmed(host.space.country) if line.is_crisis]
    return {"in_danger": True, "lines": lines}


def _link_page(request: HttpRequest, host: Host, update: Update, token: str) -> HttpResponse:
    """The link that anybody may read by, shown this once: only its hash is kept."""
    known = {"update": update, "link": address("shared_update", token), **_danger(host, update)}
    return page(request, host, "update_link", **known)


def _after_asking(
    request: HttpRequest, host: Host, update_id: UUID, verb: Callable[..., None], *, done: str, **words: str
) -> HttpResponse:
    update = _own(host, update_id)
    if request.method != "POST":
        back = reverse("host_update", args=[host.space_id, update.pk])
        return sure(request, host, back=back, **words)
    verb(host=host, update=update)
    messages.success(request, done)
    return redirect("host_updates", host.space_id)
