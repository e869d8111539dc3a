"""Figures, and nothing but figures."""

from __future__ import annotations

from beside.api.metrics import CONTENT_TYPE, Metrics
from tests.api.conftest import INSULT, KIND


def lines(page):
    return {line for line in page.decode().splitlines() if not line.startswith("#")}


def test_what_is_counted():
    metrics = Metrics("beside-test")
    metrics.answered("own", 200, 0.004, {"deliver": 2, "hold": 1})
    metrics.answered("own", 503, 0.0001, {})
    metrics.answered("openai", 200, 0.2, {"hold": 1})
    metrics.read(0.0015)
    metrics.waiting("short", lambda: 42)
    found = lines(metrics.page())
    assert {
        'beside_requests_total{contract="own",status="200"} 1.0',
        'beside_requests_total{contract="own",status="503"} 1.0',
        'beside_requests_total{contract="openai",status="200"} 1.0',
        'beside_decisions_total{action="deliver",contract="own"} 2.0',
        'beside_decisions_total{action="hold",contract="own"} 1.0',
        'beside_decisions_total{action="hold",contract="openai"} 1.0',
        'beside_request_seconds_bucket{contract="own",le="0.002"} 1.0',
        'beside_request_seconds_bucket{contract="own",le="0.005"} 2.0',
        'beside_request_seconds_count{contract="own"} 2.0',
        'beside_gate_seconds_bucket{le="0.001"} 0.0',
        'beside_gate_seconds_bucket{le="0.002"} 1.0',
        "beside_short_lane_characters 42.0",
        'beside_model{name="beside-test"} 1.0',
    } <= found
    assert not any("created" in line for line in found)


def test_two_processes_in_one_do_not_mix():
    one, other = Metrics("a"), Metrics("b")
    one.answered("own", 200, 0.1, {})
    assert not any(line.startswith("beside_requests_total") for line in lines(other.page()))


def test_the_page_of_a_running_api(serve):
    client = serve()
    client.post("/v1/decide", json={"texts": [KIND, KIND, INSULT]})
    client.post("/v1/decide", json={"wrong": KIND})
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == CONTENT_TYPE
    found = lines(answer.content)
    assert 'beside_decisions_total{action="deliver",contract="own"} 2.0' in found
    assert 'beside_decisions_total{action="decline",contract="own"} 1.0' in found
    assert 'beside_requests_total{contract="own",status="422"} 1.0' in found
    assert "beside_gate_seconds_count 3.0" in found
    assert "beside_short_lane_characters 0.0" in found
    assert not any(word in answer.text for word in ("sorry", "idiot", "wrong"))
