"""The demo space: made-up people, to look around in ten minutes. Marked as a demo everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils import timezone

from beside.space.models import Guest, Host, Installation, Person, Space, Words
from beside.space.verbs import let_in, open_space, receive, share
from beside.space.verbs.links import address

SALT = "beside.demo"
_HOST, _FRIEND = "mira@demo.invalid", "joan@demo.invalid"
_TELLING = (
    "Our daughter Noor was born on Thursday evening, at 31 weeks. She did not live. She has Sam's chin and a "
    "great deal of dark hair.\n\nWe are home. We do not know what we need yet. If you want to write, please "
    "do; we will read when we can."
)
_REPLIES = (
    ("Tomasz", "Oh Mira. Noor. I have said her name out loud in the kitchen. I am so sorry."),
    (
        "Aunt Bea",
        "My darlings. There is soup on the step, and more on Thursday. No need to come out.",
    ),
    (
        "Priya",
        "I lost my boy at 34 weeks, eleven years ago. I will sit with you and say nothing.",
    ),
    ("Colin", "So sorry for your loss. At least you are both young, you can try again."),
    ("Gwen", "What went wrong, did the doctors say? You were working very hard weren't you"),
    ("Dele", "Praying for you both and for little Noor."),
)


@dataclass(frozen=True)
class Links:
    """Where to click: as host, as guest, as the friend who reads first."""

    host: str
    guest: str
    friend: str


def links() -> Links:
    """Makes the demo when it is missing, and gives fresh links to its three people."""
    host = Host.objects.filter(space__is_demo=True).select_related("space").first() or _fill()
    guest = host.space.guests.order_by("created_at")[0]
    token = let_in.new_link(host=host, guest=guest)
    return Links(
        host=_door("host", host.space),
        guest=address("come_in", token),
        friend=_door("friend", host.space),
    )


def person_behind(door: str) -> tuple[Person, Space, str] | None:
    """Whom a demo link stands for: person, space, and "host" or "friend"; None when it is not good."""
    try:
        who, space_id = signing.loads(door, salt=SALT, max_age=60 * 60 * 24)
    except signing.BadSignature:
        return None
    space = Space.objects.filter(pk=space_id, is_demo=True).first()
    person = Person.objects.filter(email=_HOST if who == "host" else _FRIEND).first()
    return (person, space, who) if space and person else None


def _door(who: str, space: Space) -> str:
    return address("demo", signing.dumps([who, str(space.pk)], salt=SALT))


def _fill() -> Host:
    with transaction.atomic():
        _installation()
        person = Person.objects.create_user(_HOST, may_open_spaces=True)
        host = open_space.open_space(
            person=person,
            name="Mira",
            words=Words.DAUGHTER,
            baby_name="Noor",
            title="Noor (a demo, with made-up people)",
            country="GB",
            is_demo=True,
        )
        _, token = open_space.ask_moderator(host=host, name="Joan", email=_FRIEND)
        open_space.accept_moderating(token=token, person=Person.objects.create_user(_FRIEND))
        update = share.draft(host=host, body=_TELLING)
        share.publish(host=host, update=update, audience="guests", shares_replies=True)
        guests = [_guest(host, name) for name, _ in _REPLIES]
    for guest, (_, text) in zip(guests, _REPLIES, strict=True):
        receive.receive(guest=guest, update=update, text=text)
    return host


def _guest(host: Host, name: str) -> Guest:
    guest, _ = let_in.invite(host=host, name=name)
    return guest


def _installation() -> None:
    if not Installation.objects.exists():
        Installation.objects.create(
            name="Beside (demo)",
            contact_email="contact@demo.invalid",
            safeguarding_name="Demo contact",
            safeguarding_email="safeguarding@demo.invalid",
            countries=["GB"],
            house_rules="Send support, or keep quiet. This is a demo with made-up people.",
            set_up_at=timezone.now(),
        )
