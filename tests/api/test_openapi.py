"""What the API says of itself, and whether it keeps to it whatever is sent."""

from __future__ import annotations

import hashlib
import hmac
import tempfile
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth

from beside import Gate
from beside.api.app import make_app
from beside.api.keys import Contract, Key, KeyFile
from beside.api.settings import Settings
from tests.conftest import count

_FILE = Path(tempfile.mkdtemp(prefix="beside-keys-")) / "keys.json"
_SIGNING = "empsec_of_the_test"
_SECRET = KeyFile(_FILE).create(
    Key("newsroom", contracts=tuple(Contract), rate=0, stories=("*",), signing=(_SIGNING,))
)


class Signing:
    """Signs what is sent to Coral's phase as Coral would, where the header asks for it."""

    def __init__(self, app):
        self._app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and (b"x-coral-signature", b"please") in scope["headers"]:
            message = await receive()
            assert not message.get("more_body")
            made = hmac.new(_SIGNING.encode(), message.get("body", b""), hashlib.sha256).hexdigest()
            headers = [pair for pair in scope["headers"] if pair[0] != b"x-coral-signature"]
            scope = {**scope, "headers": [*headers, (b"x-coral-signature", f"sha256={made}".encode())]}

            async def receive():
                return message

        await self._app(scope, receive, send)


gate = Gate()
with_keys = schemathesis.openapi.from_asgi(
    "/openapi.json", Signing(make_app(Settings(keys=_FILE, deadline=30, coral_deadline=30), gate=gate))
)
without = schemathesis.openapi.from_asgi(
    "/openapi.json", make_app(Settings(open=True, deadline=30), gate=gate)
)
thorough = settings(max_examples=count(500, 25), deadline=None, suppress_health_check=list(HealthCheck))


@with_keys.exclude(path_regex="^/v1alpha1/").parametrize()
@thorough
def test_it_keeps_to_its_description(case):
    case.call_and_validate(headers={"Authorization": f"Bearer {_SECRET}", "X-Coral-Signature": "please"})


@with_keys.include(path_regex="^/v1alpha1/").parametrize()
@thorough
def test_perspective_keeps_to_its_description(case):
    # Google answers a key that is none with 400, and so must whoever speaks its contract
    headers = {"Authorization": f"Bearer {_SECRET}"}
    case.call_and_validate(headers=headers, excluded_checks=[ignored_auth])


@without.parametrize()
@thorough
def test_an_open_api_keeps_to_its_description(case):
    case.call_and_validate()


def paths(schema):
    return {f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods}


def test_every_route_is_described(client):
    assert paths(client.get("/openapi.json").json()) == {
        "POST /v1/decide",
        "GET /v1/policies",
        "GET /v1/labels",
        "POST /v1alpha1/comments:analyze",
        "POST /v1alpha1/comments:suggestscore",
        "GET /$discovery/rest",
        "GET /discovery/v1/apis/commentanalyzer/{version}/rest",
        "POST /v1/moderations",
        "POST /coral/{name}",
        "GET /health",
        "GET /health/live",
        "GET /health/ready",
        "GET /metrics",
    }


def test_errors_are_described_in_the_envelope_of_their_contract(client):
    paths = client.get("/openapi.json").json()["paths"]

    def envelope(path):
        kind, shown = next(iter(paths[path]["post"]["responses"]["429"]["content"].items()))
        return kind, shown["schema"]["$ref"].rsplit("/", 1)[1]

    assert envelope("/v1/decide") == ("application/problem+json", "ProblemAnswer")
    assert envelope("/coral/{name}") == ("application/problem+json", "ProblemAnswer")
    assert envelope("/v1alpha1/comments:analyze") == ("application/json", "GoogleError")
    assert envelope("/v1/moderations") == ("application/json", "OpenAIError")


def test_keys_are_described_where_they_are_asked_for(client, serve):
    assert "securitySchemes" not in client.get("/openapi.json").json()["components"]
    assert all(
        "security" not in operation
        for methods in client.get("/openapi.json").json()["paths"].values()
        for operation in methods.values()
    )
    described = serve(keys=_FILE).get("/openapi.json").json()
    paths = described["paths"]
    assert set(described["components"]["securitySchemes"]) == {"bearer", "header", "query", "signature"}
    assert paths["/v1/decide"]["post"]["security"] == [{"bearer": []}, {"header": []}]
    assert paths["/v1alpha1/comments:analyze"]["post"]["security"] == [{"query": []}, {"bearer": []}]
    assert paths["/coral/{name}"]["post"]["security"] == [{"signature": []}]
    assert paths["/health"]["get"]["security"] == []


def test_every_reference_leads_somewhere(client):
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]

    def references(node):
        if isinstance(node, dict):
            yield from [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    found = {reference.rsplit("/", 1)[1] for reference in references(described)}
    assert found <= set(schemas)
    assert "ValidationError" not in schemas


def test_its_examples_are_answered(client):
    described = client.get("/openapi.json").json()
    for path, name in [
        ("/v1/decide", "DecideRequest"),
        ("/v1alpha1/comments:analyze", "AnalyzeRequest"),
        ("/v1/moderations", "ModerationRequest"),
        ("/coral/newsroom", "CoralRequest"),
    ]:
        for example in described["components"]["schemas"][name]["examples"]:
            answer = client.post(path, json=example)
            assert answer.status_code in (200, 204), (path, answer.text)
