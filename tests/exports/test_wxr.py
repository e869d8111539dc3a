"""WordPress exports."""

from __future__ import annotations

import pytest

from beside.exports import ExportError, Message

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
