"""What a file's bytes are taken for."""

from __future__ import annotations

import hashlib

import pytest

from beside.exports.encoding import survey


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
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
def test_encodings(tmp_path, data, encoding, bom):
    path = tmp_path / "a"
    path.write_bytes(data)
    found = survey(path)
    assert (found.encoding, found.bom, found.size) == (encoding, bom, len(data))
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    with found.open() as text:
        assert found.bom + found.encode(text.read()) == data
