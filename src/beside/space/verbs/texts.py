"""The wording that counts, of many messages at once and without opening older ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from beside.space.models import Message, Version


def last_wording(message: Message) -> Version:
    """The newest version of a message whose versions were fetched with it."""
    return list(message.versions.all())[-1]


def newest_of(messages: Iterable[UUID], *, readings: bool = False) -> dict[UUID, Version]:
    """The newest version of each message; what the gate read in it stays sealed unless asked for."""
    newer = Version.objects.filter(message=OuterRef("message"), number__gt=OuterRef("number"))
    found = Version.objects.filter(~Exists(newer), message__in=list(messages))
    fields: list[Any] = ["message_id", "number", "body", "written_at", *(["reading"] if readings else [])]
    return {version.message_id: version for version in found.only(*fields)}
