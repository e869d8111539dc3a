"""What a guest is told never shows what the host chose."""

from beside.codebook import LABELS, Group
from beside.gate.reasons import A_FRIEND_READS_FIRST, to_guest, words_for


def test_the_hosts_own_choices_all_sound_the_same_to_a_guest():
    chosen = [label.name for label in LABELS if label.group in (Group.SUPPORT, Group.HOST_CHOICE)]
    for code in (*chosen, "no_support", "not_sure", "language", "failed"):
        assert to_guest((code,)) == (A_FRIEND_READS_FIRST,)


def test_a_hurt_is_named_by_its_kind_and_a_choice_beside_it_is_not():
    expected = ("Words that compare or hurry the grief can hurt.",)
    assert to_guest(("minimizing",)) == expected
    assert to_guest(("faith", "minimizing", "advice")) == expected


def test_a_moderator_gets_a_sentence_for_each_code():
    assert words_for(("faith", "not_sure")) == (
        "It speaks of faith.",
        "The gate is not sure enough that it is support.",
    )
