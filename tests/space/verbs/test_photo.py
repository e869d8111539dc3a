"""Photos of an update: sealed at rest, bounded, hers alone to add and take away (I3, I7, I8)."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from PIL import Image

from beside.space.models import Photo
from beside.space.sealed import vault as the_vault
from beside.space.verbs import photo as photos
from beside.space.verbs import share
from beside.space.verbs.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SECRET = b"SENTINEL-51.5007N"


def jpeg(colour: str = "red", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", comment=SECRET)
    return out.getvalue()


def stored(settings) -> list[Path]:
    folder = Path(settings.MEDIA_ROOT)
    return sorted(folder.iterdir()) if folder.exists() else []


def sentence(refused: pytest.ExceptionInfo[Refused]) -> str:
    return str(refused.value.sentence)


def test_a_photo_is_kept_clean_and_can_be_read_again(place, settings):
    made = photos.add(
        host=place.host, update=place.update, data=jpeg(), alt=" A hand ", cover_words=" Our girl "
    )
    data = photos.read(photo=Photo.objects.get())
    assert Image.open(io.BytesIO(data)).size == (60, 40) == (made.width, made.height)
    assert (made.size, made.alt, made.cover_words, made.covered) == (len(data), "A hand", "Our girl", True)
    assert SECRET not in data


def test_what_lies_on_disk_is_neither_the_original_nor_the_picture(place, settings):
    photos.add(host=place.host, update=place.update, data=jpeg())
    [file] = stored(settings)
    on_disk = file.read_bytes()
    clean = photos.read(photo=Photo.objects.get())
    assert SECRET not in on_disk
    assert clean not in on_disk
    assert jpeg() not in on_disk
    assert b"JFIF" not in on_disk
    assert file.name == Photo.objects.get().file
    assert len(file.name) == 32


def test_names_are_random_and_a_file_does_not_pass_for_another(place, settings):
    first = photos.add(host=place.host, update=place.update, data=jpeg("red"))
    second = photos.add(host=place.host, update=place.update, data=jpeg("blue"))
    one, other = (Path(settings.MEDIA_ROOT) / made.file for made in (first, second))
    assert one.name != other.name
    one.write_bytes(other.read_bytes())
    with pytest.raises(NotAllowed):
        photos.read(photo=first)
    assert photos.read(photo=second)


def test_a_photo_is_dark_once_its_space_is_erased(place):
    made = photos.add(host=place.host, update=place.update, data=jpeg())
    the_vault().destroy(place.space.key_id())
    with pytest.raises(NotAllowed):
        photos.read(photo=made)


def test_a_photo_whose_file_is_gone_is_gone(place):
    made = photos.add(host=place.host, update=place.update, data=jpeg())
    default_storage.delete(made.file)
    with pytest.raises(NotAllowed):
        photos.read(photo=made)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "JPEG"),
        (jpeg()[:200], "damaged"),
        (b"\0" * 12_000_001, "12 megabytes"),
    ],
)
def test_a_refusal_says_why_and_leaves_nothing(place, settings, data, word):
    with pytest.raises(Refused) as refused:
        photos.add(host=place.host, update=place.update, data=data)
    assert word in sentence(refused)
    assert (Photo.objects.count(), stored(settings)) == (0, [])


def test_twelve_for_an_update_and_room_for_more_after_one_is_taken_away(place):
    made = [photos.add(host=place.host, update=place.update, data=jpeg()) for _ in range(12)]
    with pytest.raises(Refused) as refused:
        photos.add(host=place.host, update=place.update, data=jpeg())
    assert "twelve" in sentence(refused)
    another = share.draft(host=place.host, body="Later")
    assert photos.add(host=place.host, update=another, data=jpeg())
    photos.remove(host=place.host, photo=made[0])
    assert photos.add(host=place.host, update=place.update, data=jpeg())
    assert place.update.photos.count() == 12


def test_a_space_has_its_room_and_another_space_does_not_fill_it(place, other, settings):
    made = photos.add(host=place.host, update=place.update, data=jpeg())
    theirs = photos.add(host=other.host, update=other.update, data=jpeg())
    Photo.objects.filter(pk=theirs.pk).update(size=photos.EACH_SPACE)
    size = photos.add(host=place.host, update=place.update, data=jpeg()).size
    Photo.objects.filter(pk=made.pk).update(size=photos.EACH_SPACE - size - size)
    assert photos.add(host=place.host, update=place.update, data=jpeg())  # to the last byte
    files = stored(settings)
    with pytest.raises(Refused) as refused:
        photos.add(host=place.host, update=place.update, data=jpeg())
    assert "no room" in sentence(refused)
    assert stored(settings) == files


def test_the_quotas_are_those_that_were_promised():
    assert (photos.EACH_UPDATE, photos.EACH_SPACE) == (12, 500_000_000)


def test_nobody_else_adds_or_takes_away(place, other, settings):
    made = photos.add(host=place.host, update=place.update, data=jpeg())
    files = stored(settings)
    with pytest.raises(NotAllowed):
        photos.add(host=other.host, update=place.update, data=jpeg())
    with pytest.raises(NotAllowed):
        photos.remove(host=other.host, photo=made)
    assert (Photo.objects.count(), stored(settings)) == (1, files)


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_is_taken_away_leaves_the_storage(place, settings):
    made = photos.add(host=place.host, update=place.update, data=jpeg())
    kept = photos.add(host=place.host, update=place.update, data=jpeg("blue"))
    photos.remove(host=place.host, photo=made)
    assert list(Photo.objects.all()) == [kept]
    assert [file.name for file in stored(settings)] == [kept.file]


def test_when_the_row_cannot_be_written_no_file_is_left(place, settings):
    with pytest.raises((IntegrityError, TypeError)):
        photos.add(host=place.host, update=place.update, data=jpeg(), covered=None)  # type: ignore[arg-type]
    assert stored(settings) == []
