"""Variants of a message keep their labels and their marks true."""

from random import Random

import pytest

from beside.gate.reading import Span
from beside.train.augment import Endings, augmented, ended, endings, joined, mistyped, surrounded
from beside.train.corpus import Message

KIND = Message("So sorry, love.", frozenset({"comfort"}))
CRUEL = Message("At least it was early.", frozenset({"minimizing"}), (Span("minimizing", 0, 22),))
MIXED = Message("Sorry. You can try again.", frozenset({"comfort", "platitude"}), (Span("platitude", 7, 25),))
SELLING = Message("Buy my book!", frozenset({"spam"}), (Span("spam", 0, 12),))


def marked(message):
    return sorted((span.label, message.text[span.start : span.end]) for span in message.spans)


@pytest.mark.parametrize("seed", range(8))
def test_joined_messages_carry_the_labels_and_marks_of_both(seed):
    both = joined(CRUEL, MIXED, Random(seed))
    assert both.labels == {"comfort", "platitude", "minimizing"}
    assert marked(both) == [("minimizing", CRUEL.text), ("platitude", "You can try again.")]


def test_nothing_is_joined_to_spam_or_to_what_has_no_label():
    assert joined(KIND, SELLING, Random(1)) is KIND
    assert joined(SELLING, KIND, Random(1)) is SELLING
    assert joined(KIND, Message("?", frozenset()), Random(1)) is KIND


def test_a_long_message_is_left_alone():
    long = Message("so sorry " * 70, frozenset({"comfort"}))
    assert joined(long, CRUEL, Random(1)) is long


@pytest.mark.parametrize("seed", range(8))
def test_a_blow_keeps_its_mark_between_two_kind_messages(seed):
    three = surrounded(CRUEL, [KIND], Random(seed))
    assert three.text.count(KIND.text) == 2
    assert three.labels == {"comfort", "minimizing"}
    assert marked(three) == [("minimizing", CRUEL.text)]


def test_slips_keep_the_length():
    slipped = mistyped(MIXED, Random(2), share=0.9)
    assert slipped.text != MIXED.text
    assert len(slipped.text) == len(MIXED.text)
    assert (slipped.labels, slipped.spans) == (MIXED.labels, MIXED.spans)


def test_most_variants_are_the_message_itself_and_all_carry_its_labels():
    chance = Random(5)
    made = [augmented(MIXED, [KIND, CRUEL], chance) for _ in range(400)]
    assert all(one.labels >= MIXED.labels for one in made)
    assert 160 < sum(one is MIXED for one in made) < 260


NAME = Message("Auntie Bea", frozenset())
ENDINGS = Endings((CRUEL,), (NAME.text,))


def test_endings_are_short_blows_and_names():
    long = Message("nobody " * 7, frozenset({"hostility"}), (Span("hostility", 0, 49),))
    assert endings([KIND, CRUEL, MIXED, SELLING, NAME, long]) == ENDINGS


def test_a_blow_at_the_end_is_carried_and_marked_and_a_name_changes_nothing():
    chance = Random(3)
    made = [ended(KIND, ENDINGS, chance) for _ in range(60)]
    for one in made:
        assert one.text.startswith(KIND.text)
        if NAME.text in one.text:
            assert (one.labels, one.spans) == (KIND.labels, ())
        else:
            assert (one.labels, marked(one)) == ({"comfort", "minimizing"}, [("minimizing", CRUEL.text)])
    assert 20 < sum(NAME.text in one.text for one in made) < 40


def test_spam_and_what_has_no_label_end_as_they_are():
    for message in (SELLING, NAME):
        assert ended(message, ENDINGS, Random(1)) is message


def test_some_variants_get_an_ending_where_there_are_any():
    chance = Random(5)
    made = [augmented(KIND, [KIND], chance, ENDINGS) for _ in range(400)]
    assert 30 < sum(NAME.text in one.text or CRUEL.text in one.text for one in made) < 70
