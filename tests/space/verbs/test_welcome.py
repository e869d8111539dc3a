"""One answer at a time; what she leaves for later keeps its default."""

import pytest

from beside.codebook import BY_NAME, Group, Rule
from beside.space.models import Fate, Host, State
from beside.space.verbs import receive, welcome
from beside.space.verbs.errors import NotAllowed

pytestmark = pytest.mark.django_db

FAITH = "Praying for you and holding you in my heart. God bless you."


def rules(place):
    return Host.objects.get(pk=place.host.pk).rules


def test_every_choice_and_hurt_can_be_answered_and_crisis_cannot():
    groups = {name: BY_NAME[name].group for name in (*welcome.CHOICES, *welcome.HURTS)}
    asked = {name for name, label in BY_NAME.items() if label.group in (Group.HOST_CHOICE, Group.HURT)}
    assert set(groups) == {*asked, "shared_loss"}
    assert "crisis" not in groups


def test_an_answer_and_then_later(place):
    welcome.answer(host=place.host, label="faith", rule="hold")
    welcome.answer(host=place.host, label="advice", rule="welcome")
    assert rules(place) == {"labels": {"faith": "hold", "advice": "welcome"}}
    assert place.host.policy.labels["faith"] is Rule.HOLD
    welcome.answer(host=place.host, label="faith", rule="")
    assert rules(place) == {"labels": {"advice": "welcome"}}
    welcome.answer(host=place.host, label="advice", rule="")
    assert rules(place) == {}


def test_what_came_is_decided_again(place):
    message = receive.receive(guest=place.guest, text=FAITH, update=place.update)
    fate = Fate.objects.get(message=message)
    assert fate.state == State.DELIVERED
    welcome.answer(host=place.host, label="faith", rule="hold")
    fate.refresh_from_db()
    assert (fate.state, fate.codes) == (State.HELD, ["faith"])
    welcome.answer(host=place.host, label="faith", rule="")
    fate.refresh_from_db()
    assert fate.state == State.DELIVERED


@pytest.mark.parametrize("label", welcome.CHOICES)
def test_her_own_choices_are_never_a_refusal(place, label):
    with pytest.raises(NotAllowed):
        welcome.answer(host=place.host, label=label, rule="decline")
    assert rules(place) == {}


@pytest.mark.parametrize(
    ("label", "rule"),
    [("threat", "welcome"), ("crisis", "welcome"), ("comfort", "hold"), ("platitude", "odd")],
)
def test_what_is_no_answer_changes_nothing(place, label, rule):
    with pytest.raises(NotAllowed):
        welcome.answer(host=place.host, label=label, rule=rule)
    assert rules(place) == {}


def test_caution_and_later(place):
    welcome.be_cautious(host=place.host, level="very careful")
    assert rules(place) == {"caution": "very careful"}
    welcome.be_cautious(host=place.host, level="")
    assert rules(place) == {}


def test_a_preset_takes_the_place_of_all_answers(place):
    welcome.answer(host=place.host, label="advice", rule="welcome")
    welcome.begin_from(host=place.host, preset="quiet")
    assert rules(place) == {"preset": "quiet"}
    assert place.host.policy.labels["comfort"] is Rule.HOLD
    welcome.answer(host=place.host, label="question", rule="welcome")
    assert rules(place) == {"preset": "quiet", "labels": {"question": "welcome"}}
    welcome.begin_from(host=place.host, preset="")
    assert rules(place) == {}
    with pytest.raises(NotAllowed):
        welcome.begin_from(host=place.host, preset="anything goes")


def test_the_same_answer_twice_is_one_change(place):
    welcome.answer(host=place.host, label="faith", rule="hold")
    version = place.host.rules_version
    welcome.answer(host=place.host, label="faith", rule="hold")
    assert Host.objects.get(pk=place.host.pk).rules_version == version
