"""Circles belong to one space and narrow who reads."""

import pytest

from beside.space.models import Circle, Guest
from beside.space.verbs import circles, share
from beside.space.verbs.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_made_renamed_and_removed(place):
    circle = circles.make(host=place.host, name=" Family ")
    assert Circle.objects.get().name == "Family"
    circles.rename(host=place.host, circle=circle, name=" The choir ")
    assert Circle.objects.get().name == "The choir"
    circles.remove(host=place.host, circle=circle)
    assert Circle.objects.count() == 0
    assert Guest.objects.filter(pk=place.guest.pk).exists()


def test_what_was_for_a_circle_that_is_gone_is_for_nobody(place):
    circle = circles.make(host=place.host, name="Family")
    circles.put(host=place.host, guest=place.guest, circles=[circle])
    update = share.draft(host=place.host, body="For the family.")
    share.publish(host=place.host, update=update, audience="circles", circles=[circle])
    assert share.may_read(update=update, guest=place.guest)
    circles.remove(host=place.host, circle=circle)
    assert not share.may_read(update=update, guest=place.guest)
    assert list(share.of_hosts(host=place.host)) == [update, place.update]


def test_put_in_exactly_these_circles_of_this_space(place, other):
    family, choir = (circles.make(host=place.host, name=name) for name in ("Family", "Choir"))
    strange = circles.make(host=other.host, name="Strange")
    circles.put(host=place.host, guest=place.guest, circles=[family, strange])
    assert list(place.guest.circles.all()) == [family]
    circles.put(host=place.host, guest=place.guest, circles=[choir])
    assert list(place.guest.circles.all()) == [choir]


def test_nothing_of_another_space_is_touched(place, other):
    strange = circles.make(host=other.host, name="Strange")
    for refused in (
        lambda: circles.rename(host=place.host, circle=strange, name="Mine"),
        lambda: circles.remove(host=place.host, circle=strange),
        lambda: circles.put(host=place.host, guest=other.guest, circles=[]),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert Circle.objects.get(pk=strange.pk).name == "Strange"
