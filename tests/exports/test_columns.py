"""Which column is which."""

from __future__ import annotations

import pytest

from beside.exports import ExportError
from beside.exports.columns import TEXT_NAMES, Columns, find, guess, plain_name


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


def test_an_empty_file_name_and_blank_names_are_no_columns():
    assert find(["", "  ", "text"], None, "a.csv") == Columns("text")


@pytest.mark.parametrize("name", sorted(TEXT_NAMES))
def test_every_known_name_is_found_alone_and_in_capitals(name):
    assert guess(["id", name.upper()]) == [name.upper()]
    assert plain_name(name) == name


@pytest.mark.parametrize("name", ["texts", "comment id", "context", "body weight", "", "12"])
def test_names_that_only_look_like_it_are_not_guessed(name):
    assert guess([name]) == []


def test_the_first_of_several_authors_in_our_order_wins():
    assert find(["user", "author", "text"], None, "a").author == "author"
    assert find(["name", "Author Name", "text"], None, "a").author == "Author Name"
    assert find(["Author", "author", "text"], None, "a").author == "Author"


@pytest.mark.parametrize(
    ("names", "wanted", "message"),
    [
        (
            ["id", "name"],
            None,
            "Which column of a.csv holds the messages? Its first row names: id, name. "
            "Say which: --text-column NAME",
        ),
        (
            [],
            None,
            "Which column of a.csv holds the messages? Its first row names: none. "
            "Say which: --text-column NAME",
        ),
        (
            ["text", "id", "Body"],
            None,
            "a.csv has more than one column that may hold the messages: text, Body. "
            'Say which: --text-column "text"',
        ),
        (["id", "text"], "Text", 'a.csv has no column "Text". Its columns are: id, text.'),
        ([], "text", 'a.csv has no column "text". Its columns are: none.'),
        (["a\0b"], "x", 'a.csv has no column "x". Its columns are: a\\x00b.'),
    ],
)
def test_errors_word_for_word(names, wanted, message):
    with pytest.raises(ExportError) as error:
        find(names, wanted, "a.csv")
    assert str(error.value) == message
