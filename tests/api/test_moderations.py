"""OpenAI's moderation endpoint, field by field, around the real gate."""

from __future__ import annotations

import json

import pytest

from beside.api.keys import Key, KeyFile
from beside.api.moderations import envelope
from beside.api.problem import Kind, Refusal
from beside.api.scores import CATEGORIES, categories
from tests.api.conftest import CRISIS, FRENCH, HURTS, INSULT, KIND


def moderate(client, given, status=200, **more):
    answer = client.post("/v1/moderations", json={"input": given, **more})
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(client, given, status=400, **more):
    body = moderate(client, given, status, **more)
    assert list(body) == ["error"]
    assert list(body["error"]) == ["message", "type", "param", "code"]
    return body["error"]


def test_an_answer_field_by_field(client, gate, comments):
    answer = moderate(client, INSULT)
    reading, decision = gate.read(INSULT), gate.decide(INSULT)
    found = categories(reading, decision, comments.scores(INSULT))
    assert answer.pop("id").startswith("modr-")
    result = answer["results"][0]
    assert result["beside"].pop("policy_version")
    assert answer == {
        "model": "omni-moderation-latest",
        "results": [
            {
                "flagged": True,
                "categories": {name: met for name, (met, _) in found.items()},
                "category_scores": {name: round(score, 7) for name, (_, score) in found.items()},
                "category_applied_input_types": {name: ["text"] for name in CATEGORIES},
                "beside": {
                    "decision": "decline",
                    "support": round(decision.support, 6),
                    "labels": list(decision.labels),
                    "reasons": ["It insults or mocks."],
                    "policy": "support only",
                    "model": gate.model,
                },
            }
        ],
    }
    assert result["categories"]["harassment"] is True


def test_the_categories_are_openais(client):
    (result,) = moderate(client, KIND)["results"]
    expected = [
        "harassment",
        "harassment/threatening",
        "hate",
        "hate/threatening",
        "illicit",
        "illicit/violent",
        "self-harm",
        "self-harm/intent",
        "self-harm/instructions",
        "sexual",
        "sexual/minors",
        "violence",
        "violence/graphic",
    ]
    for part in ("categories", "category_scores", "category_applied_input_types"):
        assert list(result[part]) == expected
    assert result["flagged"] is False


@pytest.mark.parametrize(
    ("text", "flagged", "decision"),
    [
        (KIND, False, "deliver"),
        (HURTS, False, "hold"),
        (INSULT, True, "decline"),
        (CRISIS, True, "hold"),
        ("", False, "hold"),
    ],
)
def test_what_is_flagged(client, text, flagged, decision):
    (result,) = moderate(client, text)["results"]
    assert (result["flagged"], result["beside"]["decision"]) == (flagged, decision)
    assert result["flagged"] is any(result["categories"].values())


def test_each_text_has_a_result_in_order(client):
    found = moderate(client, [KIND, INSULT, HURTS])["results"]
    assert [one["beside"]["decision"] for one in found] == ["deliver", "decline", "hold"]
    assert found == [moderate(client, text)["results"][0] for text in (KIND, INSULT, HURTS)]


def test_parts_have_one_result_together(client):
    parts = [{"type": "text", "text": KIND}, {"type": "text", "text": INSULT}]
    found = moderate(client, parts)["results"]
    assert found == moderate(client, f"{KIND}\n{INSULT}")["results"]
    assert len(found) == 1


def test_any_model_may_be_named(client):
    assert moderate(client, KIND, model="text-moderation-stable")["model"] == "text-moderation-stable"
    assert moderate(client, KIND, model=None)["model"] == "omni-moderation-latest"


def test_in_policy_mode_flagged_is_what_is_not_delivered(client, serve, tmp_path):
    for text, flagged in ((KIND, False), (HURTS, True), (INSULT, True), (FRENCH, True)):
        (result,) = moderate(client, text, beside={"policy_mode": True})["results"]
        assert result["flagged"] is flagged
    secret = KeyFile(tmp_path / "k.json").create(Key("forum", policy_mode=True))
    keyed = serve(keys=tmp_path / "k.json")
    keyed.headers["authorization"] = f"Bearer {secret}"
    assert moderate(keyed, HURTS)["results"][0]["flagged"] is True
    assert moderate(keyed, HURTS, beside={"policy_mode": False})["results"][0]["flagged"] is False


def test_a_policy_by_name(client):
    (result,) = moderate(client, KIND, beside={"policy": "quiet"})["results"]
    assert (result["beside"]["decision"], result["beside"]["policy"]) == ("hold", "quiet")
    assert refused(client, KIND, 404, beside={"policy": "loud"}) == {
        "message": "There is no such policy. See them: GET /v1/policies",
        "type": "invalid_request_error",
        "param": "beside",
        "code": "not_found",
    }


IMAGE = {"type": "image_url", "image_url": {"url": "https://news.example/a.png"}}


def test_images_are_refused_clearly(client):
    assert refused(client, [{"type": "text", "text": KIND}, IMAGE]) == {
        "message": "Only text is read here. Leave the image out",
        "type": "invalid_request_error",
        "param": "input",
        "code": "image_not_supported",
    }
    assert refused(client, [IMAGE, IMAGE]) == {
        "message": "Number of images (2) exceeds maximum of 1",
        "type": "invalid_request_error",
        "param": "input",
        "code": "too_many_images",
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (3, "'$.input' is invalid. Please check the API reference: input should be a valid string"),
        ([], None),
        ([3], None),
        ([{"type": "video"}], None),
        (["a", {"type": "text", "text": "b"}], None),
        (None, None),
    ],
)
def test_what_is_wrong_is_named(client, given, message):
    error = refused(client, given)
    assert (error["type"], error["param"], error["code"]) == ("invalid_request_error", "input", None)
    assert error["message"].startswith("'$.input' is invalid. Please check the API reference: ")
    assert message is None or error["message"] == message


def test_too_much(serve):
    client = serve(texts=2, characters=50_000)
    assert refused(client, ["a"] * 3)["code"] == "array_above_max_length"
    long = refused(client, "a" * 20_481)
    assert (long["code"], long["message"]) == ("string_above_max_length", "A text may hold 20,480 characters")
    assert refused(client, ["a" * 25_001] * 2, 413)["type"] == "invalid_request_error"


def test_headers(client):
    answer = client.post("/v1/moderations", json={"input": KIND})
    assert answer.headers["x-request-id"].startswith("req_")
    assert int(answer.headers["openai-processing-ms"]) >= 1
    wrong = client.post("/v1/moderations", json={})
    assert {"x-request-id", "openai-processing-ms"} <= set(wrong.headers)


def test_a_broken_gate_has_no_scores(serve):
    class Broken:
        model = "broken"

        def read(self, text):
            raise RuntimeError(text)

        judge = None

    error = refused(serve(Broken()), KIND, 503)
    assert error == {
        "message": "A text could not be read. Come again",
        "type": "server_error",
        "param": None,
        "code": None,
    }


@pytest.mark.parametrize(
    ("kind", "status", "type_", "code"),
    [
        (Kind.NO_KEY, 401, "invalid_request_error", None),
        (Kind.BAD_KEY, 401, "invalid_request_error", "invalid_api_key"),
        (Kind.NOT_ALLOWED, 403, "invalid_request_error", "permission_denied"),
        (Kind.NOT_FOUND, 404, "invalid_request_error", "not_found"),
        (Kind.NOT_A_METHOD, 405, "invalid_request_error", "method_not_supported"),
        (Kind.TOO_SLOW, 408, "invalid_request_error", None),
        (Kind.TOO_LARGE, 413, "invalid_request_error", None),
        (Kind.NOT_JSON, 415, "invalid_request_error", None),
        (Kind.MALFORMED, 400, "invalid_request_error", None),
        (Kind.TOO_FAST, 429, "requests", "rate_limit_exceeded"),
        (Kind.FAILED, 500, "server_error", None),
        (Kind.BUSY, 503, "server_error", None),
        (Kind.LATE, 503, "server_error", None),
        (Kind.NOT_READY, 503, "server_error", None),
    ],
)
def test_every_refusal_in_openais_words(kind, status, type_, code):
    response = envelope(Refusal(kind, "why", retry_after=0.5))
    assert json.loads(response.body) == {
        "error": {"message": "why", "type": type_, "param": None, "code": code}
    }
    assert response.status_code == status
    assert (response.headers["retry-after"], response.headers["retry-after-ms"]) == ("1", "500")
