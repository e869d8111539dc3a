"""The pages about the API hold what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from beside.api.command import api
from beside.api.scores import ATTRIBUTES
from beside.codebook import NAMES

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("migrate-from-perspective.md", "coral.md")


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_each_request_is_answered(client, name):
    sent = re.findall(r"http://127\.0\.0\.1:8001(\S+) -H '(\S+): (\S+)' -d '(.*?)'\n", page(name), re.DOTALL)
    assert sent
    for path, header, value, body in sent:
        answer = client.post(path, content=body, headers={header: value})
        assert answer.status_code == 200, answer.text


def test_the_example_for_coral_is_held(client):
    body = re.search(r"-d '(.*?)'\n", page("coral.md"), re.DOTALL)[1]
    answer = client.post("/coral/any", content=body, headers={"content-type": "application/json"})
    assert answer.json() == {"status": "SYSTEM_WITHHELD"}


@pytest.mark.parametrize("name", PAGES)
def test_each_command_that_makes_a_key_works(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    commands = page(name).replace("\\\n", "").splitlines()
    made = [line.strip().removeprefix("beside api ") for line in commands if "api key create" in line]
    for line in made:
        command = re.search(r"key create [^`]*", line)[0].replace("'", "")
        if "NAME" not in command:
            result = CliRunner().invoke(api, command.split())
            assert result.exit_code == 0, result.output
    assert made


def test_every_attribute_is_in_the_table():
    table = page("migrate-from-perspective.md")
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b|\b[A-Z]{4,}\b", table))
    for name in ATTRIBUTES:
        bare = name.removesuffix("_EXPERIMENTAL")
        label = name.removeprefix("BESIDE_").lower()
        assert {name, bare} & named or label in NAMES, name
    assert {"BESIDE_COMFORT", "BESIDE_CRISIS"} <= set(ATTRIBUTES)
