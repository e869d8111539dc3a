"""A copy holds every row and photo of one's own and nothing of others, and opens without a network (P3)."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from datetime import date
from html.parser import HTMLParser

import pytest
from django.utils import timezone, translation
from PIL import Image

from beside.space.models import Fate, Job, Kind, Message, Person, Photo, State, Update, Version
from beside.space.verbs import (
    circles,
    export,
    guest_own,
    inbox,
    jobs,
    let_in,
    objections,
    open_space,
    receive,
    sealed_file,
    share,
)
from beside.space.verbs import photo as photos
from beside.space.verbs.settle import decide, settle

pytestmark = pytest.mark.django_db
KIND = "I am so sorry. We are holding you all in our hearts."
SCRIPT = "<script>alert('SENTINEL')</script>"
SECRETS = ("HELD-SECRET", "DECLINED-SECRET", "SAM-SECRET", "ZOE-SECRET", "RETURNED-SECRET", "SAMS-ALONE")


def jpeg(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


def write(place, text=KIND, **more):
    return receive.receive(guest=place.guest, update=place.update, text=text, **more)


def fated(place, text, state, host=None):
    """A message that a friend decided about so."""
    message = write(place, text)
    for fate in message.fates.filter(host=host) if host else message.fates.all():
        decide(fate=fate, state=state, person=place.moderator.person)
    return message


@pytest.fixture
def sam(place):
    """The other parent, with things of their own that must not be in her copy."""
    person = Person.objects.create_user("sam@host.example")
    sam = open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)
    open_space.set_rules(host=sam, rules={"labels": {"faith": "hold"}})
    theirs = share.draft(host=sam, body="SAM-SECRET draft")
    photos.add(host=sam, update=theirs, data=jpeg("blue"), alt="SAM-SECRET photo")
    shared = share.draft(host=sam, body="SAM-SECRET shared")
    share.publish(host=sam, update=shared, audience="guests")
    return sam


@pytest.fixture
def full(place, sam, other):
    """Everything that there is, of hers and of others'."""
    share.draft(host=place.host, body=f"A draft of hers {SCRIPT}")
    photos.add(host=place.host, update=place.update, data=jpeg(), alt="Her hand", cover_words="Noor")
    photos.add(host=place.host, update=place.update, data=jpeg("green"), alt="A candle", covered=False)
    circles.make(host=place.host, name="Family")
    kind = fated(place, KIND, State.DELIVERED)
    inbox.answer(host=place.host, message=kind, body=f"Thank you {SCRIPT}")
    inbox.answer(host=sam, message=kind, body="SAM-SECRET answer")
    away = fated(place, "Soup on Thursday", State.DELIVERED)
    inbox.put_away(host=place.host, message=away)
    write(place, "", kind=Kind.CANDLE)
    write(place, "I can bring soup on Thursday.", kind=Kind.OFFER, help_on=date(2026, 12, 3))
    fated(place, "HELD-SECRET words", State.HELD)
    fated(place, "DECLINED-SECRET words", State.DECLINED)
    fated(place, "RETURNED-SECRET words", State.RETURNED)
    split = write(place, "SAMS-ALONE words")
    for fate in split.fates.all():
        state = State.DELIVERED if fate.host_id == sam.pk else State.HELD
        decide(fate=fate, state=state, person=place.moderator.person)
    write(other, "ZOE-SECRET words")
    photos.add(host=other.host, update=other.update, data=jpeg(), alt="ZOE-SECRET photo")
    return place


def copy_of(place):
    """Her copy, as the worker makes it and the page gives it out."""
    job = export.start(host=place.host)
    assert jobs.work_one()
    job.refresh_from_db()
    assert (job.problem, job.finished_at is not None) == ("", True)
    data = b"".join(sealed_file.read(job.file))
    assert len(data) == job.options["size"]
    return zipfile.ZipFile(io.BytesIO(data))


def everything_in(archive):
    return b"\n".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")


class Links(HTMLParser):
    """Whatever a page would load or run."""

    def __init__(self, page):
        super().__init__()
        self.loads, self.scripts = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.loads += [given[name] for name in ("src", "srcset", "action", "data", "poster") if name in given]
        self.loads += [given["href"]] if tag in ("link", "a", "base") and "href" in given else []
        if tag in ("script", "iframe", "object", "embed") or any(name.startswith("on") for name in given):
            self.scripts.append(tag)


def test_her_copy_holds_every_row_and_photo_of_hers(full):
    archive = copy_of(full)
    data = json.loads(archive.read("data.json"))
    own = Update.objects.filter(host=full.host)
    delivered = Fate.objects.filter(host=full.host, state=State.DELIVERED)
    assert {update["id"] for update in data["updates"]} == {str(update.pk) for update in own}
    assert {message["id"] for message in data["messages"]} == {str(fate.message_id) for fate in delivered}
    assert [update["text"] for update in data["updates"]] == [
        update.body for update in own.order_by("created_at")
    ]
    pictures = [photo for update in data["updates"] for photo in update["photos"]]
    stored = Photo.objects.filter(update__host=full.host)
    assert {photo["id"] for photo in pictures} == {str(photo.pk) for photo in stored}
    for photo in pictures:
        assert archive.read(photo["file"]) == photos.read(photo=Photo.objects.get(pk=photo["id"]))
    assert (len(data["updates"]), len(data["messages"]), len(pictures)) == (2, 4, 2)
    assert data["circles"] == ["Family"]


def test_her_copy_holds_nothing_of_others(full):
    archive = copy_of(full)
    text = everything_in(archive)
    assert [secret for secret in SECRETS if secret in text] == []
    assert "sam@host.example" not in text
    assert full.guest.email not in text
    assert sorted(archive.namelist()) == ["data.json", "index.html", "photos/001.jpg", "photos/002.jpg"]
    assert {"held", "declined", "returned"} & set(re.findall(r'"(\w+)"', text)) == set()


def test_her_answers_and_settings_are_in_it(full):
    full.host.rules = {"labels": {"faith": "welcome", "advice": "hold"}}
    full.host.alert_agreed, full.host.alert_name, full.host.alert_email = True, "Joan", "joan@x.example"
    full.host.save()
    data = json.loads(copy_of(full).read("data.json"))
    answers = [answer["text"] for message in data["messages"] for answer in message["answers"]]
    assert answers == [f"Thank you {SCRIPT}"]
    assert data["you"]["rules"] == full.host.rules
    assert data["you"]["told_when_in_danger"] == {"name": "Joan", "email": "joan@x.example"}
    assert (data["you"]["name"], data["you"]["email"]) == ("Ada", "ada@host.example")
    assert data["format"] == 1


def test_what_came_in_a_pause_is_in_it(full):
    full.host.paused_since = timezone.now()
    full.host.save()
    late = write(full, "I am so very sorry. Thinking of you every day.")
    assert late.fates.get(host=full.host).state == State.DELIVERED
    data = json.loads(copy_of(full).read("data.json"))
    assert str(late.pk) in {message["id"] for message in data["messages"]}


def test_the_page_needs_no_network_and_runs_nothing(full):
    archive = copy_of(full)
    page = archive.read("index.html").decode()
    found = Links(page)
    outside = [link for link in found.loads if link not in archive.namelist() and not link.startswith("#")]
    assert (outside, found.scripts) == ([], [])
    assert sorted(link for link in found.loads if link.startswith("photos")) == [
        "photos/001.jpg",
        "photos/002.jpg",
    ]
    assert "url(" not in page
    assert "@import" not in page
    assert "&lt;script&gt;alert(&#x27;SENTINEL&#x27;)&lt;/script&gt;" in page


def test_the_page_covers_what_she_covered(full):
    page = copy_of(full).read("index.html").decode()
    [covered] = re.findall(r"<details>.*?</details>", page, re.DOTALL)
    assert '<summary dir="auto">Noor</summary>' in covered
    assert 'alt="Her hand"' in covered
    assert 'alt="A candle"' not in covered


def test_the_page_is_in_her_language(full):
    full.host.person.language = "ar"
    full.host.person.save()
    with translation.override("en"):
        page = copy_of(full).read("index.html").decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_a_photo_that_is_gone_does_not_stop_the_copy(full, settings):
    from django.core.files.storage import default_storage

    default_storage.delete(Photo.objects.filter(update__host=full.host).order_by("created_at").first().file)
    archive = copy_of(full)
    assert [name for name in archive.namelist() if name.startswith("photos")] == ["photos/002.jpg"]
    assert Links(archive.read("index.html").decode()).loads.count("photos/002.jpg") == 1


def test_a_host_who_left_gets_no_copy(full):
    job = export.start(host=full.host)
    full.host.left_at = timezone.now()
    full.host.save()
    jobs.work_one()
    job.refresh_from_db()
    assert (job.problem, sealed_file.path_of(job.file).exists()) == ("gone", False)


def test_the_copy_is_sealed_while_it_lies_here(full):
    job = export.start(host=full.host)
    jobs.work_one()
    lying = sealed_file.path_of(job.file).read_bytes()
    assert b"index.html" not in lying
    assert lying[:2] != b"PK"
    assert Job.objects.get().options["host"] == full.host.pk


def test_a_guests_copy_holds_every_wording_and_nothing_of_others(full):
    first = Message.objects.filter(guest=full.guest, kind=Kind.MESSAGE).order_by("received_at").first()
    receive.change(message=first, guest=full.guest, text=f"I am sorry {SCRIPT}")
    hurtful = write(full, "At least it was early, you can try again.")
    objections.object_to(message=hurtful, guest=full.guest, why="I meant it well.")
    bea, _ = let_in.invite(host=full.host, name="Bea", email="bea@guest.example")
    receive.receive(guest=bea, update=full.update, text="BEA-SECRET so sorry")
    archive = zipfile.ZipFile(io.BytesIO(export.pack_guest(guest=full.guest)))
    data, text = json.loads(archive.read("data.json")), everything_in(archive)
    own = Message.objects.filter(guest=full.guest)
    assert {message["id"] for message in data["messages"]} == {str(message.pk) for message in own}
    wordings = [wording["text"] for message in data["messages"] for wording in message["wordings"]]
    bodies = [one.body for one in Version.objects.filter(message__guest=full.guest)]
    assert sorted(wordings) == sorted(bodies)
    assert KIND in wordings
    assert [one["text"] for message in data["messages"] for one in message["objections"]] == [
        "I meant it well."
    ]
    assert data["you"]["name"] == "Tomasz"
    for secret in ("BEA-SECRET", "ZOE-SECRET", "SAM-SECRET", "Thank you", "We lost our daughter"):
        assert secret not in text
    assert Links(archive.read("index.html").decode()).scripts == []


def test_a_guests_copy_tells_nothing_of_what_became_of_it(place, sam):
    """Two hosts who answered differently about prayer: what a guest takes away is the same to the letter."""
    write(place, "Praying for you both tonight. I am so sorry.")
    before = export.of_guest(guest=place.guest)
    open_space.set_rules(host=place.host, rules={"labels": {"faith": "hold"}})
    settle(message=Message.objects.get())
    after = export.of_guest(guest=place.guest)
    assert set(Fate.objects.values_list("state", flat=True)) == {State.HELD}
    assert {**after, "made": before["made"]} == before
    words = json.dumps(after, default=str)
    assert not re.search(r"state|held|deliver|score|label|code|reading|fate|taken\b", words)


def test_a_thousand_replies_within_a_minute(place):
    guest_own.know_as(guest=place.guest, name="Tom")
    messages = [
        Message(space=place.space, guest=place.guest, update=place.update, sender="Tom") for _ in range(1000)
    ]
    Message.objects.bulk_create(messages)
    Version.objects.bulk_create(
        Version(space=place.space, message=one, body=f"Number {number}")
        for number, one in enumerate(messages)
    )
    Fate.objects.bulk_create(Fate(message=one, host=place.host, state=State.DELIVERED) for one in messages)
    start = time.monotonic()
    data = json.loads(copy_of(place).read("data.json"))
    assert time.monotonic() - start < 60
    assert sorted(message["text"] for message in data["messages"]) == sorted(
        f"Number {n}" for n in range(1000)
    )


def test_the_queries_do_not_grow_with_the_messages(place, django_assert_num_queries):
    for number in range(3):
        fated(place, f"Thinking of you, day {number}.", State.DELIVERED)
    with django_assert_num_queries(7):
        export.of_host(host=place.host)
