"""Coral's external phase, as Coral calls it and as it takes the answer."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time

import pytest

from beside.api.coral import is_signed
from beside.api.keys import Key, KeyFile
from tests.api.conftest import CRISIS, FRENCH, HURTS, INSULT, KIND

OLD, NEW = "empsec_" + "a" * 64, "empsec_" + "b" * 64
STORY = {"id": "s1", "url": "https://news.example/family/a-letter"}
HELD = {"status": "SYSTEM_WITHHELD"}


def comment(text, story=STORY, action="NEW"):
    return {
        "action": action,
        "comment": {"body": text, "parentID": None},
        "author": {"id": "a1", "role": "COMMENTER"},
        "story": story,
        "site": {"id": "w1"},
        "tenantID": "t1",
        "tenantDomain": "news.example",
    }


def signature(body, *secrets):
    made = [hmac.new(secret.encode(), body, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join(f"sha256={one}" for one in made)


class Phase:
    """Calls as Coral does: pretty-printed, signed over the raw bytes."""

    def __init__(self, client, name="news"):
        self.client, self.name = client, name

    def raw(self, text, *, secrets=(OLD,), **more):
        body = json.dumps(comment(text, **more), indent=2).encode()
        headers = {
            "content-type": "application/json",
            "user-agent": "Coral Moderation/9.7.1",
            "x-coral-signature": signature(body, *secrets),
        }
        return self.client.post(f"/coral/{self.name}", content=body, headers=headers)

    def __call__(self, text, **more):
        answer = self.raw(text, **more)
        if answer.status_code == 204:
            assert answer.content == b""
            return None
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def phase(serve, tmp_path):
    """A phase whose key has the given settings."""

    def made(other=None, settings=None, **key):
        KeyFile(tmp_path / "k.json").create(
            Key("news", **{"stories": (STORY["id"],), "signing": (OLD,), "rate": 0, **key})
        )
        return Phase(serve(other, keys=tmp_path / "k.json", coral_deadline=5.0, **(settings or {})))

    return made


def test_what_is_delivered_is_no_opinion(phase):
    assert phase()(f"<p>{KIND}</p>") is None


@pytest.mark.parametrize("text", [HURTS, CRISIS, FRENCH, "", "first!", "﷽☙" * 3413])
def test_what_is_held_is_withheld_without_the_toxic_flag(phase, text):
    assert phase()(text) == HELD


def test_what_is_declined_is_rejected_with_a_kind_reason(phase):
    answer = phase()(INSULT)
    assert set(answer) == {"status", "moderationAction"}
    assert answer["status"] == answer["moderationAction"]["status"] == "REJECTED"
    reason = answer["moderationAction"]["rejectionReason"]
    assert set(reason) == {"code", "customReason"}
    assert reason["code"] == "OTHER"
    assert reason["customReason"].startswith("Thank you for taking the time.")


def test_an_edit_is_decided_like_a_new_comment(phase):
    assert phase()(HURTS, action="EDIT") == HELD


def test_html_is_read_as_a_reader_sees_it(phase):
    asked = phase()
    assert asked(f"<div>{KIND}</div>") is None
    assert asked(f"<div>{KIND}</div><div><b>{INSULT}</b></div>")["status"] in ("REJECTED", "SYSTEM_WITHHELD")


@pytest.mark.parametrize(
    "stories", [("s1",), ("https://news.example/family/*",), ("s9", "https://*/a-letter")]
)
def test_the_policy_applies_to_the_stories_of_the_key(phase, stories):
    assert phase(stories=stories)(HURTS) == HELD


@pytest.mark.parametrize("stories", [(), ("s2",), ("https://news.example/sport/*",)])
@pytest.mark.parametrize("text", [HURTS, INSULT, CRISIS])
def test_elsewhere_there_is_no_opinion(phase, stories, text):
    assert phase(stories=stories)(text) is None


def test_the_policy_is_that_of_the_key(phase):
    assert phase(policy="quiet")(KIND) == HELD


def test_a_key_may_let_through_what_is_delivered(phase):
    asked = phase(lets_through=True)
    assert asked(KIND) == {"status": "NONE"}
    assert asked(HURTS) == HELD
    assert asked(KIND, story={"id": "s2", "url": ""}) is None


def test_in_shadow_nothing_is_decided_and_the_log_says_what_would_be(phase, caplog):
    asked = phase(shadow=True)
    with caplog.at_level("INFO", "beside.api"):
        assert asked(HURTS) is None
        assert asked(INSULT) is None
        assert asked(INSULT, story={"id": "s2", "url": ""}) is None
    found = [record.beside for record in caplog.records if record.message == "shadow"]
    for one in found:
        assert one.pop("id")
    assert found == [
        {"event": "shadow", "key": "news", "story": "s1", "action": "hold", "codes": ("minimizing",)},
        {"event": "shadow", "key": "news", "story": "s1", "action": "decline", "codes": ("hostility",)},
    ]


@pytest.mark.parametrize("secrets", [(OLD,), (NEW,), (OLD, NEW), (NEW, OLD), ("empsec_other", NEW)])
def test_during_a_rotation_either_secret_will_do(phase, secrets):
    assert phase(signing=(OLD, NEW))(HURTS, secrets=secrets) == HELD


@pytest.mark.parametrize("secrets", [(), ("empsec_other",), (OLD[:-1],), ("",)])
def test_what_is_not_signed_by_coral_is_refused(phase, secrets):
    answer = phase().raw(KIND, secrets=secrets)
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_key")


def test_a_key_that_signs_nothing_takes_nothing(phase):
    asked = phase(signing=())
    assert asked.raw(KIND, secrets=(OLD,)).status_code == 401
    assert asked.raw(KIND, secrets=("",)).status_code == 401


def test_a_key_of_another_name_or_contract_is_refused(phase, serve, tmp_path):
    asked = phase(contracts=("own",))
    assert asked.raw(KIND).status_code == 401
    asked.name = "other"
    assert asked.raw(KIND).status_code == 401


def test_the_very_bytes_are_signed():
    body = b'{\n  "a": 1\n}'
    assert is_signed(body, signature(body, OLD), (OLD,))
    assert is_signed(body, signature(body, OLD).upper().replace("SHA256", "sha256"), (OLD,))
    assert is_signed(body, " " + signature(body, "x") + " , " + signature(body, OLD), (OLD,))
    assert not is_signed(b'{"a":1}', signature(body, OLD), (OLD,))
    assert not is_signed(body, "", (OLD,))
    assert not is_signed(body, "sha256=é", (OLD,))


def test_half_an_emoji_is_signed_as_it_was_sent(phase):
    asked = phase()
    body = json.dumps(comment(KIND)).encode().replace(b"both.", rb"both. \ud83d")
    headers = {"content-type": "application/json", "x-coral-signature": signature(body, OLD)}
    assert asked.client.post("/coral/news", content=body, headers=headers).status_code in (200, 204)


class Hung:
    model = "hung"

    def __init__(self):
        self.go = threading.Event()

    def read(self, text):
        self.go.wait(20)
        raise RuntimeError(text)

    judge = None


def test_whatever_goes_wrong_is_a_hold_for_an_error_would_publish(phase, serve, tmp_path, monkeypatch):
    class Broken:
        model = "broken"

        def read(self, text):
            raise RuntimeError(text)

        judge = None

    asked = phase(Broken())
    assert asked(KIND) == HELD
    monkeypatch.setattr("beside.api.judge.Judge.see", lambda *_: 1 / 0)
    assert asked(KIND) == HELD


def test_a_gate_that_hangs_is_a_hold_in_time(serve, tmp_path):
    KeyFile(tmp_path / "k.json").create(Key("news", stories=("*",), signing=(OLD,), rate=0))
    hung = Hung()
    asked = Phase(serve(hung, keys=tmp_path / "k.json", threads=1))
    start = time.perf_counter()
    assert asked(KIND) == HELD  # late
    assert time.perf_counter() - start < 1
    start = time.perf_counter()
    assert asked(KIND) == HELD  # busy
    assert time.perf_counter() - start < 0.15
    assert asked(KIND, story={"id": "s2", "url": "x"}) == HELD
    hung.go.set()


def test_who_asks_too_fast_is_held(phase):
    asked = phase(rate=0.01, burst=1)
    assert asked(KIND) is None
    assert asked(KIND) == HELD
    assert asked(KIND, story={"id": "s2", "url": ""}) is None


def test_a_policy_that_is_gone_is_a_hold(phase):
    assert phase(policy="gone")(KIND) == HELD


def test_only_what_is_needed_is_asked_for(client):
    body = {"comment": {"body": HURTS}, "story": {"id": "s1"}, "future": {"x": 1}}
    assert client.post("/coral/open", json=body).json() == HELD
    assert client.post("/coral/open", json={"comment": {}, "story": {"id": "s1"}}).json() == HELD


def test_a_request_that_is_none_is_refused(client):
    assert client.post("/coral/open", json={"story": {"id": "s1"}}).status_code == 422
    assert (
        client.post("/coral/open", content=b"{", headers={"content-type": "application/json"}).status_code
        == 400
    )


def test_as_corals_perspective_endpoint(client):
    # Coral appends the operation to the endpoint of its settings, and the key to the address
    body = {
        "comment": {"text": HURTS},
        "doNotStore": True,
        "requestedAttributes": {"LIKELY_TO_REJECT": {}},
        "languages": ["en"],
    }
    answer = client.post("/v1alpha1/comments:analyze?key=k", json=body).json()
    assert (
        answer["attributeScores"]["LIKELY_TO_REJECT"]["summaryScore"]["value"] > 0.8
    )  # its default threshold
