"""Google's error envelope, in which every refusal of the Perspective contract comes.

Callers match these words: `LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE` above all. Keep them exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from starlette.responses import Response

from beside.api.problem import Kind, Refusal, dumped

JSON = "application/json; charset=UTF-8"
_TYPE = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_SERVICE = "commentanalyzer.googleapis.com"
_DOMAIN = "googleapis.com"

_STATUS: Mapping[Kind, tuple[int, str]] = MappingProxyType(
    {
        Kind.NO_KEY: (403, "PERMISSION_DENIED"),
        Kind.BAD_KEY: (400, "INVALID_ARGUMENT"),
        Kind.NOT_ALLOWED: (403, "PERMISSION_DENIED"),
        Kind.NOT_FOUND: (404, "NOT_FOUND"),
        Kind.NOT_A_METHOD: (405, "UNIMPLEMENTED"),
        Kind.NOT_JSON: (415, "INVALID_ARGUMENT"),
        Kind.TOO_SLOW: (408, "CANCELLED"),
        Kind.TOO_LARGE: (413, "INVALID_ARGUMENT"),
        Kind.TOO_FAST: (429, "RESOURCE_EXHAUSTED"),
        Kind.FAILED: (500, "INTERNAL"),
        Kind.BUSY: (503, "UNAVAILABLE"),
        Kind.LATE: (503, "UNAVAILABLE"),
        Kind.NOT_READY: (503, "UNAVAILABLE"),
    }
)
_BAD_KEY = "API key not valid. Please pass a valid API key."


@dataclass(eq=False)
class GoogleRefusal(Refusal):
    """A refusal with Perspective's own type of error, and what goes with it."""

    error_type: str = "INVALID_REQUEST"
    beside: Mapping[str, Any] = field(default_factory=dict)


def invalid(message: str, error_type: str = "INVALID_REQUEST", **beside: object) -> GoogleRefusal:
    """A request that Perspective would answer with this message and type of error."""
    return GoogleRefusal(Kind.INVALID, message, error_type=error_type, beside=beside)


def language_not_supported(attribute: str, languages: Sequence[str], *, named: bool) -> GoogleRefusal:
    """An attribute that has no score in these languages; `named` if the caller said them."""
    field = "requestedLanguages" if named else "detectedLanguages"
    return invalid(
        f"Attribute {attribute} does not support request languages: {','.join(languages)}",
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        languageNotSupportedByAttributeError={field: list(languages), "attribute": attribute},
    )


def envelope(refusal: Refusal) -> Response:
    """A refusal as Google's services word it."""
    code, status = _STATUS.get(refusal.kind, (400, "INVALID_ARGUMENT"))
    message = _BAD_KEY if refusal.kind is Kind.BAD_KEY else refusal.detail
    error = {"code": code, "message": message, "status": status}
    details = _details(refusal)
    if details:
        error["details"] = details
    headers = {name: value for name, value in refusal.headers.items() if name != "www-authenticate"}
    return Response(dumped({"error": error}), code, headers, media_type=JSON)


def _details(refusal: Refusal) -> list[dict[str, Any]]:
    if isinstance(refusal, GoogleRefusal):
        return [{"@type": _TYPE, "errorType": refusal.error_type, **refusal.beside}]
    if refusal.kind is Kind.BAD_KEY:
        return [_info("API_KEY_INVALID", {"service": _SERVICE})]
    if refusal.kind is Kind.TOO_FAST:
        limit = {"quota_limit": "AnalyzeRequestsPerMinutePerProject", "service": _SERVICE}
        links = [{"description": "The rate of a key is set where it is made.", "url": "/openapi.json"}]
        return [
            _info("RATE_LIMIT_EXCEEDED", limit),
            {"@type": "type.googleapis.com/google.rpc.Help", "links": links},
        ]
    if refusal.kind in (Kind.INVALID, Kind.MALFORMED):
        return [{"@type": _TYPE, "errorType": "INVALID_REQUEST"}]
    return []


def _info(reason: str, metadata: Mapping[str, str]) -> dict[str, Any]:
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    return {"@type": kind, "reason": reason, "domain": _DOMAIN, "metadata": dict(metadata)}
