"""No more e-mail: one click on a link that is the same in every mail to somebody."""

from __future__ import annotations

from beside.space.models import Guest, Notices, Person
from beside.space.models.operation import operators_key
from beside.space.sealed import vault
from beside.space.verbs.tokens import token_hash


def unsubscribe_token(*, who: Guest | Person) -> str:
    """The token of their link. It is made from a key and kept nowhere; only its hash is, to find them by."""
    key = who.key_id() if isinstance(who, Guest) else operators_key()
    token = vault().mark(key, str(who.pk).encode(), f"unsubscribe.{type(who).__name__}")
    hashed = token_hash(token)
    if who.unsubscribe_hash != hashed:
        who.unsubscribe_hash = hashed
        who.save(update_fields=["unsubscribe_hash"])
    return token


def who_by(*, token: str) -> Guest | Person | None:
    """Whose link it is. Looking changes nothing: mail scanners look too."""
    hashed = token_hash(token)
    return (
        Guest.objects.filter(unsubscribe_hash=hashed).first()
        or Person.objects.filter(unsubscribe_hash=hashed).first()
    )


def unsubscribe(*, token: str) -> bool:
    """They get no more notices; whether the link is anybody's. Done twice, it is done once."""
    who = who_by(token=token)
    if who is None:
        return False
    who.notices = Notices.NEVER
    who.save(update_fields=["notices"])
    return True
