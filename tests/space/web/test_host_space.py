"""The space itself: words, pause, quiet hours, notices, friends who read first, safety, the way out."""

from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from beside.space.models import AuditEntry, Host, Installation, Moderator, Person, Space
from beside.space.verbs import open_space, oversight, receive

pytestmark = pytest.mark.django_db


def at(place, name, *parts):
    return reverse(f"host_{name}", args=[place.space.pk, *parts])


def text(response):
    return response.content.decode()


def kept(place):
    return Host.objects.select_related("space", "person").get(pk=place.host.pk)


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("name", {"name": "Ada M.", "title": "For Noor"}),
        ("words", {"words": "son"}),
        ("baby", {"baby_name": "Noor", "dates": "3 March"}),
        ("country", {"country": "IE"}),
    ],
)
def test_what_she_says_is_kept_and_can_be_emptied(place, as_host, what, given):
    response = as_host.post(at(place, "about", what), given)
    assert response["Location"] == at(place, "space")
    host = kept(place)
    found = {name: getattr(host if name == "name" else host.space, name) for name in given}
    assert found == given
    assert [value in text(as_host.get(at(place, "about", what))) for value in given.values()] == [True] * len(
        given
    )


def test_the_name_of_the_space_is_on_every_page_and_else_it_is_called_after_her(place, as_host):
    assert "Ada’s space" in text(as_host.get(at(place, "home")))
    open_space.describe(host=place.host, title="For Noor")
    assert "For Noor" in text(as_host.get(at(place, "people")))


def test_nothing_else_is_said_here(place, as_host):
    for what in ("faith", "caution", "friend", "key"):
        assert as_host.post(at(place, "about", what), {"answer": "hold"}).status_code == 404


def test_quiet_hours_by_her_clock(place, as_host):
    given = {"start": "22:00", "end": "07:30", "zone": "Europe/Dublin"}
    as_host.post(at(place, "quiet_hours"), given)
    person = kept(place).person
    assert (person.quiet_from, person.quiet_to, person.time_zone) == (time(22), time(7, 30), "Europe/Dublin")
    page = text(as_host.get(at(place, "quiet_hours")))
    assert ('value="22:00"' in page, '<option value="Europe/Dublin" selected>' in page) == (True, True)
    as_host.post(at(place, "quiet_hours"), {**given, "start": "", "end": ""})
    assert kept(place).person.quiet_from is None


def test_a_clock_that_is_nowhere_is_refused(place, as_host):
    response = as_host.post(at(place, "quiet_hours"), {"zone": "Nowhere/At all"})
    assert response.context["form"].errors.keys() == {"zone"}
    assert kept(place).person.time_zone == "UTC"


def test_notices(place, as_host):
    for often in ("at_once", "daily", "weekly", "never"):
        as_host.post(at(place, "notices"), {"notices": often})
        assert kept(place).person.notices == often
    as_host.post(at(place, "notices"), {"notices": "hourly"})
    assert kept(place).person.notices == "never"


def test_a_friend_is_asked_and_let_go(place, as_host):
    as_host.post(at(place, "ask_friend"), {"name": "Kim", "email": "kim@friend.example"})
    kim = Moderator.objects.latest("asked_at")
    page = text(as_host.get(at(place, "friends")))
    assert ("Kim" in page, "Is asked" in page, "Reads first" in page) == (True, True, True)
    as_host.get(at(place, "thank_friend", kim.pk))
    assert Moderator.objects.get(pk=kim.pk).ended_at is None
    as_host.post(at(place, "thank_friend", kim.pk))
    assert Moderator.objects.get(pk=kim.pk).ended_at is not None
    assert as_host.post(at(place, "thank_friend", kim.pk)).status_code == 404


@pytest.mark.parametrize(
    "email", ["ada@host.example", "ADA@host.example", "friend-of-ada@mod.example", "none"]
)
def test_neither_herself_nor_anybody_twice(place, as_host, email):
    response = as_host.post(at(place, "ask_friend"), {"name": "Kim", "email": email})
    assert response.context["form"].errors.keys() == {"email"}
    assert place.space.moderators.count() == 1


def test_nobody_reads_only_after_being_asked(place, as_host):
    assert at(place, "nobody") not in text(as_host.get(at(place, "friends")))
    open_space.end_moderating(moderator=place.moderator)
    assert at(place, "nobody") in text(as_host.get(at(place, "friends")))
    as_host.get(at(place, "nobody"))
    assert kept(place).space.nobody_reads is False
    as_host.post(at(place, "nobody"))
    assert kept(place).space.nobody_reads is True
    assert "stays unread" in text(as_host.get(at(place, "friends")))


def test_somebody_who_runs_the_place_reads_only_where_she_lets_them(place, as_host, operator):
    message = receive.receive(guest=place.guest, text="At least it was early")
    where = at(place, "volunteer")
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        assert oversight.left_waiting(person=operator) == []
        assert "Yes, they may" in text(as_host.get(where))
        as_host.post(where, {"may": "yes"})
        assert oversight.left_waiting(person=operator) == [message]
        assert "They may not any more" in text(as_host.get(where))
        as_host.post(where, {"may": "no"})
        assert oversight.left_waiting(person=operator) == []
    recorded = AuditEntry.objects.filter(action__startswith="volunteer").order_by("pk")
    assert [entry.action for entry in recorded] == ["volunteer allowed", "volunteer not allowed"]


def test_a_friend_of_another_space_is_not_there(place, other, as_host):
    assert as_host.post(at(place, "thank_friend", other.moderator.pk)).status_code == 404
    assert Moderator.objects.get(pk=other.moderator.pk).ended_at is None


def test_her_safety(place, as_host):
    missing = as_host.post(at(place, "safety"), {"agreed": "on", "name": "Kim", "email": ""})
    assert missing.context["form"].errors.keys() == {"email"}
    as_host.post(at(place, "safety"), {"agreed": "on", "name": "Kim", "email": "kim@friend.example"})
    assert (kept(place).alert_agreed, kept(place).alert_email) == (True, "kim@friend.example")
    as_host.post(at(place, "safety"), {"name": "Kim", "email": "kim@friend.example"})
    assert (kept(place).alert_agreed, kept(place).alert_email) == (False, "")


def test_the_way_out_needs_the_operator_and_her(place, as_host):
    out = "Leave this page now"
    assert as_host.post(at(place, "quick_exit"), {"on": "yes"}).status_code == 404
    assert kept(place).space.quick_exit is False
    Installation.objects.update(quick_exit=True)
    assert out not in text(as_host.get(at(place, "home")))
    as_host.post(at(place, "quick_exit"), {"on": "yes"})
    assert out in text(as_host.get(at(place, "home")))
    Installation.objects.update(quick_exit=False)
    assert out not in text(as_host.get(at(place, "home")))


def test_the_first_page_says_when_nobody_is_asked(place, as_host):
    line = "Nobody is asked to read first yet"
    assert line not in text(as_host.get(at(place, "home")))
    open_space.end_moderating(moderator=place.moderator)
    assert line in text(as_host.get(at(place, "home")))
    open_space.nobody_reads(host=place.host)
    assert line not in text(as_host.get(at(place, "home")))


def test_whoever_hosts_elsewhere_hosts_not_here(place, other, client):
    client.force_login(other.host.person)
    for name in ("home", "came", "updates", "people", "rules", "space", "friends", "erase"):
        assert client.get(at(place, name)).status_code == 404
    client.force_login(Person.objects.create_user("nobody@else.example"))
    assert client.post(at(place, "pause"), {"on": "yes"}).status_code == 404
    assert Space.objects.get(pk=place.space.pk).hosts.get().paused_since is None
