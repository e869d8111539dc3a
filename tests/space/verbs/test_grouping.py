"""Messages that say the same come together, and nobody who may be in danger is among them."""

from __future__ import annotations

import pytest

from beside.space.verbs import let_in, receive
from beside.space.verbs.grouping import alike, groups

COPIED = "Everything happens for a reason, and one day you will understand why this had to be so."
NEARLY = "Everything happens for a reason and one day you will understand why this had to be so!! xx"
LONGER = "Oh dear. Everything happens for a reason, and one day you will understand why it had to be so."
APART = "At least it was early, you are both still young, and you can always try again next year."


def test_copies_and_near_copies_come_together_largest_first():
    assert alike([COPIED, APART, NEARLY, "first", LONGER, APART]) == [[0, 2, 4], [1, 5]]


def test_what_is_by_itself_is_in_no_group():
    assert alike([COPIED, APART, ""]) == []


def test_a_disguise_does_not_hide_a_copy():
    disguised = COPIED.replace("a", "а").replace("happens", "hap\u200bpens")  # the second is Cyrillic
    assert disguised != COPIED
    assert alike([COPIED, disguised]) == [[0, 1]]


def test_a_few_words_have_to_be_the_same():
    assert alike(["first", "First!", "firsts", "so sorry", "so sorry x"]) == [[0, 1]]


def test_nothing_at_all_is_alike_to_nothing():
    assert alike(["", " ", "!!!"]) == []


def test_equal_marks_are_alike_without_a_look():
    assert alike(["one", "another", "third"], marks=["m", "m", "n"]) == [[0, 1]]


def test_a_common_beginning_is_not_enough():
    hurt = " ".join(
        ["But you should have rested, and you know it, and everybody in the family says so too."] * 3
    )
    assert alike([COPIED, f"{COPIED} {hurt}"]) == []


def test_many_long_ones_are_grouped_in_time():
    texts = [f"{number} {COPIED} {'word ' * 3000}{number}" for number in range(150)]
    assert [len(group) for group in alike(texts)] == [150]


@pytest.mark.django_db
class TestGroups:
    def test_of_what_waits_in_this_space(self, place, other):
        for number in range(3):
            guest, _ = let_in.invite(host=place.host, name=f"Guest {number}")
            receive.receive(guest=guest, text=COPIED + "!" * number)
        receive.receive(guest=place.guest, text=APART)
        receive.receive(guest=other.guest, text=COPIED)
        (group,) = groups(moderator=place.moderator)
        assert [one.message.sender for one in group] == ["Guest 0", "Guest 1", "Guest 2"]

    def test_never_of_who_may_be_in_danger(self, place):
        for _ in range(2):
            receive.receive(guest=place.guest, text="I just lost mine and I don't want to be here any more")
        assert groups(moderator=place.moderator) == []
