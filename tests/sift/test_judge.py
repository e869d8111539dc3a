"""A gate that never raises."""

from __future__ import annotations

import pytest

from beside.exports import Message
from beside.gate.reading import Action, Decision
from beside.sift.judge import Judge


class Answering:
    """A gate that answers with what it is given, in order, and remembers its policy."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.policies = []

    def decide_many(self, texts, policy=None):
        self.policies.append(policy)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


KIND = Decision(Action.DELIVER, ("comfort",), model="m-1")


def test_decisions_are_passed_on_under_the_policy():
    gate = Answering([KIND, KIND])
    assert Judge(gate, "mine").decide(["a", "b"]) == [KIND, KIND]
    assert gate.policies == ["mine"]


@pytest.mark.parametrize(
    "failure", [ValueError("x"), MemoryError(), RecursionError(), [], [KIND, KIND, KIND]]
)
def test_a_failing_batch_is_asked_one_by_one_and_what_fails_again_is_held(failure):
    first, second = Judge(Answering(failure, [KIND], ValueError()), None).decide(["a", "b"])
    assert first == KIND
    assert (second.action, second.codes) == (Action.HOLD, ("gate_failed",))


def test_no_texts_ask_nothing():
    assert Judge(Answering(), None).decide([]) == []


def test_the_model_is_what_decisions_say():
    assert Judge(Answering([KIND]), None).model == "m-1"


def test_names_that_hurt_or_cannot_be_read_are_left_out():
    held = Decision(Action.HOLD, ("off_topic",))
    hurts = Decision(Action.HOLD, ("minimizing",))
    declined = Decision(Action.DECLINE, ())
    messages = [Message("love", "love", 1, name) for name in ("Bo", "At Least", "", "Spam", "Bo")]
    judge = Judge(Answering([hurts, held, declined]), None)  # asked once each, by the alphabet
    assert judge.names(messages) == ["Bo", "", "", "", "Bo"]
    assert Judge(Answering(ValueError(), ValueError(), ValueError(), [held]), None).names(messages[:2]) == [
        "",
        "",
    ]
