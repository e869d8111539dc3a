"""Off the event loop, in two lanes, and a hold whatever fails."""

from __future__ import annotations

import asyncio
import threading

import pytest

from beside import Action, Policy
from beside.api.judge import Judge, Seen
from beside.api.pressure import Lane, Late
from beside.gate.policy import PRESETS
from tests.api.conftest import HURTS, INSULT, KIND
from tests.api.loop import run


class Watched(Lane):
    """A lane that tells what it was asked to do."""

    def __init__(self, name, deadline=30):
        super().__init__(name, 1, 1_000_000, deadline)
        self.asked = []

    async def run(self, cost, work, deadline=None):
        self.asked.append((cost, deadline))
        return await super().run(cost, work, deadline)


class Broken:
    """A gate that fails in one of its two steps."""

    model = "broken"

    def __init__(self, gate, step):
        self._gate, self._step = gate, step

    def read(self, text):
        if self._step == "read":
            raise RuntimeError(text)
        return self._gate.read(text)

    def judge(self, reading, policy=None):
        raise RuntimeError("judge")


class Comments:
    """Says of a comment how long it is."""

    def scores(self, text):
        return {"toxicity": len(text)}


def judge_of(gate):
    short, long, times = Watched("short"), Watched("long"), []
    return Judge(gate, Comments(), short, long, times.append), short, long, times


def test_it_decides_as_the_gate_does(gate, validation):
    judge, _, _, times = judge_of(gate)
    texts = [message.text for message in validation[:40]]
    for policy in PRESETS.values():
        seen = run(judge.see(texts, policy))
        assert [one.decision for one in seen] == gate.decide_many(texts, policy)
    assert [one.reading for one in seen] == [gate.read(text) for text in texts]
    assert [one.ordinary for one in seen] == [{}] * 40
    assert len(times) == 40 * len(PRESETS)
    assert judge.model == gate.model


def test_scores_for_ordinary_comments_are_made_where_asked_for(gate):
    judge, *_ = judge_of(gate)
    seen = run(judge.see([KIND, HURTS], Policy(), ordinary=True))
    assert [one.ordinary for one in seen] == [{"toxicity": len(KIND)}, {"toxicity": len(HURTS)}]


def test_short_texts_never_wait_behind_long_ones(gate):
    judge, short, long, _ = judge_of(gate)
    run(judge.see([KIND], Policy(), 5.0))
    run(judge.see(["x" * 1940], Policy()))
    run(judge.see(["x" * 1941], Policy()))
    run(judge.see([HURTS] * 40, Policy()))
    assert short.asked == [(len(KIND) + 60, 5.0), (2000, None)]
    assert long.asked == [(2001, None), (40 * (len(HURTS) + 60), None)]


@pytest.mark.parametrize("step", ["read", "judge"])
def test_a_broken_gate_holds(gate, step):
    judge, *_ = judge_of(Broken(gate, step))
    seen = run(judge.see([KIND, INSULT], Policy()))
    assert [one.decision.action for one in seen] == [Action.HOLD, Action.HOLD]
    assert seen[0].decision.codes == ("failed",)
    assert seen[0].decision.reasons == ("The gate could not read it.",)
    assert seen[0].decision.support == 0
    assert seen[0].reading.flags == ("failed",)
    assert seen[0].reading.model == "broken"
    assert isinstance(seen[0], Seen)


def test_nothing_is_read_for_nobody(gate):
    reads, lane_is_late = [], threading.Event()

    class Slow:
        model = "slow"

        def read(self, text):
            reads.append(text)
            lane_is_late.wait(20)
            return gate.read(text)

        def judge(self, reading, policy=None):
            return gate.judge(reading, policy)

    short = Watched("short", deadline=0.1)
    judge = Judge(Slow(), Comments(), short, short, lambda _: None)

    async def ran():
        with pytest.raises(Late):
            await judge.see(["a", "b", "c"], Policy())
        lane_is_late.set()
        while short.cost:
            await asyncio.sleep(0.01)

    run(ran())
    assert reads == ["a"]
    assert not judge.full
