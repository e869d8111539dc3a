"""The book holds what stands on her pages, the photos that she chooses, and fetches nothing."""

from __future__ import annotations

import io
import re
import sys
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from beside.space.models import Kind, Person, State, Update
from beside.space.verbs import inbox, jobs, keepsake, open_space, pause, receive, sealed_file, share
from beside.space.verbs import photo as photos
from beside.space.verbs.errors import NotAllowed
from beside.space.verbs.settle import decide

pytestmark = pytest.mark.django_db


def jpeg(colour):
    out = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(out, "JPEG")
    return out.getvalue()


def came(place, text, state=State.DELIVERED, update=None, host=None, **more):
    """A message that a friend decided about so."""
    message = receive.receive(guest=place.guest, update=update, text=text, **more)
    for fate in message.fates.filter(host=host or place.host):
        decide(fate=fate, state=state, person=place.moderator.person)
    return message


def letters(book):
    return [page.text for chapter in book.chapters for page in chapter.letters] + [
        page.text for page in book.letters
    ]


@pytest.fixture
def full(place):
    photos.add(host=place.host, update=place.update, data=jpeg("red"), alt="Covered")
    photos.add(host=place.host, update=place.update, data=jpeg("green"), alt="Open", covered=False)
    answered = came(place, "I am so sorry.", update=place.update)
    inbox.answer(host=place.host, message=answered, body="Thank you.")
    came(place, "Thinking of you.")
    came(place, "", kind=Kind.CANDLE)
    came(place, "", kind=Kind.CANDLE)
    came(place, "HELD", state=State.HELD)
    came(place, "DECLINED", state=State.DECLINED)
    inbox.put_away(host=place.host, message=came(place, "PUT AWAY"))
    share.draft(host=place.host, body="A DRAFT")
    return place


def book(place, choice=keepsake.ALL):
    return keepsake.book(host=place.host, photos=choice)


def test_it_holds_what_stands_on_her_pages(full):
    found = book(full)
    assert [chapter.text for chapter in found.chapters] == ["We lost our daughter on Sunday. ada"]
    assert letters(found) == ["I am so sorry.", "Thinking of you."]
    assert [page.answer for page in found.chapters[0].letters] == ["Thank you."]
    assert (found.candles, found.letters[0].sender) == (["Tomasz"], "Tomasz")


def test_it_holds_nothing_of_the_other_parent(full):
    person = Person.objects.create_user("sam@host.example")
    sam = open_space.add_host(space=full.space, person=person, name="Sam", by=full.host)
    theirs = share.draft(host=sam, body="SAM SHARED")
    share.publish(host=sam, update=theirs, audience="guests")
    for_sam = came(full, "FOR SAM ALONE", host=sam)
    decide(fate=for_sam.fates.get(host=full.host), state=State.HELD, person=full.moderator.person)
    to_both = came(full, "For both of you.", update=theirs)
    decide(fate=to_both.fates.get(host=sam), state=State.DELIVERED, person=full.moderator.person)
    inbox.answer(host=sam, message=to_both, body="SAM ANSWERED")
    found = book(full)
    assert [chapter.text for chapter in found.chapters] == ["We lost our daughter on Sunday. ada"]
    assert letters(found) == ["I am so sorry.", "Thinking of you.", "For both of you."]
    assert [page.answer for page in found.letters] == ["", ""]


def test_what_is_out_of_her_sight_is_not_in_it(full):
    pause.pause(host=full.host)
    came(full, "IN THE PAUSE")
    assert letters(book(full)) == ["I am so sorry.", "Thinking of you."]
    pause.unpause(host=full.host)
    assert "IN THE PAUSE" in letters(book(full))


def test_a_withdrawn_or_planned_update_is_not_in_it(full):
    share.withdraw(host=full.host, update=full.update)
    planned = share.draft(host=full.host, body="PLANNED")
    share.publish(host=full.host, update=planned, audience="guests", at=timezone.now() + timedelta(days=1))
    found = book(full)
    assert found.chapters == []
    assert letters(found) == ["I am so sorry.", "Thinking of you."]  # what came stays


@pytest.mark.parametrize(("choice", "alts"), [("all", ["Covered", "Open"]), ("open", ["Open"]), ("none", [])])
def test_the_photos_are_those_that_she_chooses(full, choice, alts):
    [chapter] = book(full, choice).chapters
    assert [one.alt for one in chapter.photos] == alts


def opened(pdf):
    """A PDF with what is packed in it unpacked."""
    packed = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return pdf + b"\n".join(unpacked for one in packed if (unpacked := inflated(one)))


def inflated(data):
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""


def made(place, choice):
    job = keepsake.start(host=place.host, photos=choice)
    assert jobs.work_one()
    job.refresh_from_db()
    assert (job.problem, job.finished_at is not None) == ("", True)
    return b"".join(sealed_file.read(job.file))


def test_the_pdf_is_made_with_its_pictures(full):
    with_all, with_one, without = (made(full, choice) for choice in keepsake.CHOICES)
    for pdf in (with_all, with_one, without):
        assert pdf.startswith(b"%PDF-")
        assert pdf.rstrip().endswith(b"%%EOF")
    assert [pdf.count(b"/Subtype /Image") for pdf in (with_all, with_one, without)] == [2, 1, 0]


def test_nothing_is_fetched_but_the_pictures_of_the_book(full, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SENTINEL")
    one, other = full.update.photos.order_by("created_at")
    fetch = keepsake._fetcher({str(one.pk): one})
    for url in (
        "http://example.org/a.png",
        "https://example.org/a.css",
        "ftp://example.org/a",
        secret.as_uri(),
        "data:text/plain,x",
        f"picture:{other.pk}",
        "picture:",
    ):
        with pytest.raises(ValueError, match="nothing is fetched"):
            fetch(url)
    assert fetch(f"picture:{one.pk}").read() == photos.read(photo=one)


def test_words_that_ask_for_something_to_be_fetched_are_only_words(full):
    hostile = '<img src="http://example.org/x.png"><link rel="stylesheet" href="file:///etc/passwd">'
    Update.objects.all().delete()
    update = share.draft(host=full.host, body=hostile)
    share.publish(host=full.host, update=update, audience="guests")
    came(full, "</style><script>alert(1)</script>", update=update)
    pdf = made(full, keepsake.ALL)
    assert b"/Subtype /Image" not in pdf
    assert b"example.org" not in opened(
        pdf
    )  # as text it is set glyph by glyph; as a link it would stand here
    assert b"/URI" not in opened(pdf)


def test_her_paper_follows_her_country(full):
    def width():
        pdf = keepsake.printed(book(full, keepsake.NONE))
        return re.search(rb"/MediaBox \[0 0 (\d+)", opened(pdf))[1]

    assert width() == b"595"
    full.host.space.country = "US"
    assert width() == b"612"


def test_without_pango_the_job_says_so(full, monkeypatch):
    keepsake.available.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    try:
        job = keepsake.start(host=full.host, photos=keepsake.ALL)
        assert jobs.work_one()
        job.refresh_from_db()
        assert job.problem == "no_pdf"
    finally:
        keepsake.available.cache_clear()


def test_only_a_host_with_an_account_and_a_known_choice_begins_one(full):
    with pytest.raises(NotAllowed):
        keepsake.start(host=full.host, photos="everything")
    full.host.person = None
    with pytest.raises(NotAllowed):
        keepsake.start(host=full.host, photos=keepsake.ALL)
