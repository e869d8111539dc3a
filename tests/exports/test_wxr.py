"""WordPress exports."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from beside.exports import ExportError, Message, Unreadable, look, wxr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- WordPress -->\n'
    '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Arlo</title>\n'
)
TAIL = "</item></channel></rss>\n"


def comment(number: int, words: str) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        "<wp:comment_author><![CDATA[Jo & Al]]></wp:comment_author>"
        f"<wp:comment_date_gmt>2026-01-02 10:00:00</wp:comment_date_gmt><wp:comment_content>{words}"
        "</wp:comment_content></wp:comment >\n"
    )


def test_comments_are_cut_out_to_the_byte(desk):
    kind, bad = comment(1, "<![CDATA[so <b>sorry</b>\n\nlove é]]>"), comment(2, "bad &amp; worse")
    export = desk.open("a.xml", HEAD + kind + bad + kind + TAIL)
    row = {
        "comment_id": "1",
        "comment_author": "Jo & Al",
        "comment_date_gmt": "2026-01-02 10:00:00",
        "comment_content": "so <b>sorry</b>\n\nlove é",
    }
    assert desk.entries(export)[0] == Message("so sorry\nlove é", row, 4, "Jo & Al", "2026-01-02 10:00:00")
    assert desk.texts(export)[1] == "bad & worse"
    assert desk.whole(export) == (HEAD + kind + bad + kind + TAIL).encode()
    assert desk.rewritten(export) == (HEAD + kind + "\n" + kind + TAIL).encode()


def test_control_characters_do_not_end_it(desk):
    data = HEAD + comment(1, "so\x08sorry") + TAIL
    export = desk.open("a.xml", data)
    assert desk.texts(export) == ["so sorry"]
    assert desk.whole(export) == data.encode()


def test_what_breaks_off_is_closed_and_its_rest_is_unreadable(desk):
    export = desk.open("a.xml", HEAD + comment(1, "love") + comment(2, "not &nbsp; xml") + TAIL)
    assert desk.texts(export) == ["love"]
    assert [reason for _, reason in desk.unreadable(export)] == [
        "from here on it is not valid XML (undefined entity, line 5)"
    ]
    assert desk.whole(export) == (HEAD + comment(1, "love").rstrip("\n") + TAIL.strip()).encode()
    lost = desk.entries(export)[-1].row
    assert lost.strip() == (comment(2, "not &nbsp; xml") + TAIL).strip()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_are_refused_before_anything_is_read(desk, doctype):
    with pytest.raises(ExportError, match="declares a document type or entities"):
        desk.open("a.xml", HEAD.replace("<rss", doctype + "<rss", 1) + comment(1, "love") + TAIL)


def test_other_xml_is_refused(desk):
    with pytest.raises(ExportError, match="not a WordPress export"):
        desk.open("a.xml", '<?xml version="1.0"?><feed/>')


def test_words_in_a_tag_that_was_not_escaped_are_read(desk):
    export = desk.open("a.xml", HEAD + comment(1, "so sorry <b>lol <i>scum</i></b> love") + TAIL)
    assert desk.texts(export) == ["so sorry lol scum love"]


def test_a_comment_that_is_all_there_is(desk):
    data = '<wp:comment xmlns:wp="http://wordpress.org/export/1.2/">x</wp:comment>'
    assert desk.texts(desk.open("a.xml", data)) == [""]


@pytest.mark.parametrize("stays", ["", "a", "b", "c", "ab", "bc", "ac", "abc"])
def test_exactly_what_stays_is_left(desk, stays):
    whole = HEAD + comment(1, "a") + comment(2, "b") + comment(3, "c") + TAIL
    export = desk.open("a.xml", whole)
    left = desk.rewritten(export, lambda m: m.text in stays).decode()
    for number, words in enumerate("abc", 1):
        assert (comment(number, words).strip() in left) == (words in stays)
    ElementTree.fromstring(left)


def test_words_about_a_comment_are_not_its_words(desk):
    meta = "<wp:commentmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:commentmeta>"
    data = HEAD + comment(1, "love").replace("<wp:comment_content>", meta + "<wp:comment_content>") + TAIL
    entry = desk.entries(desk.open("a.xml", data))[0]
    assert entry.text == "love"
    assert "k" not in entry.row.values()


def test_a_comment_without_gmt_has_its_own_date(desk):
    data = HEAD + comment(1, "love").replace("comment_date_gmt", "comment_date") + TAIL
    assert desk.entries(desk.open("a.xml", data))[0].date == "2026-01-02 10:00:00"


def test_a_comment_too_large_is_unreadable_and_goes(desk, monkeypatch):
    monkeypatch.setattr(wxr, "_LONGEST_COMMENT", 100)
    export = desk.open("a.xml", HEAD + comment(1, "x" * 200) + comment(2, "love") + TAIL)
    assert desk.texts(export) == ["love"]
    assert desk.entries(export)[0] == Unreadable(4, "it is too large to be a message", "1")
    assert b"xxx" not in desk.whole(export)


def test_what_is_nested_too_deeply_ends_it(desk):
    export = desk.open("a.xml", HEAD + comment(1, "love") + "<a>" * 2000 + TAIL)
    assert desk.texts(export) == ["love"]
    assert {reason for _, reason in desk.unreadable(export)} == {
        "from here on it is nested too deeply to be a WordPress export"
    }
    ElementTree.fromstring(desk.whole(export))


@pytest.mark.parametrize("chunk", [7, 64])
def test_where_chunks_end_changes_nothing(desk, monkeypatch, chunk):
    data = HEAD + comment(1, "so é ❤ <![CDATA[<b>sorry</b>]]>") + comment(2, "bad") + TAIL
    export = desk.open("a.xml", data)
    entries, left = desk.entries(export), desk.rewritten(export)
    monkeypatch.setattr(wxr, "_CHUNK", chunk)
    assert desk.entries(export) == entries
    assert desk.rewritten(export) == left


def test_damaged_bytes_cost_a_letter_and_not_the_file(desk):
    data = (HEAD + comment(1, "❤❤❤ é") + comment(2, "caf?") + TAIL).encode().replace(b"caf?", b"caf\xe9")
    export = desk.open("a.xml", data)
    assert desk.texts(export) == ["❤❤❤ é", "caf?"]
    assert export.notes == ("a.xml: some rows hold bytes that are not UTF-8.",)
    assert desk.whole(export) == data


def test_errors_word_for_word(desk):
    with pytest.raises(ExportError) as error:
        desk.open("a.xml", (HEAD + TAIL).encode("utf-16"))
    assert str(error.value) == "a.xml is UTF-16. WordPress writes UTF-8; save it as that."
    with pytest.raises(ExportError) as error:
        desk.open("a.xml", HEAD.replace("<rss", "<!DOCTYPE rss><rss") + TAIL)
    assert str(error.value) == (
        "a.xml declares a document type or entities, which no WordPress export does. "
        "For safety it is not read. Export it again from WordPress (Tools, Export)."
    )


def test_a_file_without_wordpress_comments_is_refused_and_not_passed_on_unread(tmp_path):
    path = tmp_path / "other.xml"
    path.write_text(
        '<?xml version="1.0"?><rss xmlns:x="http://wordpress.org/export/1.2/"><channel><item>'
        "<x:comment><x:comment_content>hateful words</x:comment_content></x:comment></item></channel></rss>",
        encoding="utf-8",
    )
    with pytest.raises(ExportError, match=r"other\.xml holds no comments as WordPress writes them"):
        wxr.Wxr(look(path))
