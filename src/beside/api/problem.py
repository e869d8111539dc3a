"""Refusals: why a request gets no answer, and how our own contract says so (problem+json).

The other contracts say the same in their own envelopes; each renders a `Refusal` by itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from starlette.responses import Response


class Kind(StrEnum):
    """What stood in the way."""

    INVALID = "invalid"
    MALFORMED = "malformed"
    NO_KEY = "no_key"
    BAD_KEY = "bad_key"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    NOT_A_METHOD = "not_a_method"
    NOT_JSON = "not_json"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_FAST = "too_fast"
    FAILED = "failed"
    BUSY = "busy"
    LATE = "late"
    NOT_READY = "not_ready"


STATUS: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.INVALID: 422,
        Kind.MALFORMED: 400,
        Kind.NO_KEY: 401,
        Kind.BAD_KEY: 401,
        Kind.NOT_ALLOWED: 403,
        Kind.NOT_FOUND: 404,
        Kind.NOT_A_METHOD: 405,
        Kind.NOT_JSON: 415,
        Kind.TOO_SLOW: 408,
        Kind.TOO_LARGE: 413,
        Kind.TOO_FAST: 429,
        Kind.FAILED: 500,
        Kind.BUSY: 503,
        Kind.LATE: 503,
        Kind.NOT_READY: 503,
    }
)


@dataclass(eq=False)
class Refusal(Exception):
    """A request that gets no answer. `where` names the part of the request at fault."""

    kind: Kind
    detail: str
    where: str = ""
    retry_after: float = 0.0
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status where the contract has none of its own."""
        return STATUS[self.kind]

    @property
    def headers(self) -> dict[str, str]:
        """When to come again, how to show a key, and what more the refusal brings."""
        headers = dict(self.more)
        if self.status == 401:
            headers["www-authenticate"] = "Bearer"
        if self.retry_after > 0:
            headers["retry-after"] = str(math.ceil(self.retry_after))
        return headers


def answer(data: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Plain data as a JSON answer."""
    return Response(dumped(data), status, headers, media_type="application/json")


def dumped(data: object) -> bytes:
    """Plain data as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def problem(refusal: Refusal) -> Response:
    """A refusal as our own contract words it (RFC 9457)."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": refusal.detail,
        "code": str(refusal.kind),
        **({"where": refusal.where} if refusal.where else {}),
    }
    return Response(dumped(body), refusal.status, refusal.headers, media_type="application/problem+json")


def invalid(errors: Sequence[Mapping[str, Any]]) -> Refusal:
    """What validation found, without the value: it may be somebody's text."""
    if errors[0]["type"] == "json_invalid":
        return Refusal(Kind.MALFORMED, "The body is not JSON")
    # of several ways to read a part, the one that was followed furthest is the one that was meant
    meant = max(errors, key=lambda error: len(error["loc"]))
    where = ".".join(str(part) for part in meant["loc"] if not _is_way(part))
    return Refusal(Kind.INVALID, f"{where or 'The body'}: {_said(meant)}", where=where)


def _is_way(part: str | int) -> bool:
    """Whether a part of a place names one of several ways to read it, not a field."""
    return isinstance(part, str) and (part in ("body", "str", "InlinePolicy") or "[" in part)


def _said(error: Mapping[str, Any]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
