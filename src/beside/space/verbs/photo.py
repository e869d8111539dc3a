"""Photos of an update: cleaned in a child process, sealed with the space's key, under a random name."""

from __future__ import annotations

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beside import photo as pictures
from beside.space.models import Host, Photo, Space, Update
from beside.space.sealed import vault
from beside.space.vault import Damaged, KeyGone
from beside.space.verbs.erase import note_photo
from beside.space.verbs.errors import NotAllowed, Refused

EACH_UPDATE = 12
EACH_SPACE = 500_000_000

_SENTENCES: dict[str, str | Promise] = {
    "bytes": _("This photo is larger than 12 megabytes. Please choose a smaller one."),
    "pixels": _("This photo has more than 50 million points. Please choose a smaller one."),
    "kind": _("This is not a photo that can be shown here. JPEG, PNG, WebP and HEIC can be."),
    "broken": _("This photo could not be opened. It may be damaged."),
}


def add(
    *,
    host: Host,
    update: Update,
    data: bytes,
    alt: str = "",
    covered: bool = True,
    cover_words: str = "",
) -> Photo:
    """Adds a photo to an update of hers. Raises `Refused` with a sentence; the original is never kept."""
    _own(host, update)
    _room(update, 0)  # before the work of reading it
    try:
        clean = pictures.clean_apart(data)
    except pictures.Refusal as refusal:
        raise Refused(_SENTENCES[refusal.code]) from None
    name = secrets.token_hex(16)
    try:
        with transaction.atomic():
            Space.objects.select_for_update().get(pk=host.space_id)
            _room(update, len(clean.data))
            name = _store(host.space, name, clean.data)
            return Photo.objects.create(
                space=host.space,
                update=update,
                file=name,
                width=clean.width,
                height=clean.height,
                size=len(clean.data),
                alt=alt.strip(),
                covered=covered,
                cover_words=cover_words.strip(),
            )
    except BaseException:
        default_storage.delete(name)
        raise


def read(*, photo: Photo) -> bytes:
    """The picture. Raises `NotAllowed` for one that is gone, with its space or by itself."""
    try:
        with default_storage.open(photo.file) as file:
            return vault().unseal(file.read(), _place(photo.file))
    except (FileNotFoundError, KeyGone, Damaged):
        raise NotAllowed from None


def remove(*, host: Host, photo: Photo) -> None:
    """Takes a photo out of an update of hers, and out of the storage."""
    _own(host, photo.update)
    name = photo.file
    with transaction.atomic():
        note_photo(photo=photo)
        photo.delete()
        transaction.on_commit(lambda: default_storage.delete(name))


def _own(host: Host, update: Update) -> None:
    if update.space_id != host.space_id or update.host_id != host.pk:
        raise NotAllowed


def _room(update: Update, size: int) -> None:
    if update.photos.count() >= EACH_UPDATE:
        raise Refused(_("There are twelve photos here already. Please take one away first."))
    used = Photo.objects.filter(space=update.space_id).aggregate(used=Sum("size"))["used"] or 0
    if used + size > EACH_SPACE:
        raise Refused(_("There is no room for more photos in this space. Please take some away first."))


def _store(space: Space, name: str, data: bytes) -> str:
    return default_storage.save(name, ContentFile(vault().seal(space.key_id(), data, _place(name))))


def _place(name: str) -> str:
    """Bound to its name, so that no file passes for another."""
    return f"photo.{name}"
