"""A place in which every page has something to show: every kind of message, everything that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from beside.server import worker
from beside.space.models import (
    Complaint,
    Fate,
    Guest,
    Helpline,
    Host,
    Installation,
    Job,
    Kind,
    Message,
    Moderator,
    Person,
    Space,
    Update,
)
from beside.space.verbs import (
    bring_along,
    circles,
    complain,
    export,
    inbox,
    let_in,
    open_space,
    oversight,
    receive,
    review,
    sealed_file,
    second_host,
    senders,
    share,
    tap,
)
from beside.space.verbs.objections import object_to
from tests.flows.photos import add_photo
from tests.space.conftest import Place, make_place

KIND = "I am so sorry. I am thinking of you and holding you in my heart."
HURT = "At least you are young, you can try again."
DANGER = "I just lost mine and I don't want to be here any more"
THREAT = "I know where you live and I will come and hurt you."
FRENCH = "Je suis de tout coeur avec vous dans ces moments si difficiles, je vous embrasse très fort."


@dataclass
class Filled:
    """Handles to what is in it."""

    place: Place
    joan: Moderator
    operator: Person
    kind: Message
    offer: Message
    away: Message
    held: Message
    danger: Message
    declined: Message
    returned: Message
    abroad: Message
    draft: Update
    scheduled: Update
    open: Update
    open_token: str
    line: Helpline
    complaints: list[Complaint]
    copy: Job
    brought: Job
    column: Job
    asking: Guest
    alone: Place
    two: Place

    @property
    def space(self) -> Space:
        return self.place.space

    @property
    def host(self) -> Host:
        return self.place.host


def fill(place: Place, operator: Person) -> Filled:
    """Fills it."""
    host, guest, update = place.host, place.guest, place.update
    open_space.describe(host=host, words="daughter", baby_name="Noor", dates="3 March", quick_exit=True)
    Installation.objects.update(quick_exit=True)
    share.publish(host=host, update=update, audience="guests", shares_replies=True)
    add_photo(place)
    add_photo(place, covered=False)
    joan = _joan(host)
    bea, _ = let_in.invite(host=host, name="Bea", circles=[circles.make(host=host, name="Family")])
    bea_wrote = receive.receive(guest=bea, text=KIND, update=update)
    inbox.heart(host=host, message=bea_wrote)
    said = _messages(host, guest, update, joan)
    open_update = share.draft(host=host, body="For everybody who has known us.")
    scheduled = share.draft(host=host, body="On her birthday.")
    share.publish(host=host, update=scheduled, audience="guests", at=timezone.now() + timedelta(days=9))
    return Filled(
        place=place,
        joan=joan,
        operator=operator,
        draft=share.draft(host=host, body="I do not know yet how to say it."),
        scheduled=scheduled,
        open=open_update,
        open_token=share.publish(host=host, update=open_update, audience="link", anonymous=True) or "",
        line=_helplines(),
        complaints=_complaints(operator, said["kind"], update),
        **_jobs(host),
        asking=let_in.ask(
            space=host.space, name="Nora", email="nora@guest.example", note="I am so sorry. May I read along?"
        ),
        alone=_alone(),
        two=_two(operator),
        **said,
    )


def _joan(host: Host) -> Moderator:
    _, token = open_space.ask_moderator(host=host, name="Joan", email="joan@mod.example")
    open_space.ask_moderator(host=host, name="Somebody else", email="else@mod.example")
    return open_space.accept_moderating(token=token, person=Person.objects.create_user("joan@mod.example"))


def _messages(host: Host, guest: Guest, update: Update, joan: Moderator) -> dict[str, Message]:
    pest, _ = let_in.invite(host=host, name="Colin")
    said = {
        "kind": receive.receive(guest=guest, text=KIND, update=update),
        "offer": receive.receive(
            guest=guest, text="I would love to bring soup.", kind=Kind.OFFER, help_on=timezone.localdate()
        ),
        "away": receive.receive(guest=guest, text=f"{KIND} Truly."),
        "held": receive.receive(guest=guest, text=HURT, to_friend_first=True),
        "danger": receive.receive(guest=guest, text=DANGER),
        "declined": receive.receive(guest=guest, text=f"{HURT} Next year."),
        "returned": receive.receive(guest=guest, text=f"{HURT} Soon."),
        "abroad": receive.receive(guest=guest, text=FRENCH),
    }
    for kind in (Kind.CANDLE, Kind.HEART):
        tap.tap(guest=guest, update=update, kind=kind)
    for text in (THREAT, HURT):
        receive.receive(guest=pest, text=text)
    inbox.answer(host=host, message=said["kind"], body="Thank you, Tomasz.")
    inbox.put_away(host=host, message=said["away"])
    for name, outcome in (("declined", "decline"), ("returned", "rephrase")):
        seen = {fate.pk: fate.revision for fate in said[name].fates.all()}
        review.settle_held(
            moderator=joan, message=said[name], outcome=outcome, seen=seen, reason="minimizing"
        )
    object_to(message=said["declined"], guest=guest, why="She will know what I mean.")
    senders.leave_note(moderator=joan, body="I know Colin; he means well.")
    senders.leave_note(moderator=joan, body="Shall we ask him?", message=said["held"])
    return said


def _helplines() -> Helpline:
    for country, is_crisis in (("GB", True), ("GB", False), ("IE", True), ("IE", False)):
        line = Helpline.objects.create(
            country=country,
            service=f"{'Samaritans' if is_crisis else 'Sands'} {country}",
            for_whom="Anyone who cannot go on",
            number="116 123",
            hours="day and night",
            cost="free",
            is_crisis=is_crisis,
            checked_on=timezone.localdate() - timedelta(days=200 if country == "IE" else 1),
            checked_by="Ola",
        )
    Helpline.objects.create(country="GB", service="Not checked", number="1")
    return line


def _complaints(operator: Person, message: Message, update: Update) -> list[Complaint]:
    made = [
        complain.complain(text="This is not theirs.", reply_to="a@b.example", about_message=message.pk),
        complain.complain(text="It was slow."),
    ]
    complain.close(person=operator, complaint=made[1], outcome="The disk was changed.")
    oversight.look_in(person=operator, space=update.space, reason="The host asked for help by telephone.")
    return made


def _jobs(host: Host) -> dict[str, Job]:
    brought = {}
    for name, table in (("brought", f"author,comment\nBea,{KIND}\n"), ("column", "a,b\n1,2\n")):
        writer = sealed_file.Writer(host.space, sealed_file.new_name())
        writer.write(table.encode())
        writer.close()
        brought[name] = bring_along.start(
            space=host.space, person=host.person, file=writer.name, called="comments.csv", names=True
        )
    copy = export.start(host=host)
    worker.run(once=True)
    return {"copy": copy, **brought}


def _alone() -> Place:
    """A space in which nobody reads first but the operator's volunteer, and something waits for days."""
    alone = make_place("eve")
    Space.objects.filter(pk=alone.space.pk).update(volunteer_allowed=True)
    long_ago = timezone.now() - timedelta(days=4)
    message = receive.receive(guest=alone.guest, text=HURT)
    other = receive.receive(guest=alone.guest, text=f"{HURT} Really.")
    seen = {fate.pk: fate.revision for fate in other.fates.all()}
    review.settle_held(moderator=alone.moderator, message=other, outcome="decline", seen=seen)
    object_to(message=other, guest=alone.guest, why="Please look again.")
    Message.objects.filter(pk=message.pk).update(received_at=long_ago)
    Fate.objects.filter(message=message).update(decided_at=long_ago)
    return alone


def _two(operator: Person) -> Place:
    """A space of two, of whom one has asked long ago that it be erased."""
    two = make_place("zoe")
    _, token = second_host.ask(host=two.host, name="Sam", email="sam@host.example")
    second_host.accept(token=token, person=Person.objects.create_user("sam@host.example"), name="Sam")
    Host.objects.filter(pk=two.host.pk).update(wants_erasure=timezone.now() - timedelta(days=31))
    return two
