"""Circles: some of a host's people, under her own name for them."""

from __future__ import annotations

from collections.abc import Iterable

from beside.space.models import Circle, Guest, Host
from beside.space.verbs.errors import NotAllowed


def make(*, host: Host, name: str) -> Circle:
    """A new circle, with nobody in it."""
    return Circle.objects.create(space=host.space, name=name.strip())


def rename(*, host: Host, circle: Circle, name: str) -> None:
    """Another name for it; guests never see it."""
    _own(host, circle)
    circle.name = name.strip()
    circle.save(update_fields=["name"])


def remove(*, host: Host, circle: Circle) -> None:
    """The circle goes, its people stay. What was for it alone is then for nobody but her."""
    _own(host, circle)
    circle.delete()


def put(*, host: Host, guest: Guest, circles: Iterable[Circle]) -> None:
    """The circles that a guest is in, and no others."""
    _own(host, guest)
    guest.circles.set(circle for circle in circles if circle.space_id == host.space_id)


def _own(host: Host, row: Circle | Guest) -> None:
    if row.space_id != host.space_id:
        raise NotAllowed
