"""How hosts and the baby are spoken of to guests: in the host's own words, or in none."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from beside.space.models import Host, Space, Words


def hosts_of(space: Space) -> list[Host]:
    """Those who share and read here now, in the order in which they came."""
    return list(space.hosts.filter(left_at=None).order_by("joined_at", "pk"))


def named(hosts: Sequence[Host]) -> str:
    """Their names as one phrase."""
    names = [host.name for host in hosts if host.name]
    if not names:
        return _("The parents")
    *others, last = names
    if not others:
        return str(last)
    return _("%(names)s and %(last)s") % {"names": ", ".join(others), "last": last}


def baby(space: Space) -> str:
    """Whom they lost, in the words that the host chose; "" where she chose none."""
    if space.words == Words.NAME:
        return str(space.baby_name)
    return {
        Words.BABY: _("their baby"),
        Words.SON: _("their son"),
        Words.DAUGHTER: _("their daughter"),
    }.get(Words(space.words), "")
