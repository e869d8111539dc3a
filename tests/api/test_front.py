"""What every request passes, whatever its contract."""

from __future__ import annotations

import asyncio
import json
import threading
import time

import pytest

from beside import Action
from beside.api.app import make_app
from beside.api.front import Visit, refusal_of
from beside.api.judge import Seen
from beside.api.keys import Key, KeyFile
from beside.api.pressure import Busy, Late
from beside.api.problem import Kind, Refusal
from beside.api.settings import Settings
from tests.api.conftest import HURTS, KIND
from tests.api.loop import run

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (Refusal(Kind.NOT_FOUND, ""), Kind.NOT_FOUND),
        (Busy(), Kind.BUSY),
        (Late(), Kind.LATE),
        (RuntimeError("x"), Kind.FAILED),
    ],
)
def test_any_exception_is_a_refusal(problem, kind):
    assert refusal_of(problem).kind is kind


def test_a_visit_counts_what_was_decided(gate):
    visit = Visit(None, "id", 0.0)
    seen = [Seen(gate.read(text), gate.decide(text), {}) for text in (KIND, KIND, HURTS)]
    visit.note(seen)
    visit.note(seen[:1])
    assert visit.texts == 4
    assert visit.actions == {Action.DELIVER: 3, Action.HOLD: 1}
    assert visit.milliseconds >= 1


def test_every_answer_carries_an_id_and_is_not_kept(client):
    for answer in (client.get("/health/live"), client.get("/nowhere"), client.post("/v1/decide", json={})):
        assert answer.headers["x-request-id"].startswith("req_")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
    first, second = (client.get("/health/live").headers["x-request-id"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ("abc-1_2.3", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("I am so sorry", False),
        ("é", False),
        ("", False),
    ],
)
def test_a_callers_id_is_taken_over_only_if_it_is_one(client, sent, taken):
    given = client.get("/health/live", headers={"x-request-id": sent.encode()}).headers["x-request-id"]
    assert (given == sent) is taken


ENVELOPES = {
    "/v1/decide": lambda body: (body["status"], body["code"]),
    "/v1alpha1/comments:analyze": lambda body: (body["error"]["code"], body["error"]["status"]),
    "/v1/moderations": lambda body: (body["error"]["type"], body["error"]["code"]),
}


def said(path, answer):
    return ENVELOPES[path](answer.json())


@pytest.mark.parametrize(
    ("path", "none", "bad", "other"),
    [
        ("/v1/decide", (401, "no_key"), (401, "bad_key"), (403, "not_allowed")),
        (
            "/v1alpha1/comments:analyze",
            (403, "PERMISSION_DENIED"),
            (400, "INVALID_ARGUMENT"),
            (403, "PERMISSION_DENIED"),
        ),
        (
            "/v1/moderations",
            ("invalid_request_error", None),
            ("invalid_request_error", "invalid_api_key"),
            ("invalid_request_error", "permission_denied"),
        ),
    ],
)
def test_each_contract_refuses_in_its_own_words(serve, tmp_path, path, none, bad, other):
    secret = KeyFile(tmp_path / "k.json").create(Key("figures", contracts=("metrics",)))
    client = serve(keys=tmp_path / "k.json")
    assert said(path, client.post(path, json={})) == none
    assert said(path, client.post(path, json={}, headers={"authorization": "Bearer x"})) == bad
    assert said(path, client.post(path, json={}, headers={"authorization": f"Bearer {secret}"})) == other
    assert client.get("/metrics", headers={"x-api-key": secret}).status_code == 200
    assert client.get("/metrics").status_code == 401


def test_a_caller_who_asks_too_fast_is_told_when_to_come_again(serve, tmp_path):
    secret = KeyFile(tmp_path / "k.json").create(Key("forum", rate=0.1, burst=1))
    client = serve(keys=tmp_path / "k.json")
    client.headers["authorization"] = f"Bearer {secret}"
    assert client.post("/v1/decide", json={"text": KIND}).status_code == 200
    own = client.post("/v1/decide", json={"text": KIND})
    assert (own.status_code, own.headers["retry-after"]) == (429, "10")
    google = client.post("/v1alpha1/comments:analyze", json={})
    assert (google.status_code, said("/v1alpha1/comments:analyze", google)) == (
        429,
        (429, "RESOURCE_EXHAUSTED"),
    )
    openai = client.post("/v1/moderations", json={})
    assert openai.json()["error"]["code"] == "rate_limit_exceeded"
    assert 9_000 < int(openai.headers["retry-after-ms"]) <= 10_000


def test_several_texts_cost_several_times_as_much(serve, tmp_path):
    secret = KeyFile(tmp_path / "k.json").create(Key("forum", rate=0.1, burst=3))
    client = serve(keys=tmp_path / "k.json")
    client.headers["authorization"] = f"Bearer {secret}"
    assert client.post("/v1/decide", json={"texts": [KIND] * 3}).status_code == 200
    assert client.post("/v1/decide", json={"text": KIND}).status_code == 429


@pytest.mark.parametrize("path", list(ENVELOPES))
def test_a_body_that_is_too_large_is_refused(serve, path):
    client = serve(body=1000)
    assert client.post(path, json={"text": "x" * 900}).status_code != 413
    large = client.post(path, json={"text": "x" * 1000})
    assert (large.status_code, large.headers["connection"]) == (413, "close")
    pieces = client.post(path, content=iter([b"{", b" " * 600, b" " * 600, b"}"]), headers=JSON)
    assert pieces.status_code == 413
    assert client.post(path, content=b"{}", headers={**JSON, "content-length": "x"}).status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_a_body_that_is_not_json_by_its_header_is_refused(client, kind):
    answer = client.post("/v1/decide", content=b'{"text": "x"}', headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "not_json")


@pytest.mark.parametrize(
    "kind", [None, "application/json", "Application/JSON; charset=utf-8", "application/x+json"]
)
def test_a_body_that_is_json_is_read(client, kind):
    headers = {} if kind is None else {"content-type": kind}
    body = json.dumps({"text": KIND}).encode()
    assert client.post("/v1/decide", content=body, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"nul",
        b"[" * 5_000,
        b'{"text": ' + b"1" * 5_000 + b"}",
        b"\xef\xbb\xbf{}",
        b"\\ud800",
    ],
)
@pytest.mark.parametrize("path", list(ENVELOPES))
def test_a_body_that_is_no_json_is_refused_in_every_contract(client, path, body):
    assert client.post(path, content=body, headers=JSON).status_code in (400, 422)


def test_half_an_emoji_does_not_break_the_body(client):
    body = rb'{"text": "thinking of you \ud83d", "offsets": "utf16"}'
    half = client.post("/v1/decide", content=body, headers=JSON)
    whole = client.post("/v1/decide", json={"text": "thinking of you ?", "offsets": "utf16"})
    assert half.status_code == 200
    assert half.json() == whole.json()


def test_whole_emoji_that_are_written_as_halves_stay_whole(client):
    escaped = client.post("/v1/decide", content=json.dumps({"text": "love 🕊"}), headers=JSON)
    plain = client.post(
        "/v1/decide", content=json.dumps({"text": "love 🕊"}, ensure_ascii=False).encode(), headers=JSON
    )
    assert escaped.json() == plain.json()


class Hung:
    """A gate that hangs until it is let go."""

    model = "hung"

    def __init__(self):
        self.go = threading.Event()

    def read(self, text):
        self.go.wait(20)
        raise RuntimeError(text)

    judge = None


@pytest.fixture
def hung():
    gate = Hung()
    yield gate
    gate.go.set()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/decide", {"text": KIND}),
        ("/v1alpha1/comments:analyze", {"comment": {"text": KIND}, "requestedAttributes": {"TOXICITY": {}}}),
        ("/v1/moderations", {"input": KIND}),
    ],
)
def test_a_gate_that_hangs_is_late_and_then_busy_at_once(serve, hung, path, body):
    client = serve(hung, deadline=0.1, threads=1)
    late = client.post(path, json=body)
    assert (late.status_code, late.headers["retry-after"]) == (503, "1")
    start = time.perf_counter()
    busy = client.post(path, json=body)
    assert time.perf_counter() - start < 0.1
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")


def test_busy_and_late_are_told_apart(serve, hung):
    client = serve(hung, deadline=0.1, threads=1)
    assert client.post("/v1/decide", json={"text": KIND}).json()["code"] == "late"
    busy = client.post("/v1/decide", json={"text": KIND})
    assert (busy.status_code, busy.json()["code"]) == (503, "busy")
    assert busy.json()["detail"] == "More is waiting than can be answered in time. Come again"


def test_a_full_gate_refuses_before_it_reads_the_body(gate, hung):
    app = make_app(Settings(open=True, queue=1, deadline=5), gate=hung)
    sent = []

    async def never():
        raise AssertionError("the body was read")

    async def send(message):
        sent.append(message)

    async def once():
        return {"type": "http.request", "body": b'{"text": "x"}', "more_body": False}

    async def ran():
        first = asyncio.create_task(app(asked(), once, lambda _: asyncio.sleep(0)))
        await asyncio.sleep(0.1)
        await app(asked(), never, send)
        hung.go.set()
        await first

    run(ran())
    assert sent[0]["status"] == 503


def asked(**more):
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/v1/decide",
        "raw_path": b"/v1/decide",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        **more,
    }


def answered(settings, gate, receive):
    sent = []

    async def send(message):
        sent.append(message)

    run(make_app(settings, gate=gate)(asked(), receive, send))
    return sent[0]["status"]


def test_a_body_that_never_comes_is_not_waited_for(gate):
    async def never():
        await asyncio.sleep(20)

    assert answered(Settings(open=True, body_seconds=0.05), gate, never) == 408


def test_a_caller_who_hangs_up_is_no_fault(gate):
    async def gone():
        return {"type": "http.disconnect"}

    assert answered(Settings(open=True), gate, gone) == 408


def test_a_fault_in_the_code_is_answered_without_its_message(serve, gate, monkeypatch):
    client = serve()

    def broken(*_):
        raise RuntimeError("xyzzy")

    monkeypatch.setattr("beside.api.own._decision", broken)
    answer = client.post("/v1/decide", json={"text": KIND})
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong here. It was logged, without the text",
        "code": "failed",
    }
