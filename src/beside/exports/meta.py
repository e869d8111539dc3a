"""Instagram and Facebook, "Download your information", as JSON: comments and messages.

Meta writes each byte of UTF-8 as a character of its own (an e acute as "\\u00c3\\u00a9"). Words and rows
are repaired for reading; the file of what is delivered stays as Meta wrote it, escapes included, so
that whatever reads such exports reads it too.

Source: exports and their public readers. Comments: `comments_media_comments`, `comments_reels_comments`
(Instagram; also a bare array) with `string_map_data` or, older, `string_list_data`; `comments_v2` and
`group_comments_v2` (Facebook) with `data[].comment`. Messages: `messages` with `sender_name`,
`timestamp_ms`, `content`, or, from encrypted chats, `senderName`, `timestamp`, `text`. Names of fields
follow the account's language. Meta's comment files hold comments that the account's owner wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beside.exports.records import NO_WORDS, scalar, within
from beside.exports.rows import Json, Message, Unit, Unreadable, one, readable, visible

_SHARED = (("share", "share_text"), ("share", "link"))


def repaired(text: str) -> str:
    """Text with Meta's breakage undone; as it is where it was not broken."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def repaired_row(value: Json) -> Json:
    """A whole row with its texts repaired."""
    if isinstance(value, str):
        return readable(repaired(value))
    if isinstance(value, list):
        return [repaired_row(held) for held in value]
    if isinstance(value, dict):
        return {repaired(name): repaired_row(held) for name, held in value.items()}
    return value


def is_entry(path: Sequence[str], value: Json) -> bool:
    """Whether a value at `path` is a comment or message of Meta's."""
    if not isinstance(value, dict):
        return False
    if path and path[-1] == "messages":
        return "sender_name" in value or "senderName" in value
    if isinstance(value.get("string_map_data"), dict):
        return _mapped(value["string_map_data"]) is not None
    if path and path[-1].startswith("comments_") and isinstance(value.get("string_list_data"), list):
        return True
    return any(True for _ in _comments(value))


class Entries:
    """Comments or messages, one an element; shared links and their words count as the sender's words."""

    kind = "meta"

    def unit(self, raw: str, value: Json, line: int) -> Unit:
        """One message. A photo or sticker without words is a message of no words."""
        fixed = repaired_row(value)
        if not isinstance(fixed, dict):
            return one(Unreadable(line, NO_WORDS, visible(raw)), raw)
        author, date = _author(fixed), _date(fixed)
        return one(Message(_words(fixed), fixed, line, author, date), raw)


def _words(row: dict[str, Json]) -> str:
    parts: list[Json] = [row.get("content"), row.get("text"), _mapped(row.get("string_map_data"))]
    parts += [within(row, path) for path in _SHARED]
    parts += [comment.get("comment") for comment in _comments(row)]
    listed = row.get("string_list_data")
    parts += [within(item, ["value"]) for item in listed] if isinstance(listed, list) else []
    return "\n".join(part for part in parts if isinstance(part, str) and part)


def _mapped(fields: Json) -> Json:
    """The comment in `string_map_data`: named so, or the first field with words in another language."""
    if not isinstance(fields, dict):
        return None
    if "Comment" in fields:
        return within(fields, ["Comment", "value"])
    values = [within(field, ["value"]) for field in fields.values()]
    return next((value for value in values if isinstance(value, str) and value), None)


def _comments(row: dict[str, Json]) -> Iterator[dict[str, Json]]:
    data = row.get("data")
    for held in data if isinstance(data, list) else []:
        comment = within(held, ["comment"])
        if isinstance(comment, dict) and "comment" in comment:
            yield comment


def _author(row: dict[str, Json]) -> str:
    named = scalar(row.get("sender_name")) or scalar(row.get("senderName"))
    return named or next((scalar(comment.get("author")) for comment in _comments(row)), "")


def _date(row: dict[str, Json]) -> str:
    fields = row.get("string_map_data")
    stamps: list[Json] = [row.get("timestamp_ms"), row.get("timestamp")]
    stamps += [within(field, ["timestamp"]) for field in fields.values()] if isinstance(fields, dict) else []
    listed = row.get("string_list_data")
    stamps += [within(item, ["timestamp"]) for item in listed] if isinstance(listed, list) else []
    return next((scalar(stamp) for stamp in stamps if scalar(stamp) not in ("", "0")), "")
