"""What the sender of a message may be told by whoever asked the API."""

from __future__ import annotations

from beside.codebook import BY_NAME, Group
from beside.gate import Action, Decision
from beside.gate.reasons import to_guest, words_for

NOT_PASSED_ON = "It was not passed on."
NOT_PUBLISHED = (
    "Thank you for taking the time. On this story only words of support are published. A program read your "
    "comment first and did not take it for one. If you think that is wrong, please tell the newsroom."
)


def to_sender(decision: Decision) -> tuple[str, ...]:
    """Kind words, of the hurt alone: whatever the host chose for herself is never told."""
    if decision.action is Action.DELIVER:
        return ()
    if decision.action is Action.HOLD:
        return to_guest(decision.codes)
    hurts = tuple(code for code in decision.codes if code in BY_NAME and BY_NAME[code].group is Group.HURT)
    return (NOT_PASSED_ON, *words_for(hurts))
