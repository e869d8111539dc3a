"""The other parent comes, somebody goes, and erasing takes both."""

import pytest
from django.test import Client
from django.urls import reverse

from beside.space.models import Host, HostInvitation, Outbox, Person, Space
from beside.space.verbs import open_space, second_host, share

pytestmark = pytest.mark.django_db


def at(place, name, *parts):
    return reverse(f"host_{name}", args=[place.space.pk, *parts])


def text(response):
    return response.content.decode()


@pytest.fixture
def sam():
    return Person.objects.create_user("sam@host.example")


@pytest.fixture
def as_sam(sam):
    client = Client()
    client.force_login(sam)
    return client


@pytest.fixture
def second(place, sam):
    return open_space.add_host(space=place.space, person=sam, name="Sam", by=place.host)


def test_asked_by_mail_joined_with_a_button(place, as_host, as_sam, sam):
    as_host.post(at(place, "second"), {"name": "Sam", "email": "sam@host.example"})
    token = Outbox.objects.get(kind="host_invited").to.partition("\n")[2]
    link = reverse("host_invitation", args=[token])
    assert token not in text(as_host.get(at(place, "second")))
    assert "Ada would like to share a space" in text(as_sam.get(link))
    assert not Host.objects.filter(person=sam).exists()
    response = as_sam.post(link, {"name": "Samuel"})
    assert (response["Location"], Host.objects.get(person=sam).name) == (at(place, "home"), "Samuel")
    assert as_sam.get(link).status_code == 404
    assert "Samuel shares this space" in text(as_host.get(at(place, "second")))


def test_without_an_account_the_link_leads_to_one(place):
    _, token = second_host.ask(host=place.host, name="Sam", email="sam@host.example")
    link = reverse("host_invitation", args=[token])
    assert Client().get(link)["Location"] == f"/account/login/?next={link}"


def test_one_asked_at_a_time(place, as_host):
    for email in ("sam@host.example", "eve@host.example"):
        response = as_host.post(at(place, "second"), {"name": "Sam", "email": email})
    assert (response.status_code, HostInvitation.objects.count()) == (409, 1)
    own = as_host.post(at(place, "second"), {"name": "Ada", "email": "ada@host.example"})
    assert own.context["form"].errors.keys() == {"email"}


def test_an_invitation_is_taken_back(place, other, as_host):
    invitation, token = second_host.ask(host=place.host, name="Sam", email="sam@host.example")
    strange, theirs = second_host.ask(host=other.host, name="Kim", email="kim@host.example")
    as_host.post(at(place, "second_back", invitation.pk))
    assert second_host.invitation_by(token=token) is None
    assert as_host.post(at(place, "second_back", strange.pk)).status_code == 404
    assert second_host.invitation_by(token=theirs) == strange


def test_a_link_that_is_none(installation, as_sam):
    assert as_sam.get(reverse("host_invitation", args=["x" * 43])).status_code == 404


def test_the_only_host_is_shown_another_way(place, as_host):
    assert at(place, "erase") in text(as_host.get(at(place, "leave")))
    assert as_host.post(at(place, "leave"), {"part": "seal"}).status_code == 409
    assert Host.objects.get(pk=place.host.pk).left_at is None


@pytest.mark.parametrize(("part", "left"), [("seal", False), ("stay", True)])
def test_one_of_two_goes(place, as_host, as_sam, second, part, left):
    update = share.draft(host=second, body="From Sam.")
    share.publish(host=second, update=update, audience="guests")
    response = as_sam.post(at(place, "leave"), {"part": part})
    assert response["Location"] == reverse("home")
    assert as_sam.get(at(place, "home")).status_code == 404
    assert ("From Sam." in text(as_host.get(at(place, "updates")))) is left
    assert share.may_read(update=update, guest=place.guest) is left


def test_how_to_leave_has_to_be_said(place, as_sam, second):
    assert as_sam.post(at(place, "leave"), {"part": "burn"}).status_code == 200
    assert Host.objects.get(pk=second.pk).left_at is None


def test_erasing_takes_both_and_either_may_stop_it(place, as_host, as_sam, second):
    assert "Both of you" in text(as_host.get(at(place, "erase")))
    as_host.post(at(place, "erase"))
    assert Space.objects.get(pk=place.space.pk).erase_after is None
    assert "once the other parent asks" in text(as_host.get(at(place, "erase")))
    as_sam.post(at(place, "erase"))
    assert Space.objects.get(pk=place.space.pk).erase_after is not None
    assert "will be erased on" in text(as_host.get(at(place, "home")))
    as_sam.post(at(place, "keep"))
    assert Space.objects.get(pk=place.space.pk).erase_after is None
    assert as_sam.post(at(place, "keep")).status_code == 404


def test_alone_one_wish_is_enough(place, as_host):
    as_host.get(at(place, "erase"))
    assert Host.objects.get(pk=place.host.pk).wants_erasure is None
    as_host.post(at(place, "erase"))
    assert "will be erased on" in text(as_host.get(at(place, "erase")))
    as_host.post(at(place, "keep"))
    assert "will be erased on" not in text(as_host.get(at(place, "home")))
