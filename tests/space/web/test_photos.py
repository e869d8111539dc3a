"""Who is shown a photo, and as what (I5 to I7)."""

from __future__ import annotations

import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from beside.photo import MOST_BYTES
from beside.space.models import Person, Photo
from beside.space.verbs import let_in, open_space, photo, share

pytestmark = pytest.mark.django_db


def png(mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (60, 40), 100 if mode == "L" else (200, 10, 10, 100)[: len(mode)]).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def shown(place) -> Photo:
    return photo.add(host=place.host, update=place.update, data=png())


def status(client: Client, shown: Photo, method: str = "get") -> int:
    return getattr(client, method)(f"/photo/{shown.pk}/").status_code


def test_it_is_served_as_a_picture_and_as_nothing_else(as_host, shown):
    answer = as_host.get(f"/photo/{shown.pk}/")
    assert answer.status_code == 200
    assert answer.content == photo.read(photo=shown)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="photo.jpeg"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert shown.file not in str(answer.headers)


def test_a_photo_with_see_through_parts_says_so(as_host, place):
    clear = photo.add(host=place.host, update=place.update, data=png("RGBA"))
    assert as_host.get(f"/photo/{clear.pk}/")["Content-Type"] == "image/webp"


def test_those_who_may_read_the_update_see_its_photo(as_host, as_guest, shown):
    assert (status(as_host, shown), status(as_guest, shown)) == (200, 200)


def test_everybody_else_is_told_that_it_is_not_there(as_moderator, as_operator, other, shown, client, place):
    stranger = Client()
    stranger.force_login(Person.objects.create_user("somebody@else.example"))
    other_host, other_guest = Client(), Client()
    other_host.force_login(other.host.person)
    other_guest.post(f"/in/{other.token}/")
    everybody = (client, stranger, other_host, other_guest, as_moderator, as_operator)
    assert [status(one, shown) for one in everybody] == [404] * 6


def test_what_is_not_theirs_and_what_does_not_exist_look_the_same(client, shown):
    theirs = client.get(f"/photo/{shown.pk}/")
    missing = client.get("/photo/00000000-0000-4000-8000-000000000000/")
    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert theirs.content == missing.content


def test_a_guest_whose_link_was_ended_sees_it_no_more(as_guest, place, shown):
    assert status(as_guest, shown) == 200
    let_in.revoke(host=place.host, guest=place.guest)
    assert status(as_guest, shown) == 404


def test_a_guest_who_is_not_in_the_circle_does_not_see_it(as_guest, place, shown):
    family = place.space.circles.create(name="Family")
    share.publish(host=place.host, update=place.update, audience="circles", circles=[family])
    assert status(as_guest, shown) == 404
    place.guest.circles.add(family)
    assert status(as_guest, shown) == 200


def test_the_photos_of_a_draft_are_hers_alone(as_host, as_guest, place):
    draft = share.draft(host=place.host, body="Not yet")
    hidden = photo.add(host=place.host, update=draft, data=png())
    assert (status(as_host, hidden), status(as_guest, hidden)) == (200, 404)


def test_an_update_that_was_taken_back_takes_its_photos_along(as_host, as_guest, place, shown):
    share.withdraw(host=place.host, update=place.update)
    assert (status(as_host, shown), status(as_guest, shown)) == (200, 404)


def test_the_other_parent_sees_what_is_shared_and_not_what_is_kept_to_oneself(place, shown):
    partner = Person.objects.create_user("partner@host.example")
    open_space.add_host(space=place.space, person=partner, name="Ben", by=place.host)
    kept = share.draft(host=place.host, body="For me")
    alone = photo.add(host=place.host, update=kept, data=png())
    browser = Client()
    browser.force_login(partner)
    assert (status(browser, shown), status(browser, alone)) == (200, 404)
    share.publish(host=place.host, update=kept, audience="only_me")
    assert status(browser, alone) == 404
    place.space.hosts.filter(person=partner).update(left_at=timezone.now())
    assert status(browser, shown) == 404


def test_whoever_holds_the_public_link_sees_the_photos_behind_it_and_no_others(place, client, shown):
    public = share.draft(host=place.host, body="For everybody")
    open_to_all = photo.add(host=place.host, update=public, data=png())
    token = share.publish(host=place.host, update=public, audience="link")
    assert status(client, open_to_all) == 404  # the address of the photo alone opens nothing
    client.get(f"/u/{token}/")
    assert (status(client, open_to_all), status(client, shown)) == (200, 404)
    share.withdraw(host=place.host, update=public)
    assert status(client, open_to_all) == 404


def test_a_photo_that_was_taken_away_is_gone_at_once(as_host, as_guest, place, shown):
    photo.remove(host=place.host, photo=shown)
    assert (status(as_host, shown), status(as_guest, shown)) == (404, 404)


def test_only_looking(as_host, shown):
    assert status(as_host, shown, "head") == 200
    assert [status(as_host, shown, method) for method in ("post", "put", "delete", "patch")] == [405] * 4


def _send(client: Client, place, data: bytes):
    file = SimpleUploadedFile("../../evil.php", data, content_type="text/html")
    return client.post(reverse("host_photos", args=[place.space.pk, place.update.pk]), {"photo": file})


def test_an_upload_over_the_limit_is_stopped_and_leaves_no_file(as_host, place, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    answer = _send(as_host, place, b"\xff\xd8\xff" + b"\0" * (MOST_BYTES + 100_000))
    assert answer.status_code == 413
    assert Photo.objects.count() == 0
    assert list((tmp_path / "temporary").iterdir()) == []


def test_an_upload_never_touches_the_disk_as_it_came(as_host, place, tmp_path, monkeypatch, settings):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))  # where no file can be made
    out = io.BytesIO()
    Image.effect_noise((2200, 1500), 90).save(out, "PNG")
    assert len(out.getvalue()) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert _send(as_host, place, out.getvalue()).status_code == 302
    assert Photo.objects.get().size < len(out.getvalue())
