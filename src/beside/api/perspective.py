"""Perspective's contract: what calls it today calls Beside with another base URL.

Nothing is stored, whatever `doNotStore` says. Suggested scores are accepted and thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from beside.api import perspective_wire as wire
from beside.api.front import Visit, visit_of
from beside.api.google_error import JSON, invalid, language_not_supported
from beside.api.judge import Seen
from beside.api.problem import Kind, Refusal, dumped
from beside.api.room import Room, room_of
from beside.api.scores import ATTRIBUTES, OF_COMMENTS, OF_DECISION, attribute
from beside.api.sentences import Utf16, sentences
from beside.gate import Reading

router = APIRouter(prefix="/v1alpha1", tags=["perspective"])
LIMIT = 20_480
READS = frozenset(("en",))
_BLANKS = " \t\r\n"
_UNKNOWN = "und"  # BCP-47 for a language that cannot be told
_Span = tuple[int, int]
_KNOWN = frozenset(ATTRIBUTES)


@router.post("/comments:analyze", summary="Scores of a comment", response_model=wire.AnalyzeAnswer)
async def analyze(body: wire.AnalyzeRequest, request: Request) -> Response:
    """The scores that were asked for, or Google's error."""
    room, visit = room_of(request), visit_of(request)
    text = _text(body.comment, body.context)
    asked = _asked(body.requested_attributes)
    _check_languages(asked, body.languages)
    parts = sentences(text) if body.span_annotations else []
    whole, *seen = await _see(room, visit, [text, *(text[start:end] for start, end in parts)], asked)
    detected = _detected(whole.reading)
    if not body.languages:
        _check_languages(asked, [detected], named=False)
    spans = list(zip(parts, seen, strict=True)) or [((0, len(text)), whole)]
    return _answer(
        {
            "attributeScores": _scores(text, asked, whole, spans),
            "languages": body.languages or [detected],
            "detectedLanguages": [detected],
            **_token(body.client_token),
        }
    )


async def _see(room: Room, visit: Visit, texts: list[str], asked: Iterable[str]) -> list[Seen]:
    chosen = room.policy_of(visit)
    seen = await room.see(visit, texts, chosen, ordinary=any(name in OF_COMMENTS for name in asked))
    visit.note(seen[:1])
    whole = seen[0]
    if "too_long" in whole.reading.flags:
        raise invalid("Comment text is too long once its characters are written out.", "COMMENT_TOO_LONG")
    if "failed" in whole.reading.flags:  # a score of nothing would read as harmless
        raise Refusal(Kind.LATE, "The comment could not be read. Come again", retry_after=1)
    return seen


def _text(comment: wire.TextEntry | None, context: wire.Context | None) -> str:
    text = (comment.text or "") if comment else ""
    if not text.strip(_BLANKS):
        raise invalid("Comment must be non-empty.", "COMMENT_EMPTY")
    size = len(text.encode())
    if size > LIMIT:
        message = f"Comment text was too many bytes. Value ({size}) exceeded limit ({LIMIT})."
        raise invalid(message, "COMMENT_TOO_LONG")
    if comment and comment.type not in (None, "PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED"):
        raise invalid("Currently, only 'PLAIN_TEXT' comments are supported")
    if context and context.entries is not None and context.article_and_parent_comment is not None:
        raise invalid("Context may hold entries or articleAndParentComment, not both")
    return text


_Asked = Mapping[str, float | None]


def _asked(requested: Mapping[str, wire.AttributeParameters | None] | None) -> _Asked:
    """Each attribute that is asked for, with its threshold."""
    if not requested:
        raise invalid("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES")
    for name, how in requested.items():
        if name not in _KNOWN:
            raise invalid(f"Unknown requested attribute: {name}")
        kind = how.score_type if how else None
        if kind not in (None, "PROBABILITY", "SCORE_TYPE_UNSPECIFIED"):
            raise invalid(f"Requested score type {kind} is not supported by attribute {name}")
    return {name: how.score_threshold if how else None for name, how in requested.items()}


def _check_languages(asked: _Asked, languages: Sequence[str] | None, *, named: bool = True) -> None:
    if not languages or any(_primary(language) in READS for language in languages):
        return
    for name in asked:
        if name not in OF_DECISION:
            raise language_not_supported(name, languages, named=named)


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].strip().lower()


def _detected(reading: Reading) -> str:
    """The language as a code; where there are too few words to tell it is taken for the one that is read."""
    return _UNKNOWN if reading.language == "other" else reading.language or "en"


def _scores(
    text: str, asked: _Asked, whole: Seen, spans: Sequence[tuple[_Span, Seen]]
) -> dict[str, dict[str, Any]]:
    place = Utf16(text)
    found: dict[str, dict[str, Any]] = {}
    for name, least in asked.items():
        if least is not None and _value(name, whole) < least:
            continue
        found[name] = {
            "spanScores": [
                {"begin": place[start], "end": place[end], "score": _score(name, seen)}
                for (start, end), seen in spans
                if least is None or _value(name, seen) >= least
            ],
            "summaryScore": _score(name, whole),
        }
    return found


def _value(name: str, seen: Seen) -> float:
    return round(attribute(name, seen.reading, seen.decision, seen.ordinary), 7)


def _score(name: str, seen: Seen) -> dict[str, Any]:
    return {"value": _value(name, seen), "type": "PROBABILITY"}


def _token(token: str | None) -> dict[str, str]:
    return {} if token is None else {"clientToken": token}


@router.post("/comments:suggestscore", summary="A suggested score", response_model=wire.SuggestAnswer)
async def suggestscore(body: wire.SuggestRequest) -> Response:
    """Accepts what a moderator thinks, and keeps nothing of it."""
    _text(body.comment, body.context)
    if not body.attribute_scores:
        raise invalid("Missing attribute_scores")
    languages = {"requestedLanguages": body.languages} if body.languages else {}
    return _answer(
        {**_token(body.client_token), **languages, "detectedLanguages": body.languages or [_UNKNOWN]}
    )


def _answer(data: object) -> Response:
    return Response(dumped(data), media_type=JSON)
