"""Perspective's contract, field by field, around the real gate."""

from __future__ import annotations

import pytest

from beside import Policy
from beside.api.keys import Key, KeyFile
from beside.api.scores import ATTRIBUTES, attribute
from tests.api.conftest import CRISIS, FRENCH, HURTS, INSULT, KIND

PRODUCTION = ("TOXICITY", "SEVERE_TOXICITY", "IDENTITY_ATTACK", "INSULT", "PROFANITY", "THREAT")


def analyze(client, text=KIND, attributes=("TOXICITY",), status=200, **more):
    body = {"comment": {"text": text}, "requestedAttributes": {name: {} for name in attributes}, **more}
    return sent(client, body, status)


def sent(client, body, status=200, verb="analyze"):
    answer = client.post(f"/v1alpha1/comments:{verb}?key=k", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json; charset=UTF-8"
    return answer.json()


def values(answer):
    return {name: found["summaryScore"]["value"] for name, found in answer["attributeScores"].items()}


def error(answer):
    details = answer["error"]["details"][0]
    return answer["error"]["message"], details["errorType"]


def test_an_answer_field_by_field(client, comments):
    answer = analyze(client, INSULT, languages=["en"], clientToken="c1", doNotStore=True)
    value = round(comments.scores(INSULT)["toxicity"], 7)
    score = {"value": value, "type": "PROBABILITY"}
    assert answer == {
        "attributeScores": {
            "TOXICITY": {
                "spanScores": [{"begin": 0, "end": len(INSULT), "score": score}],
                "summaryScore": score,
            }
        },
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "c1",
    }
    assert value > 0.5


def test_every_attribute_is_answered(client, gate, comments):
    reading, decision, scores = gate.read(INSULT), gate.decide(INSULT), comments.scores(INSULT)
    assert values(analyze(client, INSULT, ATTRIBUTES)) == {
        name: round(attribute(name, reading, decision, scores), 7) for name in ATTRIBUTES
    }


def test_production_attributes_see_an_insult_and_leave_kindness_alone(client):
    kind, insult = (values(analyze(client, text, PRODUCTION)) for text in (KIND, INSULT))
    assert set(kind) == set(PRODUCTION)
    assert max(kind.values()) < 0.1
    assert min(insult["TOXICITY"], insult["INSULT"]) > 0.5


@pytest.mark.parametrize(("text", "stopped"), [(KIND, False), (HURTS, True), (INSULT, True), (CRISIS, True)])
def test_likely_to_reject_is_what_the_policy_decides(client, text, stopped):
    value = values(analyze(client, text, ["LIKELY_TO_REJECT"]))["LIKELY_TO_REJECT"]
    assert (value > 0.9, value < 0.5) == (stopped, not stopped)


def test_the_policy_is_that_of_the_key(serve, tmp_path, gate):
    secret = KeyFile(tmp_path / "k.json").create(Key("paper", policy="quiet"))
    client = serve(keys=tmp_path / "k.json")
    body = {"comment": {"text": KIND}, "requestedAttributes": {"LIKELY_TO_REJECT": {}}}
    for ways in (
        {"params": {"key": secret}},
        {"headers": {"x-goog-api-key": secret}},
        {"headers": {"authorization": f"Bearer {secret}"}},
    ):
        answer = client.post("/v1alpha1/comments:analyze", json=body, **ways)
        assert values(answer.json())["LIKELY_TO_REJECT"] > 0.9
    bad = client.post("/v1alpha1/comments:analyze?key=AIzaNone", json=body)
    assert (bad.status_code, bad.json()["error"]["message"]) == (
        400,
        "API key not valid. Please pass a valid API key.",
    )


def test_fields_may_be_written_in_snake_case_and_null_is_nothing(client):
    body = {
        "comment": {"text": KIND, "type": None},
        "context": None,
        "requested_attributes": {
            "TOXICITY": {"score_type": "PROBABILITY", "score_threshold": 0},
            "INSULT": None,
        },
        "span_annotations": None,
        "languages": None,
        "do_not_store": True,
        "client_token": "t",
        "sessionId": "s",
        "communityId": "c",
        "unknown": 1,
    }
    answer = sent(client, body)
    assert set(values(answer)) == {"TOXICITY", "INSULT"}
    assert answer["clientToken"] == "t"


def test_scores_below_the_threshold_are_left_out(client):
    asked = {"TOXICITY": {"scoreThreshold": 0.5}, "THREAT": {"scoreThreshold": 0.99}, "INSULT": {}}
    body = {"comment": {"text": INSULT + " I am so sorry."}, "requestedAttributes": asked}
    body["comment"]["text"] = INSULT
    found = sent(client, body)["attributeScores"]
    assert set(found) == {"TOXICITY", "INSULT"}
    body["requestedAttributes"] = {"THREAT": {"scoreThreshold": 0.99}}
    assert sent(client, body)["attributeScores"] == {}
    body["requestedAttributes"] = {"LIKELY_TO_REJECT": {"scoreThreshold": 0.5}}
    body |= {"comment": {"text": f"{INSULT} Anyway. {INSULT}"}, "spanAnnotations": True}
    scored = sent(client, body)["attributeScores"]["LIKELY_TO_REJECT"]
    assert all(span["score"]["value"] >= 0.5 for span in scored["spanScores"])


def test_a_span_for_each_sentence_in_utf16(client, gate):
    text = f"🕊️ {KIND} {INSULT}"
    answer = analyze(client, text, ["TOXICITY", "LIKELY_TO_REJECT"], spanAnnotations=True)
    units = text.encode("utf-16-le")
    for name, scored in answer["attributeScores"].items():
        parts = [
            (units[2 * span["begin"] : 2 * span["end"]].decode("utf-16-le"), span["score"]["value"])
            for span in scored["spanScores"]
        ]
        sentences = ["🕊️ I am so sorry for your loss.", "Thinking of you both.", INSULT]
        assert parts == [(one, values(analyze(client, one, [name]))[name]) for one in sentences]


def test_without_annotations_one_span_covers_the_text(client):
    text = "🕊️ Love. Always."
    (span,) = analyze(client, text)["attributeScores"]["TOXICITY"]["spanScores"]
    assert (span["begin"], span["end"]) == (0, len(text.encode("utf-16-le")) // 2)


@pytest.mark.parametrize("languages", [["en"], ["en-GB"], ["EN_us"], ["fr", "en"]])
def test_languages_that_are_read(client, languages):
    answer = analyze(client, KIND, languages=languages)
    assert (answer["languages"], answer["detectedLanguages"]) == (languages, ["en"])


def test_the_language_is_told_where_it_is_not_named(client):
    assert analyze(client, KIND)["detectedLanguages"] == ["en"]
    assert analyze(client, "🕊️")["languages"] == ["en"]
    assert "clientToken" not in analyze(client, KIND)


def test_a_named_language_that_is_not_read(client):
    answer = analyze(client, KIND, ["LIKELY_TO_REJECT", "INSULT", "TOXICITY"], 400, languages=["fr", "pt"])
    assert error(answer) == (
        "Attribute INSULT does not support request languages: fr,pt",
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
    )
    about = answer["error"]["details"][0]["languageNotSupportedByAttributeError"]
    assert about == {"requestedLanguages": ["fr", "pt"], "attribute": "INSULT"}


def test_a_detected_language_that_is_not_read(client):
    answer = analyze(client, FRENCH, status=400)
    assert error(answer)[1] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    about = answer["error"]["details"][0]["languageNotSupportedByAttributeError"]
    assert about == {"detectedLanguages": ["und"], "attribute": "TOXICITY"}


def test_the_decision_has_an_answer_in_every_language(client):
    for more in ({}, {"languages": ["fr"]}):
        found = values(analyze(client, FRENCH, ["LIKELY_TO_REJECT", "BESIDE_SUPPORT"], **more))
        assert found["LIKELY_TO_REJECT"] > 0.9


EMPTY = ("Comment must be non-empty.", "COMMENT_EMPTY")
ATTRIBUTE = {"requestedAttributes": {"TOXICITY": {}}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, EMPTY),
        ({"comment": None, **ATTRIBUTE}, EMPTY),
        ({"comment": {}, **ATTRIBUTE}, EMPTY),
        ({"comment": {"text": " \n\t"}, **ATTRIBUTE}, EMPTY),
        (
            {"comment": {"text": KIND}},
            ("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES"),
        ),
        (
            {"comment": {"text": KIND}, "requestedAttributes": {}},
            ("Missing requested_attributes", "NO_REQUESTED_ATTRIBUTES"),
        ),
        (
            {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}, "NICE": {}}},
            ("Unknown requested attribute: NICE", "INVALID_REQUEST"),
        ),
        (
            {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {"scoreType": "RAW"}}},
            ("Requested score type RAW is not supported by attribute TOXICITY", "INVALID_REQUEST"),
        ),
        (
            {"comment": {"text": KIND, "type": "HTML"}, **ATTRIBUTE},
            ("Currently, only 'PLAIN_TEXT' comments are supported", "INVALID_REQUEST"),
        ),
        (
            {
                "comment": {"text": KIND},
                **ATTRIBUTE,
                "context": {"entries": [], "articleAndParentComment": {"article": {"text": "x"}}},
            },
            ("Context may hold entries or articleAndParentComment, not both", "INVALID_REQUEST"),
        ),
        (
            {"comment": {"text": 3}, **ATTRIBUTE},
            ("comment.text: input should be a valid string", "INVALID_REQUEST"),
        ),
        (
            {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {"scoreThreshold": "0.5"}}},
            (
                "requestedAttributes.TOXICITY.scoreThreshold: input should be a valid number",
                "INVALID_REQUEST",
            ),
        ),
        (
            {"comment": {"text": KIND}, **ATTRIBUTE, "languages": "en"},
            ("languages: input should be a valid list", "INVALID_REQUEST"),
        ),
    ],
)
def test_what_is_wrong_is_told_as_google_does(client, body, expected):
    answer = sent(client, body, 400)
    assert error(answer) == expected
    assert answer["error"]["status"] == "INVALID_ARGUMENT"


def test_context_is_accepted(client):
    entries = {"entries": [{"text": "article", "type": "PLAIN_TEXT"}]}
    article = {"articleAndParentComment": {"article": {"text": "a"}, "parentComment": {"text": "b"}}}
    assert analyze(client, context=entries) == analyze(client, context=article) == analyze(client)


def test_the_limit_is_in_bytes(client):
    assert analyze(client, "é" * 10_240, ["BESIDE_SUPPORT"])
    answer = analyze(client, "é" * 10_240 + "a", ["BESIDE_SUPPORT"], 400)
    assert error(answer) == (
        "Comment text was too many bytes. Value (20481) exceeded limit (20480).",
        "COMMENT_TOO_LONG",
    )


def test_a_text_that_is_not_read_has_no_scores(client):
    # each of these characters stands for a long name, so the text that is read would be too long
    long = analyze(client, "﷽☙" * 3413, status=400)
    assert error(long) == (
        "Comment text is too long once its characters are written out.",
        "COMMENT_TOO_LONG",
    )


def test_a_broken_gate_has_no_scores(serve):
    class Broken:
        model = "broken"

        def read(self, text):
            raise RuntimeError(text)

        judge = None

    answer = analyze(serve(Broken()), status=503)
    assert answer["error"] == {
        "code": 503,
        "message": "The comment could not be read. Come again",
        "status": "UNAVAILABLE",
    }


def test_a_suggested_score_is_accepted(client):
    body = {
        "comment": {"text": KIND},
        "context": {"entries": [{"text": '{"url": "https://news.example/a"}'}]},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
        "languages": ["en"],
        "communityId": "Coral:https://news.example",
        "clientToken": "comment:1",
    }
    assert sent(client, body, verb="suggestscore") == {
        "clientToken": "comment:1",
        "requestedLanguages": ["en"],
        "detectedLanguages": ["en"],
    }
    del body["languages"], body["clientToken"]
    assert sent(client, body, verb="suggestscore") == {"detectedLanguages": ["und"]}
    del body["attributeScores"]
    assert error(sent(client, body, 400, "suggestscore"))[0] == "Missing attribute_scores"
    assert error(sent(client, {}, 400, "suggestscore")) == EMPTY


def test_there_is_nothing_else(client):
    answer = client.post("/v1alpha1/comments:delete", json={})
    assert answer.status_code == 404
    assert answer.json()["error"]["status"] == "NOT_FOUND"
    assert client.get("/v1alpha1/comments:analyze").json()["error"]["code"] == 405
    assert Policy().name == "support only"
