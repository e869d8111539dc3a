"""The own contract, field by field, around the real gate."""

from __future__ import annotations

import pytest

from beside import Policy
from beside.api.keys import Key, KeyFile
from beside.api.shelf import shelved
from beside.api.wording import to_sender
from beside.codebook import LABELS, NAMES
from beside.gate.policy import PRESETS
from tests.api.conftest import CRISIS, FRENCH, HURTS, INSULT, KIND


def decide(client, status=200, **body):
    answer = client.post("/v1/decide", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_one_text(client, gate):
    answer = decide(client, text=HURTS)
    reading, decision = gate.read(HURTS), gate.decide(HURTS)
    assert answer == {
        "model": gate.model,
        "policy": {"name": "support only", "version": shelved("", Policy(), "").version},
        "decisions": [
            {
                "action": "hold",
                "labels": list(decision.labels),
                "scores": {name: round(reading.scores[name], 6) for name in NAMES},
                "support": round(decision.support, 6),
                "codes": ["minimizing"],
                "reasons": ["It makes the loss or the grief smaller."],
                "sender": ["Words that compare or hurry the grief can hurt."],
                "spans": [
                    {"label": span.label, "start": span.start, "end": span.end} for span in decision.spans
                ],
                "language": reading.language,
            }
        ],
    }
    assert answer["decisions"][0]["spans"][0]["label"] == "minimizing"


def test_many_texts_are_decided_in_order_as_the_gate_does(client, gate, validation):
    texts = [message.text for message in validation[:100]]
    found = decide(client, texts=texts)["decisions"]
    expected = gate.decide_many(texts)
    assert [one["action"] for one in found] == [one.action for one in expected]
    assert [tuple(one["codes"]) for one in found] == [one.codes for one in expected]
    assert [tuple(one["sender"]) for one in found] == [to_sender(one) for one in expected]
    assert len({one["action"] for one in found}) == 3


@pytest.mark.parametrize(
    ("text", "action", "code"),
    [
        (KIND, "deliver", "support"),
        (HURTS, "hold", "minimizing"),
        (INSULT, "decline", "hostility"),
        (CRISIS, "hold", "crisis"),
        (FRENCH, "hold", "language"),
        ("", "hold", "empty"),
        ("﷽☙" * 3413, "hold", "too_long"),
        ("y\u043eu are in my th\u043eughts", "hold", "disguised"),
    ],
)
def test_what_happens(client, text, action, code):
    (found,) = decide(client, text=text)["decisions"]
    assert found["action"] == action
    assert code in found["codes"]


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_policy_by_name(client, gate, name):
    text = "Praying for you both. She is with the angels."
    answer = decide(client, text=text, policy=name)
    expected = gate.decide(text, PRESETS[name])
    assert answer["policy"]["name"] == name
    assert (answer["decisions"][0]["action"], answer["decisions"][0]["codes"]) == (
        expected.action,
        list(expected.codes),
    )


def test_a_policy_in_the_request(client, gate):
    rules = {"name": "ours", "caution": "very careful", "labels": {"faith": "decline"}, "languages": ["en"]}
    answer = decide(client, text="Praying for you both, God bless.", policy=rules)
    assert answer["policy"] == {"name": "ours", "version": shelved("", Policy.from_dict(rules), "").version}
    assert answer["decisions"][0]["action"] == "decline"
    assert answer["decisions"][0]["sender"] == ["It was not passed on."]
    based = decide(client, text=KIND, policy={"preset": "quiet"})
    assert based["decisions"][0]["action"] == "hold"


def test_a_policy_of_the_folder_counts_as_it_is_now(serve, tmp_path):
    (tmp_path / "ours.toml").write_text('preset = "quiet"\n', encoding="utf-8")
    client = serve(policies=tmp_path, shelf_seconds=0.0)
    before = decide(client, text=KIND, policy="ours")
    (tmp_path / "ours.toml").write_text('caution = "open"\n', encoding="utf-8")
    after = decide(client, text=KIND, policy="ours")
    assert (before["decisions"][0]["action"], after["decisions"][0]["action"]) == ("hold", "deliver")
    assert before["policy"]["version"] != after["policy"]["version"]


def test_the_policy_of_the_key(serve, tmp_path):
    secret = KeyFile(tmp_path / "k.json").create(Key("forum", policy="quiet"))
    client = serve(keys=tmp_path / "k.json")
    client.headers["authorization"] = f"Bearer {secret}"
    assert decide(client, text=KIND)["policy"]["name"] == "quiet"
    assert decide(client, text=KIND, policy="no faith")["policy"]["name"] == "no faith"


def test_a_policy_that_is_gone_is_never_replaced_by_another(serve, tmp_path):
    secret = KeyFile(tmp_path / "k.json").create(Key("forum", policy="ours"))
    client = serve(keys=tmp_path / "k.json")
    client.headers["authorization"] = f"Bearer {secret}"
    gone = decide(client, 503, text=KIND)
    assert (gone["code"], gone["detail"]) == ("not_ready", "The policy of this key is gone from the shelf")


def test_spans_count_characters_or_utf16(client):
    text = "🕊️🕊️ " + HURTS
    plain = decide(client, text=text)["decisions"][0]["spans"]
    utf16 = decide(client, text=text, offsets="utf16")["decisions"][0]["spans"]
    start, end = plain[0]["start"], plain[0]["end"]
    assert text[start:end]
    units = text.encode("utf-16-le")
    assert units[2 * utf16[0]["start"] : 2 * utf16[0]["end"]].decode("utf-16-le") == text[start:end]
    assert utf16[0]["start"] > start


WRONG = [
    ({}, "", "The body: give either text or texts"),
    ({"text": "a", "texts": ["a"]}, "", "The body: give either text or texts"),
    ({"text": 1}, "text", "text: input should be a valid string"),
    ({"text": None}, "text", "text: input should be a valid string"),
    ({"texts": []}, "texts", "texts: list should have at least 1 item after validation, not 0"),
    ({"texts": ["a", 2]}, "texts.1", "texts.1: input should be a valid string"),
    ({"text": "a", "lang": "en"}, "lang", "lang: extra inputs are not permitted"),
    (
        {"text": "a", "offsets": "bytes"},
        "offsets",
        "offsets: input should be 'characters' or 'utf16'",
    ),
    (
        {"text": "a", "policy": {"labels": {"faith": "maybe"}}},
        "policy.labels.faith",
        "policy.labels.faith: input should be 'welcome', 'hold' or 'decline'",
    ),
    (
        {"text": "a", "policy": {"labels": {"crisis": "decline"}}},
        "policy.labels.crisis",
        "policy.labels.crisis: input should be 'hold'",
    ),
    (
        {"text": "a", "policy": {"labels": {"threat": "welcome"}}},
        "policy.labels.threat",
        "policy.labels.threat: input should be 'hold' or 'decline'",
    ),
    ({"text": "a", "policy": {"labels": {"fury": "hold"}}}, "policy.labels.fury", None),
    ({"text": "a", "policy": {"preset": "loud"}}, "policy.preset", None),
    ({"text": "a", "policy": {"caution": "wild"}}, "policy.caution", None),
    ({"text": "a", "policy": {"languages": []}}, "policy.languages", None),
    ({"text": "a", "policy": {"name": " "}}, "policy.name", None),
]


@pytest.mark.parametrize(("body", "where", "detail"), WRONG)
def test_what_is_wrong_is_named(client, body, where, detail):
    found = decide(client, 422, **body)
    assert found.get("where", "") == where
    assert found["code"] == "invalid"
    assert detail is None or found["detail"] == detail


def test_a_policy_that_nobody_knows(client):
    found = decide(client, 404, text="a", policy="loud")
    assert (found["where"], found["detail"]) == (
        "policy",
        "There is no such policy. See them: GET /v1/policies",
    )


def test_too_many_texts_and_too_long_ones(serve):
    client = serve(texts=3, characters=100)
    assert decide(client, 413, texts=["a"] * 4)["detail"] == "One request may hold 3 texts"
    found = decide(client, 413, texts=["a" * 50, "b" * 51])
    assert found["detail"] == "One request may hold 100 characters of text"
    assert len(decide(client, texts=["a" * 50, "b" * 50])["decisions"]) == 2


def test_a_broken_gate_holds(serve, gate):
    class Broken:
        model = "broken"

        def read(self, text):
            raise RuntimeError(text)

        judge = None

    (found,) = decide(serve(Broken()), text=KIND)["decisions"]
    assert (found["action"], found["codes"], found["support"]) == ("hold", ["failed"], 0)


def test_policies_are_listed(serve, tmp_path):
    (tmp_path / "ours.toml").write_text('name = "Ours"\nlabels.faith = "hold"\n', encoding="utf-8")
    client = serve(policies=tmp_path, shelf_seconds=0.0)
    answer = client.get("/v1/policies").json()
    assert [one["name"] for one in answer["policies"]] == [*PRESETS, "ours"]
    ours = Policy.load(tmp_path / "ours.toml")
    assert answer["policies"][-1] == {
        "name": "ours",
        "version": shelved("ours", ours, "file").version,
        "source": "file",
        "title": "Ours",
        "caution": "careful",
        "labels": {label.name: str(label.default) for label in LABELS} | {"faith": "hold"},
        "languages": ["en"],
    }
    assert answer["trouble"] == []
    (tmp_path / "bad.toml").write_text("[", encoding="utf-8")
    assert client.get("/v1/policies").json()["trouble"] == ["bad"]


def test_labels_are_listed(client):
    found = client.get("/v1/labels").json()["labels"]
    assert [one["name"] for one in found] == list(NAMES)
    assert found[NAMES.index("threat")] == {
        "name": "threat",
        "group": "hurt",
        "meaning": "threatens, or wishes violence or death",
        "default": "decline",
        "softest": "hold",
        "strictest": "decline",
        "supports": False,
        "elsewhere": {
            "perspective": ["BESIDE_THREAT", "THREAT", "THREAT_EXPERIMENTAL"],
            "openai": ["harassment/threatening", "hate/threatening", "violence"],
        },
    }
    assert {one["group"] for one in found} == {"support", "host_choice", "hurt", "safety"}
