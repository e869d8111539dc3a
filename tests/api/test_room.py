"""What the handlers of all contracts share."""

from __future__ import annotations

import pytest

from beside.api.app import make_app
from beside.api.front import Visit
from beside.api.keys import Key, KeyFile
from beside.api.problem import Kind, Refusal
from beside.api.settings import Settings
from tests.api.conftest import HURTS, KIND
from tests.api.loop import run


@pytest.fixture
def room(gate):
    return make_app(Settings(open=True, characters=100, deadline=20), gate=gate).state.room


def refused(what):
    with pytest.raises(Refusal) as caught:
        what()
    return caught.value


def test_policies_by_name(room):
    assert room.policy("quiet").name == "quiet"
    found = refused(lambda: room.policy("loud", "beside.policy"))
    assert (found.kind, found.where) == (Kind.NOT_FOUND, "beside.policy")


def test_the_policy_of_a_visit_is_that_of_its_key(room):
    assert room.policy_of(Visit(None, "", 0.0)).name == "support only"
    assert room.policy_of(Visit(None, "", 0.0, Key("a", policy="quiet"))).name == "quiet"
    assert refused(lambda: room.policy_of(Visit(None, "", 0.0, Key("a", policy="x")))).kind is Kind.NOT_READY


def test_texts_are_seen_up_to_a_length(room):
    visit, chosen = Visit(None, "", 0.0), room.policy("support only")
    seen = run(room.see(visit, [KIND[:20], HURTS], chosen))
    assert [one.decision.action for one in seen][1] == "hold"
    found = refused(lambda: run(room.see(visit, ["a" * 60, "b" * 41], chosen)))
    assert found.kind is Kind.TOO_LARGE


def test_a_key_pays_for_each_text(gate, tmp_path):
    KeyFile(tmp_path / "k.json").create(Key("forum", rate=0.01, burst=3))
    room = make_app(Settings(keys=tmp_path / "k.json", deadline=20), gate=gate).state.room
    key = room.door.named("forum")
    visit = Visit(None, "", 0.0, key)
    run(room.see(visit, ["a", "b"], room.policy("quiet")))
    assert [room.door.is_too_fast(key) for _ in range(3)] == [False, False, True]
