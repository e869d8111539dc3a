"""Policies that may be named, changed while it runs."""

from __future__ import annotations

import pytest

from beside import Policy, PolicyError
from beside.api.shelf import Shelf, shelved
from beside.gate.policy import PRESETS


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def write(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")


def names(shelf):
    return [one.name for one in shelf.all()]


def test_without_a_folder_there_are_the_presets():
    shelf = Shelf(None)
    assert names(shelf) == list(PRESETS)
    assert shelf.get("no faith").policy == PRESETS["no faith"]
    assert shelf.get("no faith").source == "preset"
    assert shelf.get("ours") is None


def test_files_stand_beside_the_presets(tmp_path):
    write(tmp_path, "ours.toml", 'caution = "open"\n[labels]\nfaith = "hold"\n')
    write(tmp_path, "a.toml", 'name = "A paper"\n')
    write(tmp_path, "notes.txt", "no policy")
    shelf = Shelf(tmp_path)
    assert names(shelf) == [*PRESETS, "a", "ours"]
    expected = Policy.from_dict({"caution": "open", "labels": {"faith": "hold"}})
    assert shelf.get("ours").policy == expected
    assert (shelf.get("ours").source, shelf.get("a").policy.name) == ("file", "A paper")


def test_a_file_may_take_the_place_of_a_preset(tmp_path):
    write(tmp_path, "quiet.toml", 'caution = "open"\n')
    shelf = Shelf(tmp_path)
    assert names(shelf) == list(PRESETS)
    assert shelf.get("quiet").source == "file"


def test_changes_count_without_a_restart(tmp_path):
    clock = Clock()
    write(tmp_path, "ours.toml", 'caution = "open"\n')
    shelf = Shelf(tmp_path, 1.0, clock)
    before = shelf.get("ours")
    write(tmp_path, "ours.toml", 'caution = "very careful"\n')
    write(tmp_path, "new.toml", "")
    assert shelf.get("ours") == before  # looked at a moment ago
    clock.now = 1.0
    assert shelf.get("ours").policy.caution == "very careful"
    assert shelf.get("ours").version != before.version
    assert shelf.get("new").policy == Policy()
    (tmp_path / "ours.toml").unlink()
    clock.now = 2.0
    assert shelf.get("ours") is None


def test_a_bad_file_leaves_what_it_replaces_in_force(tmp_path):
    write(tmp_path, "ours.toml", 'caution = "open"\n')
    shelf = Shelf(tmp_path, 0.0)
    good = shelf.get("ours")
    write(tmp_path, "ours.toml", 'caution = "wild"\n')
    write(tmp_path, "worse.toml", "[")
    assert shelf.get("ours") == good
    assert shelf.get("worse") is None
    assert list(shelf.trouble) == ["ours", "worse"]
    assert shelf.trouble["ours"].startswith("ours.toml:1:1: 'wild' is not a level of caution")
    write(tmp_path, "ours.toml", 'caution = "careful"\n')
    (tmp_path / "worse.toml").unlink()
    assert shelf.get("ours").policy.caution == "careful"
    assert shelf.trouble == {}


def test_a_bad_file_does_not_start(tmp_path):
    write(tmp_path, "ours.toml", 'caution = "wild"\n')
    with pytest.raises(PolicyError, match="'wild' is not a level of caution"):
        Shelf(tmp_path)


def test_a_file_is_not_read_again_for_nothing(tmp_path, monkeypatch):
    write(tmp_path, "ours.toml", "")
    shelf = Shelf(tmp_path, 0.0)
    monkeypatch.setattr(Policy, "load", lambda path: pytest.fail("it was read again"))
    assert shelf.get("ours").policy == Policy()
    assert len(shelf.all()) == len(PRESETS) + 1


def test_a_version_changes_with_the_rules_and_only_with_them():
    base = Policy.from_dict({"labels": {"faith": "hold", "advice": "welcome"}})
    same = Policy.from_dict({"labels": {"advice": "welcome", "faith": "hold"}})
    version = shelved("a", base, "file").version
    assert len(version) == 12
    assert shelved("b", same, "inline").version == version
    for change in ({"caution": "open"}, {"labels": {"faith": "hold"}}, {"languages": ["en", "de"]}):
        assert shelved("a", Policy.from_dict(change), "file").version != version
