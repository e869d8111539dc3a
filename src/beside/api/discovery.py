"""The discovery document, which Google's client libraries read to learn what may be called, and where.

Written by hand from the contract. The address in it is the one that the caller asked, so that a client
needs nothing but another `discoveryServiceUrl`.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from beside.api.google_error import JSON
from beside.api.problem import Kind, Refusal, dumped
from beside.api.room import room_of

router = APIRouter(tags=["perspective"])
NAME, VERSION = "commentanalyzer", "v1alpha1"

_STRING = {"type": "string"}
_BOOLEAN = {"type": "boolean"}
_STRINGS = {"type": "array", "items": _STRING}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": name}


def _object(name: str, **properties: object) -> dict[str, Any]:
    return {"id": name, "type": "object", "properties": properties}


def _map(name: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": _ref(name)}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _enum(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values), "enumDescriptions": ["" for _ in values]}


_FLOAT = {"type": "number", "format": "float"}
_INTEGER = {"type": "integer", "format": "int32"}
_SHARED = {
    "comment": _ref("TextEntry"),
    "context": _ref("Context"),
    "languages": _STRINGS,
    "communityId": _STRING,
    "clientToken": _STRING,
    "sessionId": _STRING,
}
_SCHEMAS = [
    _object("TextEntry", text=_STRING, type=_enum("TEXT_TYPE_UNSPECIFIED", "PLAIN_TEXT", "HTML")),
    _object("ArticleAndParentComment", article=_ref("TextEntry"), parentComment=_ref("TextEntry")),
    _object(
        "Context",
        entries=_list("TextEntry"),
        articleAndParentComment=_ref("ArticleAndParentComment"),
    ),
    _object(
        "AttributeParameters", scoreType=_enum("SCORE_TYPE_UNSPECIFIED", "PROBABILITY"), scoreThreshold=_FLOAT
    ),
    _object("Score", value=_FLOAT, type=_enum("SCORE_TYPE_UNSPECIFIED", "PROBABILITY")),
    _object("SpanScore", begin=_INTEGER, end=_INTEGER, score=_ref("Score")),
    _object("AttributeScores", summaryScore=_ref("Score"), spanScores=_list("SpanScore")),
    _object(
        "AnalyzeCommentRequest",
        **_SHARED,
        requestedAttributes=_map("AttributeParameters"),
        spanAnnotations=_BOOLEAN,
        doNotStore=_BOOLEAN,
    ),
    _object(
        "AnalyzeCommentResponse",
        attributeScores=_map("AttributeScores"),
        languages=_STRINGS,
        detectedLanguages=_STRINGS,
        clientToken=_STRING,
    ),
    _object("SuggestCommentScoreRequest", **_SHARED, attributeScores=_map("AttributeScores")),
    _object(
        "SuggestCommentScoreResponse",
        clientToken=_STRING,
        requestedLanguages=_STRINGS,
        detectedLanguages=_STRINGS,
    ),
]


def _query(kind: str, description: str, **more: object) -> dict[str, Any]:
    return {"type": kind, "description": description, "location": "query", **more}


_PARAMETERS = {
    "key": _query("string", "The API key."),
    "alt": _query("string", "The format of the answer: always json.", default="json"),
    "access_token": _query("string", "Not used; a key may also come as a bearer token."),
    "fields": _query("string", "Not used: answers always come whole."),
    "prettyPrint": _query("boolean", "Not used.", default="true"),
    "quotaUser": _query("string", "Not used."),
}


def _method(name: str, request: str, response: str, description: str) -> dict[str, Any]:
    path = f"{VERSION}/comments:{name}"
    return {
        "id": f"{NAME}.comments.{name}",
        "path": path,
        "flatPath": path,
        "httpMethod": "POST",
        "description": description,
        "parameters": {},
        "parameterOrder": [],
        "request": _ref(request),
        "response": _ref(response),
    }


_METHODS = {
    "analyze": _method(
        "analyze", "AnalyzeCommentRequest", "AnalyzeCommentResponse", "Scores a comment by attributes."
    ),
    "suggestscore": _method(
        "suggestscore",
        "SuggestCommentScoreRequest",
        "SuggestCommentScoreResponse",
        "Takes a suggested score, which is not kept.",
    ),
}


def document(root: str) -> dict[str, Any]:
    """The discovery document of an API that answers at `root`."""
    base = f"{root.rstrip('/')}/"
    return {
        "kind": "discovery#restDescription",
        "discoveryVersion": "v1",
        "id": f"{NAME}:{VERSION}",
        "name": NAME,
        "canonicalName": "Comment Analyzer",
        "version": VERSION,
        "title": "Beside, in the words of the Perspective API",
        "description": "Scores comments, and says whether they are support.",
        "protocol": "rest",
        "rootUrl": base,
        "servicePath": "",
        "baseUrl": base,
        "basePath": "",
        "batchPath": "batch",
        "ownerName": "Beside",
        "ownerDomain": "",
        "parameters": _PARAMETERS,
        "resources": {"comments": {"methods": _METHODS}},
        "schemas": {schema["id"]: schema for schema in _SCHEMAS},
    }


@router.get("/$discovery/rest", summary="The discovery document")
async def discovery(
    request: Request, version: str = Query(VERSION, description="Only v1alpha1.")
) -> Response:
    """What Google's clients read first."""
    return _document(request, version)


@router.get(
    f"/discovery/v1/apis/{NAME}/{{version}}/rest", summary="The discovery document, where it also stood"
)
async def directory(request: Request, version: str) -> Response:
    """The same document at the address of Google's directory."""
    return _document(request, version)


def _document(request: Request, version: str) -> Response:
    if version != VERSION:
        raise Refusal(Kind.NOT_FOUND, f"There is only the version {VERSION}", "version")
    root = room_of(request).settings.url or str(request.base_url)
    return Response(dumped(document(root)), media_type=JSON)
