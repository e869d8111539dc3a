"""Which column is which."""

from __future__ import annotations

import pytest

from beside.exports.columns import Columns, find, plain_name


@pytest.mark.parametrize("name", ["commentText", "Comment_Text", " comment-text ", "COMMENT TEXT"])
def test_one_name_in_many_spellings(name):
    assert plain_name(name) == "comment text"
    assert find([name, "id"], None, "a.csv").text == name


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["id", "Author", "Date", "Text"], Columns("Text", "Author", "Date")),
        (["sender_name", "timestamp_ms", "message"], Columns("message", "sender_name", "")),
        (["from", "sent_at", "Nachricht"], Columns("Nachricht", "from", "sent_at")),
        (["name", "author", "created_utc", "body", ""], Columns("body", "author", "created_utc")),
    ],
)
def test_text_author_and_date(names, columns):
    assert find(names, None, "a.csv") == columns
