"""G1: whatever breaks inside the gate, nothing is delivered."""

import shutil

import numpy as np
import pytest

from beside import Gate
from beside.gate import weights
from beside.gate.weights import SHIPPED, WeightsError

KIND = "I'm so sorry for your loss. Thinking of you both."


@pytest.fixture
def copied(tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return folder


def test_the_kind_message_would_be_delivered(gate, copied):
    assert gate.decide(KIND).action == "deliver"
    assert Gate(copied).decide(KIND).action == "deliver"


@pytest.mark.parametrize("file", [*weights.FILES, "card.json"])
def test_a_missing_file_stops_the_gate_from_starting(copied, file):
    (copied / file).unlink()
    with pytest.raises(WeightsError):
        Gate(copied)


@pytest.mark.parametrize("file", weights.FILES)
def test_a_changed_file_stops_the_gate_from_starting(copied, file):
    content = (copied / file).read_bytes()
    (copied / file).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(WeightsError, match="is not the file that the card names"):
        Gate(copied)


@pytest.mark.parametrize("card", ["", "{}", "[]", '{"name": "x"}', '{"name": "x", "sha256": {}}'])
def test_a_broken_card_stops_the_gate_from_starting(copied, card):
    (copied / "card.json").write_text(card, encoding="utf-8")
    with pytest.raises(WeightsError):
        Gate(copied)


PARTS = [
    "beside.gate.reader.canonical",
    "beside.gate.reader.worst_of",
    "beside.gate.reader.windows",
    "beside.gate.reader.as_written",
    "beside.gate.reader.Reader._run",
    "beside.gate.reader.Reader._look",
    "beside.gate.language.LanguageReader.language",
]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("error", [RuntimeError, MemoryError, KeyError, FloatingPointError])
def test_an_exception_anywhere_is_a_hold(part, error, monkeypatch):
    gate = Gate()

    def broken(*args, **kwargs):
        raise error("broken")

    monkeypatch.setattr(part, broken)
    got = gate.decide(KIND)
    assert (got.action, got.codes) == ("hold", ("failed",))
    assert [one.codes for one in gate.decide_many([KIND] * 5)] == [("failed",)] * 5


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_score_that_is_no_number_is_a_hold(value, monkeypatch):
    gate = Gate()
    monkeypatch.setattr(
        "beside.gate.reader.probability", lambda logits: np.full(np.shape(logits), value, dtype=np.float32)
    )
    assert gate.decide(KIND).codes == ("failed",)


def test_an_exception_in_the_decision_is_a_hold(monkeypatch):
    gate = Gate()
    calls = []

    def broken(reading, policy, scale):
        calls.append(reading)
        raise ZeroDivisionError

    monkeypatch.setattr("beside.gate.policy.support", broken)
    got = gate.decide(KIND)
    assert (got.action, got.codes) == ("hold", ("failed",))
    assert len(calls) == 1
