"""The discovery document that Google's clients read."""

from __future__ import annotations

import pytest

from beside.api.discovery import document

ADDRESS = "/$discovery/rest?version=v1alpha1"


def test_it_names_the_address_that_was_asked(client):
    found = client.get(ADDRESS).json()
    assert found == document("http://testserver")
    assert (found["rootUrl"], found["servicePath"]) == ("http://testserver/", "")
    assert client.get("/$discovery/rest").json() == found
    assert client.get("/discovery/v1/apis/commentanalyzer/v1alpha1/rest").json() == found


def test_behind_a_proxy_it_names_the_address_of_the_settings(serve):
    found = serve(url="https://gate.example/beside/").get(ADDRESS).json()
    assert (found["rootUrl"], found["baseUrl"]) == ("https://gate.example/beside/",) * 2


def test_nobody_needs_a_key_for_it(serve, tmp_path):
    assert serve(keys=tmp_path / "none.json").get(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    "address", ["/$discovery/rest?version=v1", "/discovery/v1/apis/commentanalyzer/v2/rest"]
)
def test_there_is_one_version(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is only the version v1alpha1")


def test_its_methods_are_those_of_the_api(client):
    methods = document("http://x")["resources"]["comments"]["methods"]
    described = client.get("/openapi.json").json()["paths"]
    assert {f"/{method['path']}" for method in methods.values()} == {
        path for path in described if path.startswith("/v1alpha1/")
    }
    assert {method["httpMethod"] for method in methods.values()} == {"POST"}


def test_every_reference_leads_to_a_schema():
    found = document("http://x")

    def references(node):
        if isinstance(node, dict):
            yield from [node["$ref"]] if "$ref" in node else []
            for value in node.values():
                yield from references(value)

    assert set(references(found)) <= set(found["schemas"])
    assert all(schema["id"] == name for name, schema in found["schemas"].items())


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("AnalyzeCommentRequest", "AnalyzeRequest"),
        ("AnalyzeCommentResponse", "AnalyzeAnswer"),
        ("SuggestCommentScoreRequest", "SuggestRequest"),
        ("SuggestCommentScoreResponse", "SuggestAnswer"),
    ],
)
def test_its_fields_are_those_of_the_description(client, name, model):
    described = client.get("/openapi.json").json()["components"]["schemas"][model]
    assert set(document("http://x")["schemas"][name]["properties"]) == set(described["properties"])
