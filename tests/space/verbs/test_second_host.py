"""The other parent is asked, and joins by a link of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import Host, HostInvitation, Moderator, Outbox, Person
from beside.space.verbs import leave, receive, second_host
from beside.space.verbs.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return Person.objects.create_user("sam@host.example")


def ask(place, email="sam@host.example"):
    return second_host.ask(host=place.host, name=" Sam ", email=f" {email.upper()} ")


def test_the_link_goes_by_mail_and_only_its_hash_is_kept(place):
    invitation, token = ask(place)
    assert Outbox.objects.get(kind="host_invited").to == f"sam@host.example\n{token}"
    kept = HostInvitation.objects.get()
    assert (kept.name, kept.email, kept.by) == ("Sam", "sam@host.example", place.host)
    assert token not in kept.token_hash
    assert second_host.invitation_by(token=token) == invitation


def test_joined_with_rules_and_reading_of_their_own(place, sam):
    Host.objects.filter(pk=place.host.pk).update(rules_version=5)
    _, token = ask(place)
    host = second_host.accept(token=token, person=sam, name="Sam")
    assert (host.space, host.person, host.name, host.rules, host.rules_version) == (
        place.space,
        sam,
        "Sam",
        {},
        1,
    )
    message = receive.receive(guest=place.guest, text="I am so sorry. Thinking of you.", update=place.update)
    assert {fate.host_id for fate in message.fates.all()} == {place.host.pk, host.pk}


def test_a_link_works_once(place, sam):
    _, token = ask(place)
    second_host.accept(token=token, person=sam, name="Sam")
    with pytest.raises(NotAllowed):
        second_host.accept(token=token, person=Person.objects.create_user("eve@host.example"), name="Eve")
    assert place.space.hosts.count() == 2


@pytest.mark.parametrize("field", ["ended_at", "token_expires"])
def test_ended_and_old_links_are_no_links(place, sam, field):
    _, token = ask(place)
    HostInvitation.objects.update(**{field: timezone.now() - timedelta(seconds=1)})
    assert second_host.invitation_by(token=token) is None
    with pytest.raises(NotAllowed):
        second_host.accept(token=token, person=sam, name="Sam")


def test_a_space_has_two_hosts_at_most(place, sam):
    _, token = ask(place)
    with pytest.raises(Refused):
        ask(place, "eve@host.example")
    second_host.accept(token=token, person=sam, name="Sam")
    with pytest.raises(Refused):
        ask(place, "eve@host.example")
    assert HostInvitation.objects.count() == 1


def test_a_link_from_before_does_not_make_a_third(place, sam):
    _, token = ask(place)
    eve = Person.objects.create_user("eve@host.example")
    Host.objects.create(space=place.space, person=eve, name="Eve")
    with pytest.raises(Refused):
        second_host.accept(token=token, person=sam, name="Sam")
    assert place.space.hosts.filter(person=sam).count() == 0


def test_a_friend_who_joins_does_not_read_first_any_more(place):
    _, token = ask(place)
    second_host.accept(token=token, person=place.moderator.person, name="Friend")
    assert Moderator.objects.get(pk=place.moderator.pk).ended_at is not None


def test_who_left_comes_back_to_what_was_theirs(place, sam):
    _, token = ask(place)
    host = second_host.accept(token=token, person=sam, name="Sam")
    leave.leave(host=host, seal=True)
    _, token = ask(place)
    again = second_host.accept(token=token, person=sam, name="Samuel")
    assert (again.pk, again.left_at, again.sealed_at) == (host.pk, None, None)


def test_taken_back_only_by_a_host_of_the_space(place, other, sam):
    invitation, token = ask(place)
    with pytest.raises(NotAllowed):
        second_host.take_back(host=other.host, invitation=invitation)
    assert second_host.asked(host=other.host) is None
    assert second_host.asked(host=place.host) == invitation
    second_host.take_back(host=place.host, invitation=invitation)
    assert second_host.invitation_by(token=token) is None
    assert second_host.asked(host=place.host) is None


def test_who_left_asks_nobody(place):
    place.host.left_at = timezone.now()
    with pytest.raises(NotAllowed):
        ask(place)
