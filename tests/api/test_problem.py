"""Refusals in our own words."""

from __future__ import annotations

import json

import pytest
from pydantic import BaseModel, ValidationError

from beside.api.problem import STATUS, Kind, Refusal, answer, dumped, invalid, problem


def told(refusal):
    response = problem(refusal)
    return response.status_code, response.headers, json.loads(response.body)


def test_a_problem_says_what_and_where():
    status, headers, body = told(Refusal(Kind.INVALID, "text: too short", "text"))
    assert status == 422
    assert headers["content-type"] == "application/problem+json"
    assert body == {
        "type": "about:blank",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "text: too short",
        "code": "invalid",
        "where": "text",
    }


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Kind.INVALID, 422),
        (Kind.MALFORMED, 400),
        (Kind.NO_KEY, 401),
        (Kind.BAD_KEY, 401),
        (Kind.NOT_ALLOWED, 403),
        (Kind.NOT_FOUND, 404),
        (Kind.NOT_A_METHOD, 405),
        (Kind.TOO_SLOW, 408),
        (Kind.TOO_LARGE, 413),
        (Kind.NOT_JSON, 415),
        (Kind.TOO_FAST, 429),
        (Kind.FAILED, 500),
        (Kind.BUSY, 503),
        (Kind.LATE, 503),
        (Kind.NOT_READY, 503),
    ],
)
def test_every_kind_has_its_status(kind, status):
    found, headers, body = told(Refusal(kind, "why"))
    assert (found, body["status"], body["code"]) == (status, status, str(kind))
    assert "where" not in body
    assert ("www-authenticate" in headers) is (status == 401)
    assert set(STATUS) == set(Kind)


@pytest.mark.parametrize(("seconds", "said"), [(0.0, None), (0.2, "1"), (1.0, "1"), (1.2, "2")])
def test_when_to_come_again(seconds, said):
    assert Refusal(Kind.TOO_FAST, "", retry_after=seconds).headers.get("retry-after") == said


def test_more_headers():
    assert Refusal(Kind.NOT_A_METHOD, "", more={"allow": "POST"}).headers == {"allow": "POST"}


def test_answers_are_json_in_utf8():
    response = answer({"a": "é🕊"}, 201, {"x-one": "1"})
    assert response.body == '{"a":"é🕊"}'.encode()
    assert response.status_code == 201
    assert response.headers["x-one"] == "1"
    assert response.headers["content-type"] == "application/json"
    with pytest.raises(ValueError, match="Out of range"):
        dumped({"score": float("nan")})


class Inner(BaseModel):
    rule: int


class Body(BaseModel):
    text: str
    policy: str | Inner = ""


def errors_of(data):
    with pytest.raises(ValidationError) as caught:
        Body.model_validate(data, strict=True)
    return [{**error, "loc": ("body", *error["loc"])} for error in caught.value.errors()]


def test_validation_is_told_without_the_value():
    secret = 815
    found = invalid(errors_of({"text": secret}))
    assert (found.kind, found.where) == (Kind.INVALID, "text")
    assert found.detail == "text: input should be a valid string"


def test_the_way_that_was_followed_furthest_is_the_one_that_was_meant():
    found = invalid(
        [
            {
                "type": "string_type",
                "loc": ("body", "policy", "str"),
                "msg": "Input should be a valid string",
            },
            {
                "type": "x",
                "loc": ("body", "policy", "InlinePolicy", "labels", "faith"),
                "msg": "Value error, No",
            },
            {"type": "x", "loc": ("body", "policy", "list[str]", 0), "msg": "Other"},
        ]
    )
    assert (found.where, found.detail) == ("policy.labels.faith", "policy.labels.faith: no")


def test_a_body_that_is_no_json_and_one_that_is_nothing():
    malformed = invalid([{"type": "json_invalid", "loc": ("body", 3), "msg": "JSON decode error"}])
    assert (malformed.kind, malformed.detail) == (Kind.MALFORMED, "The body is not JSON")
    missing = invalid([{"type": "missing", "loc": ("body",), "msg": "Field required"}])
    assert (missing.where, missing.detail) == ("", "The body: field required")
