"""A live server: signals, what it leaves behind, and what it does under load."""

from __future__ import annotations

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from beside.api.keys import Key, KeyFile
from tests.api.live import Live
from tests.conftest import count

MARK = "xyzzy"


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    server = Live(tmp_path_factory.mktemp("live"), "--open")
    yield server
    server.stop()


def lines(server):
    return [json.loads(line) for line in server.log.read_text("utf-8").splitlines() if line.startswith("{")]


def test_it_answers(live):
    answer = httpx2.post(f"{live.url}/v1/decide", json={"text": "So sorry for your loss."})
    assert answer.json()["decisions"][0]["action"] == "deliver"
    assert "server" not in answer.headers


def test_told_to_stop_it_finishes_what_it_has_begun(tmp_path):
    server = Live(tmp_path, "--open")
    long = ("I was thinking of you and of the little one. " * 400)[:20_000]
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(httpx2.post, f"{server.url}/v1/decide", json={"texts": [long] * 2}, timeout=60)
        time.sleep(0.3)
        assert server.stop() == 0
        answer = asked.result()
    assert answer.status_code == 200
    assert len(answer.json()["decisions"]) == 2
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{server.url}/health/live")


def test_a_key_counts_from_the_next_request_on(tmp_path):
    keys = KeyFile(tmp_path / "keys.json")
    server = Live(tmp_path, "--keys", tmp_path / "keys.json")
    ask = {"json": {"text": "x"}}
    try:
        assert httpx2.post(f"{server.url}/v1/decide", **ask).status_code == 401
        headers = {"authorization": f"Bearer {keys.create(Key('forum'))}"}
        assert httpx2.post(f"{server.url}/v1/decide", headers=headers, **ask).status_code == 200
        keys.revoke("forum")
        assert httpx2.post(f"{server.url}/v1/decide", headers=headers, **ask).status_code == 401
    finally:
        server.stop()


def test_no_text_is_left_in_logs_figures_or_on_disk(tmp_path):
    server = Live(tmp_path, "--open")
    paths = ["/v1/decide", "/v1alpha1/comments:analyze?key=k", "/v1/moderations", "/coral/open"]
    with httpx2.Client(base_url=server.url) as client:
        for i in range(count(2000, 100)):
            text = f"{MARK} I am so sorry for your loss, you idiot {i}"
            body = {
                "/v1/decide": {"text": text},
                "/v1/moderations": {"input": text, "model": MARK},
                "/coral/open": {"comment": {"body": text}, "story": {"id": "s"}},
            }.get(paths[i % 4], {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}})
            assert client.post(paths[i % 4], json=body).status_code in (200, 204)
            client.post(paths[i % 4], json={MARK: text})
        figures = client.get("/metrics").text
    server.stop()
    assert MARK not in figures
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert server.log in left
    for path in left:
        assert MARK.encode() not in path.read_bytes(), path
    assert len(lines(server)) > count(4000, 200)


def test_a_failing_line_of_http_is_no_fault(live):
    with socket.create_connection(("127.0.0.1", live.port)) as raw:
        raw.sendall(f"{MARK} {MARK}\r\n\r\n".encode())
        assert b"400 Bad Request" in raw.recv(1000)
    assert MARK not in live.log.read_text(encoding="utf-8")


def test_under_more_load_than_it_can_bear_every_answer_is_right_or_a_refusal(live):
    statuses, wrong = [], []
    until = time.monotonic() + count(20, 3)

    def caller(number):
        with httpx2.Client(base_url=live.url, timeout=30) as client:
            i = 0
            while time.monotonic() < until:
                i += 1
                text = f"You are an idiot and a liar, {number} {i}"
                answer = client.post("/v1/decide", json={"texts": [text] * 20})
                statuses.append(answer.status_code)
                if answer.status_code == 200:
                    actions = {one["action"] for one in answer.json()["decisions"]}
                    wrong.extend(actions - {"decline", "hold"})
                elif answer.status_code == 503:
                    assert answer.headers["retry-after"] == "1"

    threads = [threading.Thread(target=caller, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {200, 503}
    assert 200 in statuses
    assert wrong == []
    assert live.process.poll() is None
    assert httpx2.get(f"{live.url}/health/live").status_code == 200


def test_the_process_stays_small(live):
    status = Path(f"/proc/{live.process.pid}/status").read_text(encoding="ascii")
    (most,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    assert int(most) < 400_000
