"""The command that starts the API."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from beside.api import run
from beside.api.command import api
from beside.api.keys import Key, KeyFile, KeysError
from beside.api.settings import Settings


@pytest.fixture
def started(monkeypatch, tmp_path):
    """The settings that the API would be started with."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BESIDE_API_KEYS", raising=False)
    found = []
    monkeypatch.setattr(run, "serve", found.append)
    return found


def ran(*arguments, status=0):
    result = CliRunner().invoke(api, [str(argument) for argument in arguments])
    assert result.exit_code == status, result.output
    return result.stderr


def test_open(started):
    said = ran("--open", "--port", 9001)
    (settings,) = started
    assert (settings.open, settings.port, settings.host) == (True, 9001, "127.0.0.1")
    assert said.startswith("Beside answers at http://127.0.0.1:9001/ . Stop it with Ctrl-C.\n")
    assert "http://127.0.0.1:9001/v1alpha1\n" in said
    assert "no key yet" not in said


def test_with_keys(started, tmp_path):
    (tmp_path / "policies").mkdir()
    path = tmp_path / "keys.json"
    options = ["--keys", path, "--policies", tmp_path / "policies", "--host", "0.0.0.0"]
    said = ran(*options, "--url", "https://gate.example", "--threads", 4)
    assert started == [
        Settings(
            keys=path,
            policies=tmp_path / "policies",
            host="0.0.0.0",
            url="https://gate.example",
            threads=4,
        )
    ]
    assert "https://gate.example/v1/decide" in said
    assert "There is no key yet. Make one: beside api key create NAME" in said
    KeyFile(path).create(Key("forum"))
    assert "no key yet" not in ran(*options)


def test_open_to_the_world_it_does_not_start(started):
    said = ran("--open", "--host", "0.0.0.0", status=1)
    assert said.startswith("Error: --open answers whoever asks")
    assert started == []


def test_what_stands_in_the_way_is_said(started, tmp_path, monkeypatch):
    (tmp_path / "keys.json").write_text("{", encoding="utf-8")
    assert ran("--keys", tmp_path / "keys.json", status=1) == (
        "Error: keys.json is not a file of keys (JSONDecodeError). Restore it\n"
    )

    def broken(_):
        raise KeysError("it is broken")

    monkeypatch.setattr(run, "serve", broken)
    assert ran("--open", status=1).endswith("Error: it is broken\n")
    ran("--policies", tmp_path / "none", status=2)
