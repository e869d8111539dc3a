"""How hosts and the baby are spoken of to guests: in the host's own words, or in none."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beside.space.models import Host, Space, Words

# what hosts call the labels that they decide about: her own choices, then the kinds of hurt
CHOICE_NAMES: dict[str, Promise] = {
    "faith": gettext_lazy("Prayers and faith"),
    "shared_loss": gettext_lazy("Others’ stories of loss"),
    "other_pregnancy": gettext_lazy("Other pregnancies and babies"),
    "advice": gettext_lazy("Advice"),
    "question": gettext_lazy("Questions"),
    "off_topic": gettext_lazy("Words about something else"),
}
HURT_NAMES: dict[str, Promise] = {
    "platitude": gettext_lazy("Words that explain the loss away"),
    "minimizing": gettext_lazy("Words that make the loss smaller"),
    "blaming": gettext_lazy("Words that look for somebody’s fault"),
    "shaming": gettext_lazy("Words against how you grieve or share"),
    "intrusive": gettext_lazy("Prying questions"),
    "contention": gettext_lazy("Words that bring in an argument"),
    "hostility": gettext_lazy("Insults and mockery"),
    "hate": gettext_lazy("Attacks on people for who they are"),
    "threat": gettext_lazy("Threats"),
    "sexual": gettext_lazy("Sexual words"),
    "spam": gettext_lazy("Advertising and tricks"),
}


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
