"""Opening a space, its rules, and the friends who read first."""

import pytest

from beside.gate import PolicyError
from beside.space.models import Fate, Host, Moderator, Outbox, Person, Space, State
from beside.space.verbs import open_space, receive
from beside.space.verbs.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def person(email="new@host.example", **more):
    return Person.objects.create_user(email, **more)


def kept(host):
    return Host.objects.get(pk=host.pk)


def test_who_may_open_is_for_the_operator_to_say(installation):
    someone = person()
    assert open_space.may_open(person=someone) is False
    with pytest.raises(NotAllowed):
        open_space.open_space(person=someone, name="Ada")
    assert Space.objects.count() == 0
    assert open_space.may_open(person=person("b@host.example", may_open_spaces=True)) is True
    assert open_space.may_open(person=person("c@host.example", is_operator=True)) is True
    installation.anyone_may_open = True
    installation.save()
    assert open_space.may_open(person=someone) is True


def test_each_space_has_a_key_of_its_own(place, other):
    assert bytes(place.space.key) != bytes(other.space.key)


def test_a_new_space_is_careful_and_hers(installation):
    host = open_space.open_space(person=person(may_open_spaces=True), name="Ada")
    assert (host.rules, host.rules_version, host.alert_agreed) == ({}, 1, False)
    assert (host.space.nobody_reads, host.space.volunteer_allowed, host.space.words) == (False, False, "baby")


def test_what_she_says_about_the_space(place):
    about = {"title": "Noor", "words": "daughter", "baby_name": "Noor", "dates": "3 March", "country": "IE"}
    open_space.describe(host=place.host, name=" Ada M. ", **about)
    space = Space.objects.get(pk=place.space.pk)
    assert {field: getattr(space, field) for field in about} == about
    assert kept(place.host).name == "Ada M."


@pytest.mark.parametrize("field", ["key", "is_demo", "erase_after", "volunteer_allowed"])
def test_nothing_else_about_the_space_is_hers_to_set(place, field):
    before = getattr(Space.objects.get(pk=place.space.pk), field)
    with pytest.raises(NotAllowed):
        open_space.describe(host=place.host, **{field: None})
    assert getattr(Space.objects.get(pk=place.space.pk), field) == before


def test_without_a_yes_or_an_address_nobody_is_named(place):
    open_space.name_somebody(host=place.host, agreed=True, name="Kim", email=" kim@friend.example ")
    named = kept(place.host)
    assert (named.alert_agreed, named.alert_name, named.alert_email) == (True, "Kim", "kim@friend.example")
    for agreed, email in ((False, "kim@friend.example"), (True, " ")):
        open_space.name_somebody(host=place.host, agreed=agreed, name="Kim", email=email)
        named = kept(place.host)
        assert (named.alert_agreed, named.alert_name, named.alert_email) == (False, "", "")


def test_rules_that_cannot_be_are_not_kept(place):
    with pytest.raises(PolicyError):
        open_space.set_rules(host=place.host, rules={"labels": {"threat": "welcome"}})
    assert (kept(place.host).rules, kept(place.host).rules_version) == ({}, 1)


def test_new_rules_decide_again_what_the_machine_decided(place):
    message = receive.receive(
        guest=place.guest, text="Praying for you. God bless you all.", update=place.update
    )
    fate = Fate.objects.get(message=message)
    assert fate.state == State.DELIVERED
    open_space.set_rules(host=place.host, rules={"labels": {"faith": "hold"}})
    fate.refresh_from_db()
    assert (fate.state, fate.codes, fate.rules_version) == (State.HELD, ["faith"], 2)


def test_each_host_has_rules_of_their_own(place):
    second = open_space.add_host(space=place.space, person=person(), name="Sam", by=place.host)
    open_space.set_rules(host=place.host, rules={"labels": {"faith": "hold"}})
    message = receive.receive(
        guest=place.guest, text="Praying for you. God bless you all.", update=place.update
    )
    states = {fate.host_id: fate.state for fate in Fate.objects.filter(message=message)}
    assert states == {place.host.pk: State.HELD, second.pk: State.DELIVERED}


def test_a_friend_is_asked_by_mail_and_says_yes(place):
    friend, token = open_space.ask_moderator(host=place.host, name="Kim", email=" KIM@friend.example ")
    assert Outbox.objects.get(about={"moderator": friend.pk}).to == f"kim@friend.example\n{token}"
    assert friend.accepted_at is None
    someone = person("kim@friend.example")
    assert open_space.accept_moderating(token=token, person=someone).person == someone
    with pytest.raises(NotAllowed):
        open_space.accept_moderating(token=token, person=someone)


def test_a_host_does_not_read_first_in_her_own_space(place):
    friend, token = open_space.ask_moderator(host=place.host, name="Ada", email="ada@else.example")
    with pytest.raises(Refused):
        open_space.accept_moderating(token=token, person=place.host.person)
    assert Moderator.objects.get(pk=friend.pk).accepted_at is None


def test_let_go_an_invitation_is_no_invitation(place):
    friend, token = open_space.ask_moderator(host=place.host, name="Kim", email="kim@friend.example")
    open_space.end_moderating(moderator=friend)
    assert open_space.moderator_by(token=token) is None


def test_nobody_reads_until_somebody_is_asked(place):
    open_space.nobody_reads(host=place.host)
    space = Space.objects.get(pk=place.space.pk)
    assert (space.nobody_reads, space.nobody_reads_since is not None) == (True, True)
    open_space.ask_moderator(host=place.host, name="Kim", email="kim@friend.example")
    space.refresh_from_db()
    assert (space.nobody_reads, space.nobody_reads_since) == (False, None)


def test_a_host_is_added_only_by_one_of_the_space(place, other):
    someone = person()
    with pytest.raises(NotAllowed):
        open_space.add_host(space=place.space, person=someone, name="Eve", by=other.host)
    host = open_space.add_host(space=place.space, person=someone, name="Sam", by=place.host)
    assert open_space.add_host(space=place.space, person=someone, name="Other", by=place.host) == host
    assert place.space.hosts.count() == 2
