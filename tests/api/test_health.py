"""Alive, ready, busy."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from beside import Policy


def test_alive(client):
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
def test_ready(client, gate, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "model": gate.model, "trouble": []})


def test_trouble_with_a_policy_is_shown(serve, tmp_path):
    client = serve(policies=tmp_path, shelf_seconds=0.0)
    (tmp_path / "bad.toml").write_text("[", encoding="utf-8")
    assert client.get("/health/ready").json()["trouble"] == []
    client.get("/v1/policies")
    assert client.get("/health/ready").json()["trouble"] == ["bad"]


def test_health_needs_no_key(serve, tmp_path):
    client = serve(keys=tmp_path / "k.json")
    assert {client.get(path).status_code for path in ("/health", "/health/live", "/health/ready")} == {200}


def test_a_gate_that_recognises_nothing_is_not_ready(serve, gate):
    class Deaf:
        model = "deaf"
        read = gate.read

        def judge(self, reading, policy=None):
            return gate.judge(reading, Policy.from_dict({"preset": "quiet"}))

    answer = serve(Deaf()).get("/health/ready")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")


def test_a_gate_that_hangs_is_alive_but_not_ready(serve):
    class Hung:
        model = "hung"
        go = threading.Event()

        def read(self, text):
            self.go.wait(20)
            raise RuntimeError

        judge = None

    client = serve(Hung(), deadline=0.1, threads=1)
    first = client.get("/health/ready")
    assert (first.status_code, first.json()["detail"]) == (503, "The gate does not answer")
    assert client.get("/health/live").status_code == 200
    Hung.go.set()


def test_busy_is_ready(serve, gate):
    class Slow:
        model = gate.model
        go = threading.Event()
        entered = threading.Event()
        judge = gate.judge

        def read(self, text):
            self.entered.set()
            self.go.wait(20)
            return gate.read(text)

    client = serve(Slow(), deadline=20, queue=1)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/v1/decide", json={"text": "x"})
        assert Slow.entered.wait(20)
        status = client.get("/health/ready").json()["status"]
        Slow.go.set()
        assert status == "busy"
        assert first.result().status_code == 200
