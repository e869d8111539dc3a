"""The ways in: a link that no scanner uses up, asking without learning who is asked, and a public telling."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from beside.space.models import Audience, Guest, Helpline, Limit, Message, Photo
from beside.space.verbs import let_in, share
from beside.space.web.guest_entry import BURST


def _text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def _ask(client, place, **given):
    data = {"name": "Bea", "email": "bea@x.example", "note": "It is Bea from the choir, thinking of you."}
    return client.post(f"/ask/{place.space.pk}/", {**data, **given})


@pytest.mark.django_db
def test_a_scanner_changes_nothing_and_a_person_still_comes_in(place):
    scanner = Client()
    for _ in range(20):
        assert scanner.get(f"/in/{place.token}/").status_code == 200
        assert scanner.head(f"/in/{place.token}/").status_code == 200
    assert "beside" not in scanner.cookies
    assert Guest.objects.get(pk=place.guest.pk).first_came_at is None
    person = Client()
    came = person.post(f"/in/{place.token}/")
    assert (came.status_code, came.url) == (302, f"/g/{place.space.pk}/")
    assert place.token not in came.url
    assert person.get(came.url).status_code == 200
    assert Guest.objects.get(pk=place.guest.pk).first_came_at is not None


@pytest.mark.django_db
def test_the_page_names_the_host_and_nobody_else(place):
    place.space.title, place.space.baby_name = "Our Noor", "Noor"
    place.space.save()
    page = _text(Client().get(f"/in/{place.token}/"))
    assert "An invitation from Ada" in page
    assert not [name for name in ("Tomasz", "Noor", "Friend", "Sunday") if name in page]


@pytest.mark.django_db
def test_the_session_is_a_new_one(place):
    client = Client()
    session = client.session
    session["before"] = "1"
    session.save()
    old = session.session_key
    client.cookies["beside"] = old
    client.post(f"/in/{place.token}/")
    assert client.session.session_key != old


@pytest.mark.django_db
def test_a_link_that_is_over_leads_nowhere(place):
    def tries() -> list[int]:
        client = Client()
        return [client.get(f"/in/{place.token}/").status_code, client.post(f"/in/{place.token}/").status_code]

    assert Client().get("/in/nothing/").status_code == 404
    Guest.objects.filter(pk=place.guest.pk).update(token_expires=timezone.now() - timedelta(days=1))
    assert tries() == [404, 404]
    Guest.objects.filter(pk=place.guest.pk).update(token_expires=timezone.now() + timedelta(days=1))
    let_in.revoke(host=place.host, guest=place.guest)
    assert tries() == [404, 404]


@pytest.mark.django_db
def test_a_revoked_guest_is_out_at_once(place, as_guest):
    assert as_guest.get(f"/g/{place.space.pk}/").status_code == 200
    let_in.revoke(host=place.host, guest=place.guest)
    assert as_guest.get(f"/g/{place.space.pk}/").status_code == 404


@pytest.mark.django_db
def test_asking_names_nobody_and_reaches_the_host(place):
    place.space.title, place.space.baby_name = "Our Noor", "Noor"
    place.space.save()
    page = _text(Client().get(f"/ask/{place.space.pk}/"))
    assert not [name for name in ("Ada", "Noor", "Tomasz") if name in page]
    answer = _ask(Client(), place)
    assert (answer.status_code, "Your question was received" in _text(answer)) == (200, True)
    assert not [name for name in ("Ada", "Noor", "Tomasz") if name in _text(answer)]
    assert [message.guest.name for message in let_in.open_requests(host=place.host)] == ["Bea"]


@pytest.mark.django_db
def test_an_unkind_request_looks_the_same_to_whoever_asks(place):
    kind, unkind = _ask(Client(), place), _ask(Client(), place, note="You are stupid", name="Stupid cow")
    assert _text(kind) == _text(unkind)
    assert [message.guest.name for message in let_in.open_requests(host=place.host)] == ["Bea"]


@pytest.mark.django_db
def test_somebody_in_danger_who_asks_is_met_with_help_first(place):
    Helpline.objects.create(
        country="GB", service="Somebody Listens", number="111 222", checked_on="2026-01-01"
    )
    page = _text(_ask(Client(), place, note="I do not want to live any more"))
    assert page.index("emergency services") < page.index("111 222") < page.index("Your question was received")


@pytest.mark.django_db
def test_what_is_missing_is_said_beside_its_field(place):
    answer = _ask(Client(), place, email="nothing", note="")
    page = answer.content.decode()
    assert "This does not look like an e-mail address" in page
    assert 'aria-invalid="true"' in page
    assert not Message.objects.exists()
    assert Client().get(f"/ask/{uuid4()}/").status_code == 404


@pytest.mark.django_db
def test_asking_is_limited_by_where_it_comes_from(place):
    client = Client(REMOTE_ADDR="2001:db8:1:2::1")
    assert [_ask(client, place).status_code for _ in range(BURST)] == [200] * BURST
    over = _ask(Client(REMOTE_ADDR="2001:db8:1:2:ffff::9"), place)
    assert (over.status_code, over["Retry-After"]) == (429, "1200")
    assert _ask(Client(REMOTE_ADDR="2001:db8:1:3::1"), place).status_code == 200
    assert Message.objects.count() == BURST + 1
    assert "2001" not in "".join(Limit.objects.values_list("who", flat=True))


@pytest.fixture
def public(place):
    """An update that anyone with the link may read; `place.link` is its address."""
    place.update = share.draft(host=place.host, body="She lived for an hour.")
    token = share.publish(host=place.host, update=place.update, audience=Audience.LINK, shares_replies=True)
    place.link = f"/u/{token}/"
    return place


@pytest.mark.django_db
def test_anyone_with_the_link_reads_and_may_ask(public):
    response = Client().get(public.link)
    page = _text(response)
    assert "Ada shared this" in page
    assert "She lived for an hour." in page
    assert f'href="/ask/{public.space.pk}/"' in response.content.decode()
    assert "<form" not in response.content.decode()
    assert "We lost our daughter" not in page


@pytest.mark.django_db
def test_a_telling_without_a_name_has_none(public):
    public.space.title, public.space.baby_name = "Our Noor", "Noor"
    public.space.save()
    type(public.update).objects.filter(pk=public.update.pk).update(anonymous=True)
    page = _text(Client().get(public.link))
    assert "Somebody shared this" in page
    assert not [name for name in ("Ada", "Noor", "Tomasz") if name in page]


@pytest.mark.django_db
def test_the_link_ends_with_the_update(public):
    share.withdraw(host=public.host, update=public.update)
    assert Client().get(public.link).status_code == 404
    assert Client().get("/u/nothing/").status_code == 404


@pytest.mark.django_db
def test_its_photos_are_covered_with_her_words(public):
    Photo.objects.create(
        space=public.space,
        update=public.update,
        file="a" * 32,
        width=10,
        height=20,
        size=1,
        alt="Small hands",
        cover_words="This is our girl.",
    )
    page = Client().get(public.link).content.decode()
    assert '<details class="photo"><summary>This is our girl.</summary><img' in page
    assert 'alt="Small hands"' in page
    assert not [word for word in ("sensitive", "graphic", "warning") if word in page.lower()]
