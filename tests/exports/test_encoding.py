"""What a file's bytes are taken for."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beside.exports import encoding
from beside.exports.encoding import survey


@pytest.mark.parametrize(
    ("data", "name", "bom"),
    [
        (b"plain", "utf-8", b""),
        ("é❤".encode(), "utf-8", b""),
        (b"\xef\xbb\xbf" + "é".encode(), "utf-8", b"\xef\xbb\xbf"),
        ("\ufeffabc".encode("utf-16-le"), "utf-16-le", b"\xff\xfe"),
        ("\ufeffabc".encode("utf-16-be"), "utf-16-be", b"\xfe\xff"),
        ("plain words".encode("utf-16-le"), "utf-16-le", b""),
        ("plain words".encode("utf-16-be"), "utf-16-be", b""),
        ("café".encode("cp1252"), "cp1252", b""),
        ("❤❤❤ ".encode() + b"\xe9", "utf-8", b""),
        (b"cut \xe2\x9d", "cp1252", b""),
    ],
)
def test_encodings(tmp_path, data, name, bom):
    path = tmp_path / "a"
    path.write_bytes(data)
    found = survey(path)
    assert (found.encoding, found.bom, found.size) == (name, bom, len(data))
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    with found.open() as text:
        assert found.bom + found.encode(text.read()) == data


def test_every_byte_comes_back_in_every_encoding(tmp_path):
    for number, bom in enumerate((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        path = tmp_path / str(number)
        path.write_bytes(bom + bytes(range(256)) + b"\r\n\r\n")
        found = survey(path)
        with found.open() as text:
            assert found.bom + found.encode(text.read()) == path.read_bytes()


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_come_back(tmp_path, data):
    path = tmp_path / "any"
    path.write_bytes(data)
    found = survey(path)
    with found.open() as text:
        assert found.bom + found.encode(text.read()) == data


def test_what_was_assumed_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"caf\xe9")
    assert survey(path).notes == ("a.csv is not UTF-8; it was read as Windows-1252.",)
    path.write_bytes("❤❤❤ ".encode() + b"\xe9")
    assert survey(path).notes == ("a.csv: some rows hold bytes that are not UTF-8.",)
    path.write_bytes("❤".encode())
    assert survey(path).notes == ()


def test_a_character_over_the_edge_of_two_chunks_is_no_damage(tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "_CHUNK", 4)
    path = tmp_path / "a"
    path.write_bytes("abc❤def😢".encode())
    assert (survey(path).encoding, survey(path).note) == ("utf-8", "")


def test_the_head_is_the_beginning_without_the_mark(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbf" + "é❤\r\nmore".encode())
    assert (survey(path).head(4), survey(path).head()) == ("é❤\r\n", "é❤\r\nmore")


def test_a_letter_that_the_encoding_lacks_is_an_error(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(UnicodeEncodeError):
        survey(path).encode("❤")


@pytest.mark.parametrize("order", ["le", "be"])
def test_damage_around_messages_in_utf_16_is_written_as_it_was(desk, order):
    lone = "\ud83d".encode(f"utf-16-{order}", "surrogatepass")
    before, after = ('\ufeff{"by":"', '","m":[{"text":"love"},{"text":"bad"}]}')
    data = before.encode(f"utf-16-{order}") + lone + after.encode(f"utf-16-{order}")
    export = desk.open("a.json", data)
    assert desk.texts(export) == ["love", "bad"]
    assert desk.whole(export) == data
    assert lone in desk.rewritten(export)
