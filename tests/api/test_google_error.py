"""Google's envelope, word for word."""

from __future__ import annotations

import json

import pytest

from beside.api.google_error import envelope, invalid, language_not_supported
from beside.api.problem import Kind, Refusal

ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
INFO = "type.googleapis.com/google.rpc.ErrorInfo"


def told(refusal):
    response = envelope(refusal)
    assert response.headers["content-type"] == "application/json; charset=UTF-8"
    assert "www-authenticate" not in response.headers
    body = json.loads(response.body)
    assert list(body) == ["error"]
    assert body["error"]["code"] == response.status_code
    return response, body["error"]


def test_a_language_that_an_attribute_does_not_know():
    _, error = told(language_not_supported("SEXUALLY_EXPLICIT", ["om"], named=False))
    assert error == {
        "code": 400,
        "message": "Attribute SEXUALLY_EXPLICIT does not support request languages: om",
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": ERROR,
                "errorType": "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
                "languageNotSupportedByAttributeError": {
                    "detectedLanguages": ["om"],
                    "attribute": "SEXUALLY_EXPLICIT",
                },
            }
        ],
    }
    _, named = told(language_not_supported("TOXICITY", ["fr", "de"], named=True))
    assert named["message"] == "Attribute TOXICITY does not support request languages: fr,de"
    assert named["details"][0]["languageNotSupportedByAttributeError"] == {
        "requestedLanguages": ["fr", "de"],
        "attribute": "TOXICITY",
    }


def test_a_request_that_is_wrong():
    _, error = told(invalid("Comment must be non-empty.", "COMMENT_EMPTY"))
    assert error == {
        "code": 400,
        "message": "Comment must be non-empty.",
        "status": "INVALID_ARGUMENT",
        "details": [{"@type": ERROR, "errorType": "COMMENT_EMPTY"}],
    }
    assert told(invalid("x"))[1]["details"][0]["errorType"] == "INVALID_REQUEST"
    for kind in (Kind.INVALID, Kind.MALFORMED):
        assert told(Refusal(kind, "x"))[1]["details"] == [{"@type": ERROR, "errorType": "INVALID_REQUEST"}]


def test_a_key_that_is_none():
    _, error = told(Refusal(Kind.BAD_KEY, "There is no such key"))
    assert error == {
        "code": 400,
        "message": "API key not valid. Please pass a valid API key.",
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": INFO,
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
                "metadata": {"service": "commentanalyzer.googleapis.com"},
            }
        ],
    }


def test_a_quota_that_is_used_up():
    response, error = told(Refusal(Kind.TOO_FAST, "This key may ask 1 times a second", retry_after=2))
    assert response.headers["retry-after"] == "2"
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    info, help_ = error["details"]
    assert (info["@type"], info["reason"]) == (INFO, "RATE_LIMIT_EXCEEDED")
    assert info["metadata"]["quota_limit"] == "AnalyzeRequestsPerMinutePerProject"
    assert help_["@type"] == "type.googleapis.com/google.rpc.Help"
    assert set(help_["links"][0]) == {"description", "url"}


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        (Kind.NO_KEY, 403, "PERMISSION_DENIED"),
        (Kind.NOT_ALLOWED, 403, "PERMISSION_DENIED"),
        (Kind.NOT_FOUND, 404, "NOT_FOUND"),
        (Kind.NOT_A_METHOD, 405, "UNIMPLEMENTED"),
        (Kind.TOO_SLOW, 408, "CANCELLED"),
        (Kind.TOO_LARGE, 413, "INVALID_ARGUMENT"),
        (Kind.NOT_JSON, 415, "INVALID_ARGUMENT"),
        (Kind.FAILED, 500, "INTERNAL"),
        (Kind.BUSY, 503, "UNAVAILABLE"),
        (Kind.LATE, 503, "UNAVAILABLE"),
        (Kind.NOT_READY, 503, "UNAVAILABLE"),
    ],
)
def test_every_other_refusal(kind, code, status):
    _, error = told(Refusal(kind, "why"))
    assert error == {"code": code, "message": "why", "status": status}
