"""Keys and what they seal: opens in its place alone, goes dark with its key, lies wrapped on disk."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.space import vault as room
from beside.space.vault import Damaged, KeyGone, Vault

TEXT = "We lost our daughter. نور ❤️".encode()


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path


def open_vault(folder: Path) -> Vault:
    return Vault(folder / "keys", folder / "secrets" / "master.key")


@pytest.fixture
def vault(folder) -> Vault:
    return open_vault(folder)


def key_files(folder: Path) -> list[Path]:
    return sorted((folder / "keys").iterdir())


# sealing


def test_what_was_sealed_opens_again_here_and_in_another_process(vault, folder):
    sealed = vault.seal(key := vault.new_key(), TEXT, "message.body")
    assert vault.unseal(sealed, "message.body") == TEXT
    assert open_vault(folder).unseal(sealed, "message.body") == TEXT
    assert sealed[:16] == key


@given(st.binary(max_size=2000))
def test_any_bytes(plain):
    vault = _shared()
    key = next(iter(vault._keys), None) or vault.new_key()
    sealed = vault.seal(key, plain, "place")
    assert vault.unseal(sealed, "place") == plain
    assert len(sealed) == 16 + 12 + len(plain) + 16


def _shared(made: list[Vault] = []) -> Vault:  # noqa: B006  one for all examples
    if not made:
        import tempfile

        made.append(open_vault(Path(tempfile.mkdtemp(prefix="beside-vault-"))))
    return made[0]


def test_the_same_text_never_looks_the_same(vault):
    key = vault.new_key()
    assert len({vault.seal(key, TEXT, "message.body") for _ in range(200)}) == 200


def test_nothing_of_the_text_shows(vault):
    sealed = vault.seal(vault.new_key(), TEXT * 50, "message.body")
    for word in (b"daughter", "نور".encode(), b"lost"):
        assert word not in sealed


def test_a_value_opens_in_its_own_place_alone(vault):
    sealed = vault.seal(vault.new_key(), TEXT, "message.body")
    for place in ("guest.name", "message.sender", "message.bod", ""):
        with pytest.raises(Damaged):
            vault.unseal(sealed, place)


def test_a_changed_byte_anywhere_is_seen(vault):
    sealed = vault.seal(vault.new_key(), TEXT, "message.body")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((Damaged, KeyGone)):
            vault.unseal(bytes(changed), "message.body")


def test_a_cut_value_is_seen(vault):
    sealed = vault.seal(vault.new_key(), TEXT, "message.body")
    for length in range(len(sealed)):
        with pytest.raises((Damaged, KeyGone)):
            vault.unseal(sealed[:length], "message.body")


def test_the_key_of_another_space_does_not_open_it(vault):
    one, other = vault.new_key(), vault.new_key()
    sealed = vault.seal(one, TEXT, "message.body")
    with pytest.raises(Damaged):
        vault.unseal(other + sealed[16:], "message.body")


# erasing


def test_what_was_sealed_is_dark_once_the_key_is_destroyed(vault, folder):
    key, kept = vault.new_key(), vault.new_key()
    sealed, stays = (vault.seal(one, TEXT, "message.body") for one in (key, kept))
    vault.destroy(key)
    for found in (vault, open_vault(folder)):
        with pytest.raises(KeyGone):
            found.unseal(sealed, "message.body")
        with pytest.raises(KeyGone):
            found.seal(key, TEXT, "message.body")
        assert found.unseal(stays, "message.body") == TEXT
    assert [path.stem for path in key_files(folder)] == [kept.hex()]


def test_another_process_that_had_the_key_in_memory_is_dark_at_once(vault, folder):
    other = open_vault(folder)
    key = vault.new_key()
    sealed = other.seal(key, TEXT, "message.body")
    vault.destroy(key)
    with pytest.raises(KeyGone):
        other.unseal(sealed, "message.body")
    assert key not in other._keys


def test_destroyed_twice_it_is_destroyed_once(vault):
    key = vault.new_key()
    vault.destroy(key)
    vault.destroy(key)
    vault.destroy(b"\0" * 16)


def test_the_file_is_overwritten_before_it_is_unlinked(vault, folder):
    key = vault.new_key()
    [file] = key_files(folder)
    second = folder / "a second name"
    second.hardlink_to(file)  # so that what was on disk can still be read
    before = second.read_bytes()
    vault.destroy(key)
    assert len(second.read_bytes()) == len(before)
    assert second.read_bytes() != before


# on disk


def test_keys_lie_wrapped_and_only_their_owner_reads_them(vault, folder):
    key = vault.new_key()
    sealed = vault.seal(key, TEXT, "place")
    assert vault.unseal(sealed, "place") == TEXT
    [file] = key_files(folder)
    master = folder / "secrets" / "master.key"
    assert vault._keys[key] not in file.read_bytes()
    assert len(master.read_bytes()) == 32
    assert [path.stat().st_mode & 0o777 for path in (file, master)] == [0o600, 0o600]
    assert [path.stat().st_mode & 0o777 for path in (file.parent, master.parent)] == [0o700, 0o700]


def test_the_keystore_without_its_master_key_opens_nothing(vault, folder):
    key = vault.new_key()
    sealed = vault.seal(key, TEXT, "place")
    (folder / "secrets" / "master.key").unlink()
    with pytest.raises(Damaged):
        open_vault(folder).unseal(sealed, "place")


def test_a_key_file_under_another_name_is_not_that_key(vault, folder):
    one, other = vault.new_key(), vault.new_key()
    sealed = vault.seal(other, TEXT, "place")
    (folder / "keys" / f"{other.hex()}.key").write_bytes((folder / "keys" / f"{one.hex()}.key").read_bytes())
    with pytest.raises(Damaged):
        open_vault(folder).unseal(sealed, "place")


def test_no_two_keys_are_alike_and_no_half_written_file_is_left(vault, folder):
    with ThreadPoolExecutor(4) as threads:
        keys = list(threads.map(lambda _: vault.new_key(), range(100)))
    assert len(set(keys)) == 100
    assert {len(key) for key in keys} == {16}
    assert [path.suffix for path in key_files(folder)] == [".key"] * 100


def test_of_processes_that_start_at_once_all_have_the_same_master_key(folder):
    code = (
        "import sys, pathlib\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "import vault\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "made = vault.Vault(folder / 'keys', folder / 'secrets' / 'master.key')\n"
        "print(made.seal(made.new_key(), b'text', 'place').hex())\n"
    )
    command = [sys.executable, "-c", code, str(folder), str(Path(room.__file__).parent)]
    starting = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    sealed = [bytes.fromhex(one.communicate()[0]) for one in starting]
    assert [open_vault(folder).unseal(value, "place") for value in sealed] == [b"text"] * 6
    assert [path.name for path in (folder / "secrets").iterdir()] == ["master.key"]


# marks


def test_like_finds_like_in_one_space_and_one_place(vault, folder):
    key, other = vault.new_key(), vault.new_key()
    mark = vault.mark(key, TEXT, "like")
    assert mark == vault.mark(key, TEXT, "like") == open_vault(folder).mark(key, TEXT, "like")
    others = {
        vault.mark(key, TEXT + b".", "like"),
        vault.mark(key, TEXT, "source"),
        vault.mark(other, TEXT, "like"),
        vault.mark(key, b"e" + TEXT, "lik"),
    }
    assert len(others | {mark}) == 5
    assert len(mark) == 64
    vault.destroy(key)
    with pytest.raises(KeyGone):
        vault.mark(key, TEXT, "like")
