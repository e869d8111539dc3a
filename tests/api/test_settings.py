"""When the API must not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from beside.api.settings import Settings, problem_of

KEYS = Path("keys.json")


@pytest.mark.parametrize(
    "settings",
    [
        Settings(open=True),
        Settings(open=True, host="::1"),
        Settings(open=True, host="localhost"),
        Settings(keys=KEYS),
        Settings(keys=KEYS, host="0.0.0.0"),
    ],
)
def test_it_may_start(settings):
    assert problem_of(settings) == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "beside.example"])
def test_without_keys_it_serves_this_machine_only(host):
    problem = problem_of(Settings(open=True, host=host, keys=KEYS))
    assert problem == (
        f"--open answers whoever asks, so it serves this machine only, not {host}. "
        "Leave out --host, or leave out --open and make a key: beside api key create NAME"
    )


def test_without_keys_and_not_open_nobody_could_ask():
    assert problem_of(Settings()) == (
        "Without keys nobody could ask anything. Name a file with --keys, or try it with --open"
    )


def test_an_answer_to_coral_comes_before_coral_gives_up():
    assert Settings().coral_deadline < 0.2
