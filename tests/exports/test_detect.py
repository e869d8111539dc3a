"""What a file is taken for, and what is said where it is nothing known."""

from __future__ import annotations

import gzip

import pytest

from beside.exports import ExportError, open_export


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.csv", "text\nx\n", "csv"),
        ("a.tsv", "id\ttext\n1\tx\n", "tsv"),
        ("a.txt", "text,id\n", "text"),
        ("a", "id;comment\n1;x\n", "csv"),
        ("a", '[{"text":"x"}]', "json"),
        ("a.json", '\ufeff {"text":[{"text":"x"}]}', "json"),
        ("a.json", '{"text":"x"}\n{"text":"y"}', "jsonl"),
    ],
)
def test_kinds(desk, name, data, kind):
    assert desk.open(name, data).kind == kind


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "a.csv is empty."),
        ("a.csv", b"\xef\xbb\xbf", "a.csv is empty."),
        ("a.xlsx", b"PK\x03\x04rest", "a.xlsx is a ZIP or an Excel file. "),
        ("a.gz", gzip.compress(b"x"), "a.gz is compressed with gzip. "),
        ("a.pdf", b"%PDF-1.7", "a.pdf is a PDF. "),
        ("a.html", b"<!DOCTYPE html><p>", "a.html is a web page. Ask the site for JSON"),
        ("a.dat", b"just words\nand more\n", "Beside cannot tell what a.dat is. "),
    ],
)
def test_errors_say_what_to_do(desk, name, data, words):
    with pytest.raises(ExportError) as error:
        desk.open(name, data)
    assert str(error.value).startswith(words)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(ExportError, match="does not exist"):
        open_export(tmp_path / "no.csv")
    with pytest.raises(ExportError, match="is a folder"):
        open_export(tmp_path)
