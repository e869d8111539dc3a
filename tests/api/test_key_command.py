"""The commands for keys."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from beside.api.command import api
from beside.api.keys import ASKING, Contract, KeyFile, hash_of


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BESIDE_API_KEYS", raising=False)
    return tmp_path / "keys.json"


def ran(*arguments, status=0, **more):
    result = CliRunner().invoke(api, [str(argument) for argument in arguments], **more)
    assert result.exit_code == status, result.output
    return result


def test_a_key_is_made_and_shown_once(path):
    result = ran("--keys", path, "key", "create", "forum")
    secret = result.stdout.strip()
    assert result.stderr == "Keep it safe: it is not shown again.\n"
    key = KeyFile(path).find(secret)
    assert (key.name, key.contracts, key.policy, key.rate) == ("forum", ASKING, "support only", 10.0)
    assert len(key.created) == len("2026-11-25T10:00:00+00:00")
    assert secret not in ran("--keys", path, "key", "list").output


def test_a_key_with_everything(path):
    options = (
        "--contract coral --contract metrics --policy quiet --rate 2.5 --burst 5 --story s1"
        " --story https://news.example/family/* --shadow --lets-through --policy-mode"
    )
    ran("key", "create", "news", *options.split(), "--keys", path)
    key = KeyFile(path).named("news")
    assert key.contracts == (Contract.CORAL, Contract.METRICS)
    assert (key.policy, key.rate, key.burst) == ("quiet", 2.5, 5)
    assert key.stories == ("s1", "https://news.example/family/*")
    assert (key.shadow, key.lets_through, key.policy_mode) == (True, True, True)
    listed = ran("key", "list", "--keys", path).output
    assert listed == (
        f"news: coral, metrics; policy quiet; 2.5 a second; made {key.created}; story s1; "
        "story https://news.example/family/*; shadow; lets through; policy mode\n"
    )


def test_the_file_is_the_usual_one_unless_named(path, monkeypatch):
    ran("key", "create", "here")
    assert [key.name for key in KeyFile(path.with_name("beside-keys.json")).all()] == ["here"]
    monkeypatch.setenv("BESIDE_API_KEYS", str(path))
    ran("key", "create", "there")
    assert [key.name for key in KeyFile(path).all()] == ["there"]


def test_a_key_is_revoked(path):
    secret = ran("--keys", path, "key", "create", "forum").stdout.strip()
    assert ran("--keys", path, "key", "revoke", "forum").output == "forum is revoked.\n"
    assert KeyFile(path).find(secret) is None
    problem = ran("--keys", path, "key", "revoke", "forum", status=1).output
    assert problem == "Error: there is no key 'forum'. See them with: beside api key list\n"


def test_corals_secrets_are_added_and_forgotten(path):
    secret = ran("--keys", path, "key", "create", "news").stdout.strip()
    ran("--keys", path, "key", "sign", "news", input="empsec_a\n")
    ran("--keys", path, "key", "sign", "news", input="empsec_b\n")
    ran("--keys", path, "key", "sign", "news", input="empsec_a\n")
    assert KeyFile(path).named("news").signing == ("empsec_b", "empsec_a")
    listed = ran("--keys", path, "key", "list").output
    assert "2 signing secrets" in listed
    assert "empsec" not in listed
    ran("--keys", path, "key", "sign", "--only", "news", input="empsec_c\n")
    key = KeyFile(path).find(secret)
    assert (key.signing, key.hash) == (("empsec_c",), hash_of(secret))


@pytest.mark.parametrize(
    ("arguments", "given", "problem"),
    [
        (["create", "forum"], "", "there is a key 'forum' already. Take another name, or revoke it"),
        (
            ["create", "The Forum"],
            "",
            "a name is written in a to z, 0 to 9, - and _: it is part of an address",
        ),
        (["create", ""], "", "a name is written in a to z, 0 to 9, - and _: it is part of an address"),
        (["sign", "other"], "x", "there is no key 'other'. See them with: beside api key list"),
        (["sign", "forum"], " \n", "there was no secret to add. Copy it from the phase in Coral's settings"),
    ],
)
def test_what_cannot_be_done_is_said(path, arguments, given, problem):
    ran("--keys", path, "key", "create", "forum")
    assert ran("--keys", path, "key", *arguments, status=1, input=given).output == f"Error: {problem}\n"


def test_a_file_that_is_none(path):
    path.write_text("{", encoding="utf-8")
    problem = ran("--keys", path, "key", "list", status=1).output
    assert problem == "Error: keys.json is not a file of keys (JSONDecodeError). Restore it\n"
