"""What a file is taken for, and what is said where it is nothing known."""

from __future__ import annotations

import gzip

import pytest

from beside.exports import ExportError, look, open_export, open_surveyed


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
        ("a.gz", gzip.compress(b"x", mtime=0), "a.gz is compressed with gzip. "),
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


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "a.csv is empty."),
        ("a.txt", b"\xff\xfe", "a.txt is empty."),
        (
            "a.xlsx",
            b"PK\x03\x04",
            "a.xlsx is a ZIP or an Excel file. Unpack it, or save the sheet as CSV, and give that file.",
        ),
        (
            "a.csv",
            b"\x1f\x8b\x08",
            "a.csv is compressed with gzip. Unpack it (gunzip) and give the file inside.",
        ),
        ("a", b"%PDF-1.7", "a is a PDF. Beside needs the messages as CSV, JSON or plain text."),
        (
            "a.db",
            b"SQLite format 3\0",
            "a.db is an SQLite database. Export the table as CSV and give that file.",
        ),
        (
            "a.html",
            b"\n <HTML><body>",
            "a.html is a web page. Ask the site for JSON instead of HTML (Instagram and Facebook: "
            '"Download your information", format JSON) and give that file.',
        ),
        (
            "a.xml",
            b"<feed/>",
            "a.xml is XML, but not a WordPress export; Beside knows no other XML.",
        ),
        (
            "a",
            b"<?xml version='1.0'?><feed/>",
            "a is XML, but not a WordPress export; Beside knows no other XML.",
        ),
        (
            "a.dat",
            b"just words\nand more\n",
            "Beside cannot tell what a.dat is. If it holds one message a line, name it .txt; if it is a "
            "table whose first row names the columns, name it .csv or .tsv and say which column holds the "
            "messages: --text-column NAME.",
        ),
        (
            "a.json",
            b" ",
            "No messages found in a.json. Beside knows the exports of Instagram, Facebook, YouTube and "
            "Reddit, and arrays of records. For other records say which member holds the messages: "
            "--text-column NAME",
        ),
    ],
)
def test_errors_word_for_word(desk, name, data, message):
    with pytest.raises(ExportError) as error:
        desk.open(name, data)
    assert str(error.value) == message


def test_what_is_not_a_file_word_for_word(tmp_path):
    with pytest.raises(ExportError) as error:
        look(tmp_path / "no.csv")
    assert str(error.value) == f"{tmp_path / 'no.csv'} does not exist."
    with pytest.raises(ExportError) as error:
        look(tmp_path)
    assert str(error.value) == f"{tmp_path} is a folder. Give the files in it that hold messages."


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("text\n")

    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(ExportError) as error:
        look(path)
    assert str(error.value) == f"{path} may not be read by you."


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.CSV", "text\nx\n", "csv"),
        ("a.tab", "id\ttext\n1\tx\n", "tsv"),
        ("a.csv", "id\ttext\n1\tx\n", "tsv"),
        ("a.ndjson", '"x"\n', "jsonl"),
        ("a.json", '["x"]', "json"),
        ("a.TEXT", "{}", "text"),
        ("a.json", '{"text":"x"}\r\n\r\n{"text":"y"}', "jsonl"),
        ("a.json", '[{"kind":"t1","data":{"body":"x"}}]', "reddit"),
        ("a.json", '[{"snippet":{"textDisplay":"x"}}]', "youtube"),
        ("a.json", '{"messages":[{"sender_name":"A"}]}', "meta"),
        ("a.csv", "\ufeffid,text\n", "csv"),
    ],
)
def test_more_kinds(desk, name, data, kind):
    assert desk.open(name, data).kind == kind


def test_a_file_that_was_looked_at_is_the_same_file(desk, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text\nlove\n")
    assert desk.entries(open_surveyed(look(path))) == desk.entries(open_export(path))
    assert look(path) == look(path)
