"""Leaving, and erasing only what every host wants erased."""

from datetime import timedelta

import pytest
from django.utils import timezone

from beside.space.models import AuditEntry, Host, HostInvitation, Outbox, Person, Space, Update
from beside.space.verbs import leave, open_space, second_host, share
from beside.space.verbs.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(place):
    """The other parent, with something shared."""
    person = Person.objects.create_user("sam@host.example")
    host = open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)
    share.publish(host=host, update=share.draft(host=host, body="From Sam."), audience="link")
    return host


@pytest.fixture
def run_by(installation):
    return Person.objects.create_user("op@operator.example", is_operator=True)


def planned(space):
    return Space.objects.get(pk=space.pk).erase_after


def bodies(host):
    return [update.body for update in share.of_hosts(host=host)]


def test_the_only_host_cannot_leave(place):
    with pytest.raises(Refused):
        leave.leave(host=place.host, seal=True)
    assert Host.objects.get(pk=place.host.pk).left_at is None


def test_who_left_with_a_seal_can_be_read_by_nobody(place, second):
    token = share.new_link(host=second, update=second.updates.get())
    assert bodies(place.host) == ["From Sam.", place.update.body]
    leave.leave(host=second, seal=True)
    assert bodies(place.host) == [place.update.body]
    assert share.by_link(token=token) is None
    assert [update.body for update in share.readable(guest=place.guest)] == [place.update.body]
    gone = Host.objects.get(pk=second.pk)
    assert (gone.left_at is not None, gone.sealed_at) == (True, gone.left_at)
    assert Update.objects.get(host=second).body == "From Sam."


def test_who_left_without_a_seal_leaves_the_words_in_place(place, second):
    leave.leave(host=second, seal=False)
    assert bodies(place.host) == ["From Sam.", place.update.body]
    assert Host.objects.get(pk=second.pk).sealed_at is None


def test_of_who_left_nobody_else_is_kept(place, second):
    open_space.name_somebody(host=second, agreed=True, name="Kim", email="kim@friend.example")
    leave.leave(host=second, seal=False)
    gone = Host.objects.get(pk=second.pk)
    assert (gone.alert_agreed, gone.alert_name, gone.alert_email) == (False, "", "")


def test_an_invitation_ends_with_who_made_it(place, second):
    leave.leave(host=second, seal=False)
    _, token = second_host.ask(host=place.host, name="Kim", email="kim@host.example")
    HostInvitation.objects.update(by=second)
    Host.objects.filter(pk=second.pk).update(left_at=None)
    second.refresh_from_db()
    leave.leave(host=second, seal=False)
    assert second_host.invitation_by(token=token) is None


def test_alone_her_wish_is_enough_and_there_is_time_to_stop(place, installation):
    leave.ask_erasure(host=place.host)
    left = planned(place.space) - timezone.now()
    assert timedelta(days=13, hours=23) < left <= timedelta(days=installation.grace_days)
    leave.keep(host=place.host)
    assert planned(place.space) is None
    assert Host.objects.get(pk=place.host.pk).wants_erasure is None


def test_of_two_both_have_to_want_it(place, second):
    leave.ask_erasure(host=place.host)
    assert planned(place.space) is None
    assert [row.to for row in Outbox.objects.filter(kind="erasure_asked")] == ["sam@host.example"]
    leave.ask_erasure(host=second)
    assert planned(place.space) is not None
    told = {row.to for row in Outbox.objects.filter(kind="erasure_planned")}
    assert told == {"ada@host.example", "sam@host.example"}


def test_asking_again_moves_nothing(place):
    leave.ask_erasure(host=place.host)
    first, wish = planned(place.space), Host.objects.get(pk=place.host.pk).wants_erasure
    leave.ask_erasure(host=place.host)
    assert planned(place.space) == first
    assert Host.objects.get(pk=place.host.pk).wants_erasure == wish


def test_either_may_take_their_wish_back(place, second):
    leave.ask_erasure(host=place.host)
    leave.ask_erasure(host=second)
    leave.keep(host=second)
    assert planned(place.space) is None
    with pytest.raises(NotAllowed):
        leave.keep(host=second)


def test_when_the_other_leaves_the_wish_of_who_stays_is_enough(place, second):
    leave.ask_erasure(host=place.host)
    leave.leave(host=second, seal=True)
    assert planned(place.space) is not None


def test_the_operator_only_after_thirty_days(place, second, run_by):
    leave.ask_erasure(host=place.host)
    with pytest.raises(NotAllowed):
        leave.erase_for_one(space=place.space, person=run_by)
    Host.objects.filter(pk=place.host.pk).update(wants_erasure=timezone.now() - timedelta(days=30))
    with pytest.raises(NotAllowed):
        leave.erase_for_one(space=place.space, person=second.person)
    assert planned(place.space) is None
    leave.erase_for_one(space=place.space, person=run_by)
    assert planned(place.space) is not None
    assert AuditEntry.objects.filter(action="erasure planned", actor=f"person {run_by.pk}").count() == 1


def test_who_did_not_wish_it_cannot_stop_what_the_operator_planned(place, second, run_by):
    leave.ask_erasure(host=place.host)
    Host.objects.filter(pk=place.host.pk).update(wants_erasure=timezone.now() - timedelta(days=31))
    leave.erase_for_one(space=place.space, person=run_by)
    with pytest.raises(NotAllowed):
        leave.keep(host=second)
    assert planned(place.space) is not None


def test_who_left_asks_for_nothing(place, second):
    leave.leave(host=second, seal=False)
    for verb in (leave.ask_erasure, leave.keep):
        with pytest.raises(NotAllowed):
            verb(host=second)
