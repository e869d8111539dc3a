"""The load of the API: what is asked, and what the page says of the answers."""

from __future__ import annotations

import json
import urllib.request

import pytest
from bench.api import LOADS, Load, body, overload, page, served


@pytest.mark.enable_socket
def test_every_load_is_answered_by_a_fresh_api():
    with served() as (url, _):
        for load in LOADS:
            content = json.dumps(body(load.path, "Thinking of you both.")).encode()
            asked = urllib.request.Request(
                url + load.path, content, {"Content-Type": "application/json"}, method="POST"
            )
            with urllib.request.urlopen(asked, timeout=20) as answer:
                assert answer.status == 200


def test_overload_is_three_times_what_it_answers():
    assert overload(210.4) == Load("own contract, three times what it answers", "/v1/decide", 200, 631)


def test_the_page_gives_medians_and_every_answer():
    rounds = [
        {"seconds": 10.0, "requests": count, "p50": time, "p99": time, "p999": time, "max": time}
        | {"unanswered": lost, "statuses": {"200": count - 5, "503": 5}, "client": 1.0}
        for count, time, lost in ((2000, 4.0, 0), (3000, 2.0, 1), (1000, 9.0, 0))
    ]
    text = page({"one load": rounds}, 251.4, "2026-01-02", "the command")
    answers = "5985 × 200, 15 × 503, 1 × none"
    assert f"| one load | 200 | 4.0 | 4.0 | 4.0 | 4.0 | {answers} | 0.10 of a core |" in text
    assert "251 MB" in text
    assert "Written by `the command` on 2026-01-02." in text
