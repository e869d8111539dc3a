"""Who may ask: kept as a hash, known at once, gone at once."""

from __future__ import annotations

import json
import stat
import threading
from dataclasses import replace

import pytest

from beside.api.keys import ASKING, OPEN, Contract, Key, KeyFile, KeysError, hash_of


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "keys.json"


def test_a_key_is_found_by_its_secret_and_by_its_name(path):
    keys = KeyFile(path)
    secret = keys.create(Key("forum", policy="quiet", created="2026-11-25T10:00:00+00:00"))
    found = keys.find(secret)
    assert found == Key("forum", hash_of(secret), policy="quiet", created="2026-11-25T10:00:00+00:00")
    assert keys.named("forum") == found
    assert keys.find("beside_other") is None
    assert keys.named("other") is None


def test_a_secret_is_long_random_and_not_in_the_file(path):
    keys = KeyFile(path)
    first, second = keys.create(Key("a")), keys.create(Key("b"))
    assert first != second
    assert first.startswith("beside_")
    assert len(first) >= len("beside_") + 43  # 256 bits
    written = path.read_text(encoding="utf-8")
    assert first not in written
    assert first.removeprefix("beside_") not in written
    assert hash_of(first) in written


def test_only_the_owner_may_read_the_file(path):
    KeyFile(path).create(Key("forum"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.with_name("keys.json.new").exists()


def test_everything_about_a_key_is_kept(path):
    key = Key(
        "news",
        contracts=(Contract.CORAL, Contract.METRICS),
        policy="no faith",
        rate=2.5,
        burst=7,
        stories=("s1", "https://news.example/family/*"),
        shadow=True,
        lets_through=True,
        policy_mode=True,
        signing=("empsec_a", "empsec_b"),
        created="2026-11-25T10:00:00+00:00",
    )
    secret = KeyFile(path).create(key)
    again = KeyFile(path).find(secret)
    assert again == replace(key, hash=hash_of(secret))
    assert again.is_for(Contract.CORAL)
    assert not again.is_for(Contract.OWN)


def test_another_process_makes_and_revokes_keys(path):
    here, there = KeyFile(path), KeyFile(path)
    secret = there.create(Key("forum"))
    assert here.find(secret).name == "forum"
    there.revoke("forum")
    assert here.find(secret) is None
    assert here.all() == []


def test_a_key_is_changed(path):
    keys = KeyFile(path)
    secret = keys.create(Key("news"))
    keys.change("news", lambda key: replace(key, signing=("empsec_a",)))
    assert keys.find(secret).signing == ("empsec_a",)


def test_keys_are_listed_by_name(path):
    keys = KeyFile(path)
    for name in ("b", "c", "a"):
        keys.create(Key(name))
    assert [key.name for key in keys.all()] == ["a", "b", "c"]


def test_no_two_keys_have_one_name(path):
    keys = KeyFile(path)
    secret = keys.create(Key("forum"))
    with pytest.raises(KeysError, match="there is a key 'forum' already"):
        keys.create(Key("forum"))
    assert keys.find(secret).name == "forum"


@pytest.mark.parametrize(
    "what", [lambda keys: keys.revoke("x"), lambda keys: keys.change("x", lambda key: key)]
)
def test_what_is_not_there_cannot_be_changed(path, what):
    with pytest.raises(KeysError, match=r"^there is no key 'x'. See them with: beside api key list$"):
        what(KeyFile(path))


BROKEN = ["", "{", "[]", '{"keys": 3}', '{"keys": [{"nome": "x"}]}', '{"keys": ["x"]}', '{"other": []}']


@pytest.mark.parametrize("content", BROKEN)
def test_a_file_that_is_none_does_not_start(path, content):
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KeysError, match=r"^keys.json is not a file of keys \(\w+\). Restore it$"):
        KeyFile(path)


def test_a_slip_in_the_file_locks_nobody_out(path):
    keys = KeyFile(path)
    secret = keys.create(Key("forum"))
    path.write_text("{", encoding="utf-8")
    assert keys.find(secret).name == "forum"
    assert keys.trouble == "keys.json is not a file of keys (JSONDecodeError). Restore it"
    path.write_text(json.dumps({"keys": [{"name": "forum", "hash": hash_of(secret)}]}), encoding="utf-8")
    assert keys.find(secret) == Key("forum", hash_of(secret))
    assert keys.trouble == ""


def test_no_file_is_no_keys(path):
    keys = KeyFile(path)
    assert keys.all() == []
    assert keys.find("") is None


def test_a_key_without_a_hash_is_nobodys(path):
    path.parent.mkdir()
    path.write_text('{"keys": [{"name": "news", "future": 1}]}', encoding="utf-8")
    keys = KeyFile(path)
    assert keys.named("news") == Key("news")
    assert keys.find("") is None


def test_commands_at_the_same_time_lose_nothing(path):
    made = [threading.Thread(target=KeyFile(path).create, args=(Key(f"k{i}"),)) for i in range(8)]
    for thread in made:
        thread.start()
    for thread in made:
        thread.join()
    assert len(KeyFile(path).all()) == 8


@pytest.mark.parametrize(
    ("story", "url", "covered"),
    [
        ("s1", "", True),
        ("s2", "", False),
        ("", "https://news.example/family/a-letter", True),
        ("", "https://news.example/family/", True),
        ("", "https://news.example/sport/family/", False),
        ("", "https://other.example/family/a", False),
        ("", "https://NEWS.example/family/a", False),
    ],
)
def test_a_key_covers_stories_by_id_or_address(story, url, covered):
    key = Key("news", stories=("s1", "https://news.example/family/*"))
    assert key.covers(story, url) is covered


def test_a_key_that_names_no_story_covers_none():
    assert not Key("news").covers("s1", "https://news.example/")
    assert OPEN.covers("s1", "https://news.example/")
    assert Key("a").contracts == ASKING
    assert Contract.METRICS not in ASKING
