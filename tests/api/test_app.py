"""The whole application, put together."""

from __future__ import annotations

import pytest

from beside import PolicyError, __version__
from beside.api.app import ENVELOPES, make_app
from beside.api.keys import Contract, KeysError
from beside.api.settings import Settings
from beside.gate.weights import WeightsError
from tests.api.conftest import KIND


def test_it_brings_its_own_gate():
    app = make_app(Settings(open=True))
    assert app.state.room.judge.model.startswith("beside-")
    assert app.version == __version__


def test_it_does_not_start_with_what_cannot_be_used(gate, tmp_path):
    (tmp_path / "bad.toml").write_text("[", encoding="utf-8")
    with pytest.raises(PolicyError):
        make_app(Settings(open=True, policies=tmp_path), gate=gate)
    (tmp_path / "keys.json").write_text("{", encoding="utf-8")
    with pytest.raises(KeysError):
        make_app(Settings(keys=tmp_path / "keys.json"), gate=gate)
    with pytest.raises(WeightsError):
        make_app(Settings(open=True, weights=tmp_path))


def test_open_keys_are_not_even_read(gate, tmp_path):
    (tmp_path / "keys.json").write_text("{", encoding="utf-8")
    assert make_app(Settings(open=True, keys=tmp_path / "keys.json"), gate=gate)


def test_without_keys_nobody_is_let_in(serve, tmp_path):
    client = serve(keys=tmp_path / "none.json")
    assert client.post("/v1/decide", json={"text": KIND}).status_code == 401
    assert client.get("/v1/labels").status_code == 401


def test_every_contract_has_an_envelope():
    assert set(ENVELOPES) == {None, *Contract}


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc", "/v1", "/v1/", "/v1/decide/", "/admin"])
def test_there_is_nothing_at_other_addresses(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "There is nothing at this address"


def test_a_wrong_method_is_told_the_right_one(client):
    answer = client.get("/v1/decide")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["detail"] == "This address does not know this method"


def test_the_description_is_for_everybody(serve, tmp_path):
    found = serve(keys=tmp_path / "none.json").get("/openapi.json").json()
    assert (found["info"]["title"], found["info"]["version"]) == ("Beside", __version__)


def test_all_contracts_agree_about_a_text(client, validation):
    for message in validation[:30]:
        text = message.text
        own = client.post("/v1/decide", json={"text": text}).json()["decisions"][0]["action"]
        openai = client.post("/v1/moderations", json={"input": text}).json()["results"][0]
        asked = {"comment": {"text": text}, "requestedAttributes": {"LIKELY_TO_REJECT": {}}}
        google = client.post("/v1alpha1/comments:analyze", json=asked).json()
        coral = client.post("/coral/open", json={"comment": {"body": text}, "story": {"id": "s"}})
        value = google["attributeScores"]["LIKELY_TO_REJECT"]["summaryScore"]["value"]
        assert openai["beside"]["decision"] == own
        assert (value < 0.5) is (own == "deliver")
        told = coral.json()["status"] if coral.status_code == 200 else "none"
        assert told == {"deliver": "none", "hold": "SYSTEM_WITHHELD", "decline": "REJECTED"}[own]
