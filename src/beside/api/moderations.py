"""OpenAI's moderation endpoint: the same categories, with our decision under one key of its own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from beside.api import moderations_wire as wire
from beside.api.front import Visit, visit_of
from beside.api.judge import Seen
from beside.api.problem import Kind, Refusal, answer
from beside.api.room import Room, room_of
from beside.api.scores import CATEGORIES, categories
from beside.api.shelf import Shelved

router = APIRouter(prefix="/v1", tags=["openai"])
_APPLIED = {category: ["text"] for category in CATEGORIES}

# kind → status, type, code
_WORDS: Mapping[Kind, tuple[int, str, str | None]] = MappingProxyType(
    {
        Kind.INVALID: (400, "invalid_request_error", None),
        Kind.MALFORMED: (400, "invalid_request_error", None),
        Kind.NO_KEY: (401, "invalid_request_error", None),
        Kind.BAD_KEY: (401, "invalid_request_error", "invalid_api_key"),
        Kind.NOT_ALLOWED: (403, "invalid_request_error", "permission_denied"),
        Kind.NOT_FOUND: (404, "invalid_request_error", "not_found"),
        Kind.NOT_A_METHOD: (405, "invalid_request_error", "method_not_supported"),
        Kind.NOT_JSON: (415, "invalid_request_error", None),
        Kind.TOO_SLOW: (408, "invalid_request_error", None),
        Kind.TOO_LARGE: (413, "invalid_request_error", None),
        Kind.TOO_FAST: (429, "requests", "rate_limit_exceeded"),
    }
)
_OURS = (503, "server_error", None)


class OpenAIRefusal(Refusal):
    """A refusal with OpenAI's own code."""

    def __init__(self, detail: str, code: str, where: str = "input") -> None:
        super().__init__(Kind.INVALID, detail, where)
        self.code = code


def envelope(refusal: Refusal) -> Response:
    """A refusal as OpenAI words it."""
    status, kind, code = _WORDS.get(refusal.kind, _OURS)
    if refusal.kind is Kind.FAILED:
        status = refusal.status
    message, param = refusal.detail, refusal.where.split(".")[0]
    if refusal.kind is Kind.INVALID and not isinstance(refusal, OpenAIRefusal):
        wrong = message.removeprefix(f"{refusal.where}: ")
        message = f"'$.{param}' is invalid. Please check the API reference: {wrong}"
    error = {
        "message": message,
        "type": kind,
        "param": param or None,
        "code": getattr(refusal, "code", code),
    }
    headers = refusal.headers
    if refusal.retry_after:
        headers["retry-after-ms"] = str(max(1, round(refusal.retry_after * 1000)))
    return answer({"error": error}, status, headers)


@router.post("/moderations", summary="Categories of texts", response_model=wire.ModerationAnswer)
async def moderations(body: wire.ModerationRequest, request: Request) -> Response:
    """The categories and scores of each text, or of all parts together."""
    room, visit = room_of(request), visit_of(request)
    texts = _texts(body.input)
    if len(texts) > room.settings.texts:
        raise OpenAIRefusal(
            f"At most {room.settings.texts} texts may be sent at once", "array_above_max_length"
        )
    options = body.beside or wire.BesideOptions.model_construct()
    chosen = (
        room.policy(options.policy, "beside.policy") if options.policy is not None else room.policy_of(visit)
    )
    seen = await _see(room, visit, texts, chosen)
    strict = options.policy_mode if options.policy_mode is not None else _mode(visit)
    return answer(
        {
            "id": f"modr-{secrets.token_hex(12)}",
            "model": body.model or wire.DEFAULT_MODEL,
            "results": [_result(one, chosen, strict) for one in seen],
        }
    )


async def _see(room: Room, visit: Visit, texts: list[str], chosen: Shelved) -> list[Seen]:
    seen = await room.see(visit, texts, chosen, ordinary=True)
    for one in seen:  # scores of nothing would read as harmless
        if "too_long" in one.reading.flags:
            raise OpenAIRefusal("A text may hold 20,480 characters", "string_above_max_length")
        if "failed" in one.reading.flags:
            raise Refusal(Kind.LATE, "A text could not be read. Come again", retry_after=1)
    visit.note(seen)
    return seen


def _mode(visit: Visit) -> bool:
    return visit.key is not None and visit.key.policy_mode


def _texts(given: str | list[str] | list[wire.TextPart | wire.ImagePart]) -> list[str]:
    """The texts that get a result each; parts are one text together."""
    if isinstance(given, str):
        return [given]
    images = sum(isinstance(part, wire.ImagePart) for part in given)
    if images > 1:
        raise OpenAIRefusal(f"Number of images ({images}) exceeds maximum of 1", "too_many_images")
    if images:
        raise OpenAIRefusal("Only text is read here. Leave the image out", "image_not_supported")
    parts = [part.text for part in given if isinstance(part, wire.TextPart)]
    return ["\n".join(parts)] if parts else [text for text in given if isinstance(text, str)]


def _result(seen: Seen, chosen: Shelved, policy_mode: bool) -> dict[str, Any]:
    found = categories(seen.reading, seen.decision, seen.ordinary)
    decided = seen.decision
    kept_back = policy_mode and decided.action != "deliver"
    return {
        "flagged": kept_back or any(met for met, _ in found.values()),
        "categories": {name: met for name, (met, _) in found.items()},
        "category_scores": {name: round(score, 7) for name, (_, score) in found.items()},
        "category_applied_input_types": _APPLIED,
        "beside": {
            "decision": str(decided.action),
            "support": round(decided.support, 6),
            "labels": list(decided.labels),
            "reasons": list(decided.reasons),
            "policy": chosen.name,
            "policy_version": chosen.version,
            "model": seen.reading.model,
        },
    }
