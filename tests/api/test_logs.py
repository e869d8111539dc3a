"""Logs without a text in them."""

from __future__ import annotations

import io
import json
import logging

import pytest

from beside.api import logs
from tests.api.conftest import FRENCH, INSULT, KIND

SECRET = "xyzzy-what-somebody-wrote"


@pytest.fixture
def written():
    """What is logged, as objects; the loggers are put back as they were."""
    kept = [(name, logging.getLogger(name)) for name in ("beside.api", "uvicorn")]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for _, logger in kept]
    stream = io.StringIO()
    logs.start(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger, handlers, propagate, level in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_an_event_is_one_line_of_json(written):
    logs.event("request", status=200, actions={"hold": 1})
    logs.event("failed", logging.ERROR, fault="KeyError")
    first, second = written()
    assert first.pop("time")[10] == "T"
    assert first == {"level": "info", "event": "request", "status": 200, "actions": {"hold": 1}}
    assert (second["level"], second["event"], second["fault"]) == ("error", "failed", "KeyError")


def test_a_time_is_utc_with_milliseconds():
    record = logging.makeLogRecord({"created": 1795581686.0604, "msg": "x"})
    assert json.loads(logs.Lines().format(record))["time"] == "2026-11-25T04:41:26.060Z"


def test_a_librarys_message_comes_without_its_arguments(written):
    logging.getLogger("uvicorn.error").warning("Could not do %s", SECRET)
    (line,) = written()
    assert (line["event"], line["logger"], line["note"]) == ("note", "uvicorn.error", "Could not do %s")
    assert SECRET not in json.dumps(line)


def test_an_exception_comes_without_its_message(written):
    def broken(text):
        raise ValueError(text)

    try:
        broken(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    (line,) = written()
    assert line["fault"] == "ValueError"
    assert [place.split(":")[0] for place in line["places"]] == ["test_logs.py", "test_logs.py"]
    assert SECRET not in json.dumps(line)


def test_a_request_is_logged_by_its_route_and_outcome(written, serve):
    client = serve()
    client.post("/v1/decide?note=sorry", json={"texts": [KIND, INSULT]}, headers={"x-request-id": "abc-1"})
    (line,) = written()
    assert line.pop("time")
    assert line.pop("ms") > 0
    assert line == {
        "level": "info",
        "event": "request",
        "id": "abc-1",
        "contract": "own",
        "method": "POST",
        "route": "/v1/decide",
        "status": 200,
        "key": "open",
        "texts": 2,
        "actions": {"deliver": 1, "decline": 1},
    }


def test_health_and_figures_are_not_logged(written, client):
    for path in ("/health", "/health/live", "/health/ready", "/metrics"):
        assert client.get(path).status_code == 200
    assert written() == []


def test_no_text_is_logged_whatever_happens(written, serve, gate):
    class Broken:
        model = "broken"

        def read(self, text):
            raise RuntimeError(text)

        judge = None

    for client in (serve(), serve(Broken())):
        for text in (KIND, INSULT, FRENCH, SECRET):
            asked = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, "clientToken": text}
            client.post("/v1/decide", json={"text": text})
            client.post("/v1/decide", json={"text": text, text: text})
            client.post("/v1/decide", content=text, headers={"content-type": "application/json"})
            client.post(f"/v1/decide/{text}", json={"text": text})
            client.post("/v1alpha1/comments:analyze", params={"key": text}, json=asked)
            client.post("/v1/moderations", json={"input": text, "model": text})
            client.post("/v1/moderations", json={"input": [text, 3]})
            client.post("/coral/open", json={"comment": {"body": text}, "story": {"id": text, "url": text}})
            client.get(
                "/v1/labels",
                headers={"x-request-id": text.encode(), "authorization": f"Bearer {text}".encode()},
            )
    found = json.dumps(written())
    assert found.count('"event": "request"') == 2 * 4 * 9
    for word in ("sorry", "idiot", "désolé", "d\\u00e9sol"):
        assert word not in found
    # an id that can be nothing but an id is the caller's own, and comes back as it was sent
    assert found.count(SECRET) == 2
