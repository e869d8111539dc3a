"""What a sender may be told."""

from __future__ import annotations

import pytest

from beside import Action, Decision
from beside.api.wording import NOT_PUBLISHED, to_sender
from beside.codebook import LABELS, Group
from beside.gate.reasons import A_FRIEND_READS_FIRST

FIRST = (A_FRIEND_READS_FIRST,)


@pytest.mark.parametrize(
    ("action", "codes", "said"),
    [
        (Action.DELIVER, ("support",), ()),
        (Action.HOLD, ("minimizing",), ("Words that compare or hurry the grief can hurt.",)),
        (Action.HOLD, ("faith",), FIRST),
        (Action.HOLD, ("crisis",), FIRST),
        (Action.HOLD, ("no_support",), FIRST),
        (Action.HOLD, ("failed",), FIRST),
        (Action.DECLINE, ("hostility",), ("It was not passed on.", "It insults or mocks.")),
        (Action.DECLINE, ("faith",), ("It was not passed on.",)),
        (
            Action.DECLINE,
            ("other_pregnancy", "spam"),
            ("It was not passed on.", "It advertises or tricks."),
        ),
    ],
)
def test_what_a_sender_is_told(action, codes, said):
    assert to_sender(Decision(action, codes=codes)) == said


def test_what_the_host_chose_is_never_told():
    chosen = tuple(label.name for label in LABELS if label.group is Group.HOST_CHOICE)
    for action in (Action.HOLD, Action.DECLINE):
        told = {to_sender(Decision(action, codes=(name,))) for name in chosen}
        assert len(told) == 1


def test_a_commenter_is_told_that_a_program_read_it_and_where_to_object():
    assert "A program read" in NOT_PUBLISHED
    assert "tell the newsroom" in NOT_PUBLISHED
