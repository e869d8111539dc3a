"""Taking away and bringing along in the browser: without a script, each their own, and never a count."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from beside.space.models import Job, JobKind, Kind, Message, Person
from beside.space.verbs import bring_along, jobs, keepsake, open_space, receive, sealed_file

pytestmark = pytest.mark.django_db
KIND = "I am so sorry. We are holding you in our hearts."
HURTS = "At least it was early, you can try again."
TABLE = f'author,date,comment\nBea,2024,{KIND}\nColin,2024,"{HURTS}"\nbroken\n'


def at(place, name, *parts):
    return reverse(name, args=[place.space.pk, *parts])


def text(response):
    return response.content.decode()


def seen(response):
    """The words of a page without its tags, for what must not be told."""
    main = text(response).split('<main id="main" tabindex="-1">', 1)[1].split("</main>", 1)[0]
    return re.sub(r"<[^>]*>", " ", main)


def work():
    while jobs.work_one():
        pass


def body(response):
    return b"".join(response.streaming_content)


def upload(client, url, content=TABLE, name="comments.csv", **given):
    data = {"names": "keep", "own": "", **given}
    if content is not None:
        raw = content.encode() if isinstance(content, str) else content
        data["file"] = SimpleUploadedFile(name, raw)
    return client.post(url, data)


class TestTake:
    def test_a_copy_is_asked_for_looked_at_and_taken(self, place, as_host):
        receive.receive(guest=place.guest, update=place.update, text=KIND)
        page = as_host.get(at(place, "host_export"))
        assert at(place, "host_copy") in text(page)
        asked = as_host.post(at(place, "host_copy"))
        job = Job.objects.get()
        assert (asked.status_code, asked["Location"]) == (302, at(place, "host_taken", job.pk))
        waiting = as_host.get(asked["Location"])
        assert "<progress" in text(waiting)
        assert f'href="{asked["Location"]}"' in text(waiting)  # looked at again by hand
        work()
        assert at(place, "host_taken_file", job.pk) in text(as_host.get(asked["Location"]))
        assert "Your copy is ready" in text(as_host.get(at(place, "host_export")))
        given = as_host.get(at(place, "host_taken_file", job.pk))
        data = body(given)
        assert given["Content-Disposition"] == 'attachment; filename="copy.zip"'
        assert (given["Content-Type"], given["Content-Length"]) == ("application/zip", str(len(data)))
        assert "no-store" in given["Cache-Control"]
        assert KIND in zipfile.ZipFile(io.BytesIO(data)).read("index.html").decode()

    def test_there_is_no_file_before_it_is_done_or_after_it_is_gone(self, place, as_host):
        as_host.post(at(place, "host_copy"))
        job = Job.objects.get()
        assert as_host.get(at(place, "host_taken_file", job.pk)).status_code == 404
        work()
        sealed_file.remove(job.file)
        assert as_host.get(at(place, "host_taken_file", job.pk)).status_code == 404

    def test_what_went_wrong_is_said(self, place, as_host):
        as_host.post(at(place, "host_copy"))
        Job.objects.update(problem="failed", finished_at=timezone.now())
        job = Job.objects.get()
        assert "Something went wrong" in text(as_host.get(at(place, "host_taken", job.pk)))
        assert as_host.get(at(place, "host_taken_file", job.pk)).status_code == 404

    def test_one_parents_copy_is_not_the_others(self, place, as_host):
        person = Person.objects.create_user("sam@host.example")
        open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)
        as_host.post(at(place, "host_copy"))
        work()
        job = Job.objects.get()
        as_sam = Client()
        as_sam.force_login(person)
        for name in ("host_taken", "host_taken_file"):
            assert as_sam.get(at(place, name, job.pk)).status_code == 404
        assert "Your copy is ready" not in text(as_sam.get(at(place, "host_export")))

    def test_nobody_else_gets_anywhere(self, place, other, as_host, as_moderator, as_guest):
        as_host.post(at(place, "host_copy"))
        work()
        job = Job.objects.get()
        as_zoe = Client()
        as_zoe.force_login(other.host.person)
        for client in (as_zoe, as_moderator):
            for name in ("host_taken", "host_taken_file"):
                assert client.get(at(place, name, job.pk)).status_code == 404
        assert as_zoe.get(at(other, "host_taken_file", job.pk)).status_code == 404
        assert as_guest.get(at(place, "host_taken_file", job.pk)).status_code == 302
        assert as_host.get(at(other, "host_export")).status_code == 404

    def test_an_import_is_no_copy(self, place, as_host):
        upload(as_host, at(place, "host_import"))
        job = Job.objects.get()
        for name in ("host_taken", "host_taken_file"):
            assert as_host.get(at(place, name, job.pk)).status_code == 404

    def test_in_a_pause_it_says_that_what_came_since_is_in_it(self, place, as_host):
        sentence = "What came since you paused is in it too."
        assert sentence not in text(as_host.get(at(place, "host_export")))
        place.host.paused_since = timezone.now()
        place.host.save()
        assert sentence in text(as_host.get(at(place, "host_export")))


class TestBook:
    def test_a_book_is_made(self, place, as_host):
        page = as_host.get(at(place, "host_book"))
        assert re.findall(r'name="photos" value="(\w+)"', text(page)) == ["all", "open", "none"]
        asked = as_host.post(at(place, "host_book"), {"photos": "none"})
        work()
        job = Job.objects.get()
        assert asked["Location"] == at(place, "host_taken", job.pk)
        given = as_host.get(at(place, "host_taken_file", job.pk))
        assert body(given).startswith(b"%PDF-")
        assert given["Content-Disposition"] == 'attachment; filename="book.pdf"'

    def test_an_unknown_choice_is_asked_again(self, place, as_host):
        assert as_host.post(at(place, "host_book"), {"photos": "x"}).status_code == 200
        assert Job.objects.count() == 0

    def test_its_pages_can_be_printed_from_the_browser(self, place, as_host):
        receive.receive(guest=place.guest, update=place.update, text=KIND)
        page = text(as_host.get(at(place, "host_book_pages", "all")))
        assert KIND in page
        assert (page.count("<h1"), "<script" in page, "style=" in page) == (1, False, False)
        assert as_host.get(at(place, "host_book_pages", "some")).status_code == 404

    def test_without_the_part_that_sets_type_it_says_so_and_offers_the_pages(
        self, place, as_host, monkeypatch
    ):
        keepsake.available.cache_clear()
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        try:
            page = as_host.get(at(place, "host_book"))
            assert "A finished book cannot be made here" in text(page)
            answer = as_host.post(at(place, "host_book"), {"photos": "open"})
        finally:
            keepsake.available.cache_clear()
        assert answer["Location"] == at(place, "host_book_pages", "open")
        assert Job.objects.count() == 0


class TestBring:
    def test_a_host_brings_and_is_told_nothing_of_what_is_held(self, place, as_host):
        asked = upload(as_host, at(place, "host_import"))
        job = Job.objects.get()
        assert asked["Location"] == at(place, "host_brought", job.pk)
        assert "<progress" in text(as_host.get(asked["Location"]))
        work()
        done = as_host.get(asked["Location"])
        assert "It is done." in seen(done)
        assert re.findall(r"\d", seen(done)) == []
        for word in ("held", "waits", "queue", "friend", "row"):
            assert word not in seen(done)
        assert Message.objects.filter(kind=Kind.IMPORTED).count() == 2

    def test_the_host_is_told_the_same_whatever_became_of_it(self, place, as_host):
        pages = []
        for words in (KIND, HURTS):
            asked = upload(as_host, at(place, "host_import"), f'comment\n"{words}"\n')
            work()
            pages.append(seen(as_host.get(asked["Location"])))
        assert pages[0] == pages[1]

    def test_a_friend_brings_and_is_told_how_many_rows_could_not_be_read(self, place, as_moderator):
        asked = upload(as_moderator, at(place, "moderator_import"), names="without")
        work()
        done = as_moderator.get(asked["Location"])
        assert "1 row of the file could not be read." in seen(done)
        assert {message.sender for message in Message.objects.filter(kind=Kind.IMPORTED)} == {""}

    def test_which_column_is_asked(self, place, as_host):
        asked = upload(as_host, at(place, "host_import"), f"<b>one</b>,two\nx,{KIND}\n")
        work()
        page = as_host.get(asked["Location"])
        assert "&lt;b&gt;one&lt;/b&gt;" in text(page)
        assert as_host.post(asked["Location"], {"column": "three"}).status_code == 200
        assert as_host.post(asked["Location"], {"column": "two"}).status_code == 302
        work()
        assert Message.objects.filter(kind=Kind.IMPORTED, fates__state="delivered").count() == 1

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"PK\x03\x04", "all.zip", "This file is packed"),
            ("<html></html>", "comments.html", "This is a web page"),
            ('{"a": 1}', "a.json", "No messages were found in this file"),
            ("author,date,comment\n", "a.csv", "no messages were found in this file"),
        ],
    )
    def test_what_cannot_be_read_is_said_with_a_way_on(self, place, as_host, content, name, sentence):
        asked = upload(as_host, at(place, "host_import"), content, name)
        work()
        page = text(as_host.get(asked["Location"]))
        assert sentence in page
        assert at(place, "host_import") in page

    @pytest.mark.parametrize(
        ("content", "error"), [(None, "Please choose a file."), (b"", "This file is empty.")]
    )
    def test_no_file_and_an_empty_one_are_said_beside_the_field(self, place, as_host, content, error):
        answer = upload(as_host, at(place, "host_import"), content)
        assert (answer.status_code, error in text(answer), Job.objects.count()) == (200, True, 0)
        assert list(sealed_file.folder().iterdir()) == []

    def test_a_file_that_is_too_large_is_not_read_at_all(self, place, as_host, monkeypatch):
        monkeypatch.setattr(bring_along, "LARGEST", 1000)
        answer = upload(as_host, at(place, "host_import"), "x" * 200_000)
        assert answer.status_code == 413
        assert "larger than 100 megabytes" in text(answer)
        assert list(sealed_file.folder().iterdir()) == []
        little_more = upload(as_host, at(place, "host_import"), "x" * 1001)
        assert (little_more.status_code, Job.objects.count()) == (200, 0)
        assert list(sealed_file.folder().iterdir()) == []

    def test_it_never_lies_on_the_disk_as_it_was(self, place, as_host, settings, tmp_path):
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
        sentinel = "SENTINEL " + "x" * 5_000_000  # larger than what Django would keep in memory
        upload(as_host, at(place, "host_import"), f"comment\n{sentinel}\n")
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len([path for path in files if path.stat().st_size > 5_000_000]) == 1
        assert [path for path in files if b"SENTINEL" in path.read_bytes()] == []

    def test_more_files_than_one_leave_nothing_behind(self, place, as_host):
        files = [SimpleUploadedFile(f"{number}.txt", b"words") for number in range(3)]
        as_host.post(at(place, "host_import"), {"names": "keep", "file": files, "else": files[0]})
        assert [path.name for path in sealed_file.folder().iterdir()] == [Job.objects.get().file]

    def test_a_few_at_a_time(self, place, as_host):
        for _ in range(bring_along.WAITING):
            upload(as_host, at(place, "host_import"))
        answer = upload(as_host, at(place, "host_import"))
        assert "Please wait until they are done." in text(answer)
        assert (Job.objects.count(), len(list(sealed_file.folder().iterdir()))) == (bring_along.WAITING,) * 2

    def test_without_its_token_nothing_is_taken(self, place):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(place.host.person)
        assert upload(strict, at(place, "host_import")).status_code == 403
        assert (Job.objects.count(), list(sealed_file.folder().iterdir())) == (0, [])
        page = text(strict.get(at(place, "host_import")))
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        given = upload(strict, at(place, "host_import"), csrfmiddlewaretoken=token)
        assert given.status_code == 302

    def test_each_sees_their_own_alone(self, place, other, as_host, as_moderator):
        upload(as_moderator, at(place, "moderator_import"))
        job = Job.objects.get()
        assert as_host.get(at(place, "host_brought", job.pk)).status_code == 404
        as_zoe = Client()
        as_zoe.force_login(other.host.person)
        assert as_zoe.get(at(other, "host_brought", job.pk)).status_code == 404
        assert as_zoe.get(at(place, "host_import")).status_code == 404
        assert upload(as_zoe, at(place, "host_import")).status_code == 404
        assert as_moderator.get(at(place, "host_import")).status_code == 404
        assert as_host.get(at(place, "moderator_import")).status_code == 404

    def test_a_copy_is_nothing_that_was_brought(self, place, as_host):
        as_host.post(at(place, "host_copy"))
        assert as_host.get(at(place, "host_brought", Job.objects.get().pk)).status_code == 404


class TestGuest:
    def test_a_guest_takes_what_is_theirs_with_one_press(self, place, as_guest):
        receive.receive(guest=place.guest, update=place.update, text=HURTS)
        assert at(place, "guest_copy") in text(as_guest.get(at(place, "guest_mine")))
        page = as_guest.get(at(place, "guest_copy"))
        assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
        given = as_guest.post(at(place, "guest_copy"))
        assert given["Content-Disposition"] == 'attachment; filename="copy.zip"'
        data = json.loads(zipfile.ZipFile(io.BytesIO(given.content)).read("data.json"))
        assert [one["text"] for message in data["messages"] for one in message["wordings"]] == [HURTS]
        assert Job.objects.filter(kind=JobKind.EXPORT).count() == 0  # nothing of it is kept here

    def test_a_guest_who_was_sent_away_has_no_way_in(self, place, as_guest):
        place.guest.revoked_at = timezone.now()
        place.guest.save()
        assert as_guest.post(at(place, "guest_copy")).status_code == 404
