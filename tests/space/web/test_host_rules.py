"""What is welcome, answered one at a time and changed at any time."""

import pytest
from django.urls import reverse

from beside.space.models import Fate, Host, Person, State
from beside.space.verbs import open_space, receive, welcome
from beside.space.web.host_questions import RULES

pytestmark = pytest.mark.django_db


def at(place, *parts):
    return reverse("host_rule" if parts else "host_rules", args=[place.space.pk, *parts])


def rules(place):
    return Host.objects.get(pk=place.host.pk).rules


def test_every_label_has_a_screen_and_nothing_else_has(place, as_host):
    assert set(RULES) == {*welcome.CHOICES, *welcome.HURTS, "caution", "preset"}
    for what in ("crisis", "comfort", "name", "words", "nothing"):
        assert as_host.get(at(place, what)).status_code == 404


@pytest.mark.parametrize("label", welcome.CHOICES)
def test_her_own_choices_are_welcome_a_friends_or_later(place, as_host, label):
    form = as_host.get(at(place, label)).context["form"]
    assert [value for value, _ in form.fields["answer"].choices] == ["welcome", "hold", ""]
    for answer in ("hold", "welcome", ""):
        as_host.post(at(place, label), {"answer": answer})
        assert rules(place).get("labels", {}).get(label, "") == answer
    as_host.post(at(place, label), {"answer": "decline"})
    assert rules(place) == {}


def test_what_hurts_is_within_the_bounds_of_the_codebook(place, as_host):
    offered = {}
    for label in welcome.HURTS:
        form = as_host.get(at(place, label)).context["form"]
        offered[label] = [value for value, _ in form.fields["answer"].choices]
    assert offered.pop("threat") == ["hold", "decline", ""]
    assert set(map(tuple, offered.values())) == {("welcome", "hold", "decline", "")}


def test_what_hurts_is_tucked_away(place, as_host):
    page = as_host.get(at(place)).content.decode()
    before, _, tucked = page.partition("<details>")
    for label in welcome.HURTS:
        assert (at(place, label) in before, at(place, label) in tucked) == (False, True)
    for label in welcome.CHOICES:
        assert at(place, label) in before


def test_as_it_stands_now(place, as_host):
    as_host.post(at(place, "faith"), {"answer": "hold"})
    lines = {line["name"]: line for line in as_host.get(at(place)).context["choices"]}
    assert (lines["faith"]["rule"], lines["faith"]["later"]) == (
        "Not to me; a friend reads them first",
        False,
    )
    assert (lines["question"]["rule"], lines["question"]["later"]) == ("They are welcome", True)
    open_space.nobody_reads(host=place.host)
    lines = {line["name"]: line for line in as_host.get(at(place)).context["choices"]}
    assert lines["faith"]["rule"] == "Not to me; nobody reads them"


def test_caution_and_presets(place, as_host):
    as_host.post(at(place, "caution"), {"answer": "very careful"})
    assert rules(place) == {"caution": "very careful"}
    as_host.post(at(place, "preset"), {"answer": "no faith"})
    assert rules(place) == {"preset": "no faith"}
    assert "No prayers and no faith" in as_host.get(at(place)).content.decode()
    as_host.post(at(place, "preset"), {"answer": ""})
    assert rules(place) == {}


def test_changed_rules_hide_what_came_without_a_word(place, as_host):
    message = receive.receive(
        guest=place.guest, text="Praying for you. God bless you all.", update=place.update
    )
    as_host.post(at(place, "faith"), {"answer": "hold"})
    assert Fate.objects.get(message=message).state == State.HELD
    came = as_host.get(reverse("host_came", args=[place.space.pk])).content.decode()
    assert "Praying" not in came
    assert "Nothing is here." in came


def test_each_host_sees_their_own(place, client):
    person = Person.objects.create_user("sam@host.example")
    open_space.add_host(space=place.space, person=person, name="Sam", by=place.host)
    welcome.answer(host=place.host, label="faith", rule="hold")
    client.force_login(person)
    lines = {line["name"]: line for line in client.get(at(place)).context["choices"]}
    assert (lines["faith"]["rule"], lines["faith"]["later"]) == ("They are welcome", True)
    client.post(at(place, "advice"), {"answer": "welcome"})
    assert rules(place) == {"labels": {"faith": "hold"}}
