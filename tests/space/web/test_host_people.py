"""Letting people in, circles, and letting go."""

import re

import pytest
from django.urls import reverse

from beside.space.models import Circle, Guest, Outbox
from beside.space.verbs import circles, let_in, receive, senders

pytestmark = pytest.mark.django_db


def at(place, name, *parts):
    return reverse(f"host_{name}", args=[place.space.pk, *parts])


def text(response):
    return response.content.decode()


def token_on(page):
    return re.search(r"/in/([\w-]+)/", page).group(1)


def test_a_link_is_shown_once(place, as_host):
    page = text(as_host.post(at(place, "invite"), {"name": "Nora", "email": ""}))
    guest = let_in.guest_by(token=token_on(page))
    assert (guest.name, guest.space_id, "on its way" in page) == ("Nora", place.space.pk, False)
    for name in (at(place, "people"), at(place, "person", guest.pk)):
        assert "/in/" not in text(as_host.get(name))


def test_with_an_address_it_is_mailed_too(place, as_host):
    page = text(as_host.post(at(place, "invite"), {"name": "Nora", "email": "nora@guest.example"}))
    row = Outbox.objects.get(
        kind="guest_invited", about={"guest": str(Guest.objects.latest("created_at").pk)}
    )
    assert (row.to, "on its way" in page) == (f"nora@guest.example\n{token_on(page)}", True)


def test_a_name_is_needed(place, as_host):
    response = as_host.post(at(place, "invite"), {"name": "", "email": "no address"})
    assert response.context["form"].errors.keys() == {"name", "email"}
    assert Guest.objects.filter(space=place.space).count() == 1


def test_invited_into_a_circle(place, other, as_host):
    family = circles.make(host=place.host, name="Family")
    strange = circles.make(host=other.host, name="Strange")
    page = text(as_host.get(at(place, "invite")))
    assert ("Family" in page, "Strange" in page) == (True, False)
    as_host.post(at(place, "invite"), {"name": "Nora", "circles": [family.pk]})
    assert list(Guest.objects.latest("created_at").circles.all()) == [family]
    as_host.post(at(place, "invite"), {"name": "Olga", "circles": [strange.pk]})
    assert Guest.objects.latest("created_at").name == "Nora"


def test_circles_of_somebody_are_changed(place, as_host):
    family, choir = (circles.make(host=place.host, name=name) for name in ("Family", "Choir"))
    as_host.post(at(place, "person", place.guest.pk), {"circles": [family.pk, choir.pk]})
    assert "Family, Choir" in text(as_host.get(at(place, "people")))
    as_host.post(at(place, "person", place.guest.pk), {})
    assert list(place.guest.circles.all()) == []


def test_a_new_link_after_being_asked(place, as_host):
    as_host.get(at(place, "new_link", place.guest.pk))
    assert let_in.guest_by(token=place.token) == place.guest
    page = text(as_host.post(at(place, "new_link", place.guest.pk)))
    assert let_in.guest_by(token=place.token) is None
    assert let_in.guest_by(token=token_on(page)) == place.guest
    assert "on its way" not in page


def test_a_link_is_taken_back_after_being_asked(place, as_host, as_guest):
    as_host.get(at(place, "revoke", place.guest.pk))
    assert let_in.guest_by(token=place.token) == place.guest
    as_host.post(at(place, "revoke", place.guest.pk))
    assert let_in.guest_by(token=place.token) is None
    assert "The link is taken back" in text(as_host.get(at(place, "people")))


def test_that_a_friend_blocked_somebody_is_not_shown(place, as_host):
    receive.receive(guest=place.guest, text="You should have rested, it is your fault.", update=place.update)
    before = _shown(as_host, place)
    senders.block(moderator=place.moderator, guest=place.guest)
    assert _shown(as_host, place) == before


def test_circles_are_made_renamed_and_removed(place, as_host):
    as_host.post(at(place, "circles"), {"name": "Family"})
    circle = Circle.objects.get()
    as_host.post(at(place, "circle", circle.pk), {"name": "Choir"})
    assert Circle.objects.get().name == "Choir"
    as_host.get(at(place, "circle_away", circle.pk))
    assert Circle.objects.count() == 1
    as_host.post(at(place, "circle_away", circle.pk))
    assert Circle.objects.count() == 0


def test_people_and_circles_of_another_space_are_not_there(place, other, as_host):
    strange = circles.make(host=other.host, name="Strange")
    asking = let_in.ask(space=place.space, name="Nora", email="", note="May I read along? I am so sorry.")
    pages = [(name, other.guest.pk) for name in ("person", "new_link", "revoke")]
    pages += [(name, asking.pk) for name in ("person", "new_link", "revoke")]
    pages += [(name, strange.pk) for name in ("circle", "circle_away")]
    for name, key in pages:
        for answer in (
            as_host.get(at(place, name, key)),
            as_host.post(at(place, name, key), {"name": "Mine"}),
        ):
            assert answer.status_code == 404
    assert as_host.post(at(place, "request", other.guest.pk), {"let_in": "yes"}).status_code == 404
    assert let_in.guest_by(token=other.token) == other.guest
    assert Circle.objects.get().name == "Strange"


def test_somebody_who_asks_is_not_among_those_let_in(place, as_host):
    let_in.ask(
        space=place.space, name="Eve Unheard", email="", note="You should have rested, it is your fault."
    )
    receive.receive(guest=place.guest, text="I am so sorry. Thinking of you.", update=place.update)
    assert "Eve Unheard" not in text(as_host.get(at(place, "people")))


def _shown(client, place):
    pages = (at(place, "people"), at(place, "person", place.guest.pk))
    return [
        line for page in pages for line in text(client.get(page)).splitlines() if "csrfmiddleware" not in line
    ]
