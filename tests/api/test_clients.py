"""Other people's clients, unmodified but for the address, against a live server with keys.

Three from the Python registry, three from npm. Those of npm are installed by `npm ci` in `tests/api/npm`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import googleapiclient.discovery
import openai
import perspective
import pytest
from googleapiclient.errors import HttpError

from beside.api.keys import Key, KeyFile
from tests.api.conftest import FRENCH, HURTS, INSULT, KIND
from tests.api.live import Live

NPM = Path(__file__).parent / "npm"
ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clients")
    keys = KeyFile(folder / "keys.json")
    secret = keys.create(Key("clients", rate=0))
    slow = keys.create(Key("slow", rate=0.001, burst=1))
    server = Live(folder, "--keys", folder / "keys.json")
    server.key, server.slow = secret, slow
    yield server
    server.stop()


class TestOpenAI:
    """The Python client of OpenAI."""

    def client(self, live, key=None):
        return openai.OpenAI(base_url=f"{live.url}/v1", api_key=key or live.key, max_retries=0)

    def test_a_text_several_and_parts(self, live):
        client = self.client(live)
        one = client.moderations.create(input=INSULT)
        assert one.id.startswith("modr-")
        assert one._request_id.startswith("req_")
        assert one.model == "omni-moderation-latest"
        assert (one.results[0].flagged, one.results[0].categories.harassment) == (True, True)
        assert one.results[0].category_scores.harassment > 0.5
        assert one.results[0].category_applied_input_types.harassment == ["text"]
        assert one.results[0].beside["decision"] == "decline"
        several = client.moderations.create(input=[KIND, HURTS], model="omni-moderation-2024-09-26")
        assert [result.flagged for result in several.results] == [False, False]
        assert [result.beside["decision"] for result in several.results] == ["deliver", "hold"]
        parts = client.moderations.create(input=[{"type": "text", "text": KIND}])
        assert len(parts.results) == 1

    def test_policy_mode(self, live):
        found = self.client(live).moderations.create(
            input=HURTS, extra_body={"beside": {"policy_mode": True}}
        )
        assert found.results[0].flagged is True

    def test_errors(self, live):
        with pytest.raises(openai.AuthenticationError) as wrong:
            self.client(live, "sk-none").moderations.create(input="x")
        assert wrong.value.code == "invalid_api_key"
        image = {"type": "image_url", "image_url": {"url": "https://news.example/a.png"}}
        with pytest.raises(openai.BadRequestError) as wrong:
            self.client(live).moderations.create(input=[image])
        assert (wrong.value.code, wrong.value.param) == ("image_not_supported", "input")
        slow = self.client(live, live.slow)
        slow.moderations.create(input="x")
        with pytest.raises(openai.RateLimitError) as wrong:
            slow.moderations.create(input="x")
        assert wrong.value.code == "rate_limit_exceeded"


class TestGoogle:
    """Google's Python client, as Perspective's own page shows it."""

    @pytest.fixture
    def client(self, live):
        return self.built(live, live.key)

    def built(self, live, key):
        built = googleapiclient.discovery.build(
            "commentanalyzer",
            "v1alpha1",
            developerKey=key,
            discoveryServiceUrl=f"{live.url}/$discovery/rest?version=v1alpha1",
            static_discovery=False,
        )
        self.opened = built
        return built

    @pytest.fixture(autouse=True)
    def closed(self):
        yield
        self.opened.close()

    def ask(self, client, text, *attributes, **more):
        body = {"comment": {"text": text}, "requestedAttributes": {name: {} for name in attributes}, **more}
        return client.comments().analyze(body=body).execute()

    def test_a_comment(self, client):
        found = self.ask(client, INSULT, "TOXICITY", "LIKELY_TO_REJECT", clientToken="t", languages=["en"])
        values = [scored["summaryScore"]["value"] for scored in found["attributeScores"].values()]
        assert min(values) > 0.5
        assert (found["languages"], found["clientToken"]) == (["en"], "t")

    def test_a_suggested_score(self, client):
        body = {"comment": {"text": KIND}, "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}}}
        assert client.comments().suggestscore(body=body).execute() == {"detectedLanguages": ["und"]}

    def test_errors(self, client, live):
        with pytest.raises(HttpError) as wrong:
            self.ask(client, FRENCH, "TOXICITY")
        assert wrong.value.status_code == 400
        assert wrong.value.error_details == [
            {
                "@type": ERROR,
                "errorType": "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
                "languageNotSupportedByAttributeError": {
                    "detectedLanguages": ["und"],
                    "attribute": "TOXICITY",
                },
            }
        ]
        assert "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE" in str(wrong.value)
        client.close()
        with pytest.raises(HttpError, match="API key not valid"):
            self.ask(self.built(live, "AIzaNone"), KIND, "TOXICITY")


class TestPerspectivePy:
    """perspective.py, which has the address of the discovery document in its code."""

    @pytest.fixture
    def client(self, live, monkeypatch):
        build = googleapiclient.discovery.build

        def elsewhere(*arguments, discoveryServiceUrl, **more):
            address = discoveryServiceUrl.replace("https://commentanalyzer.googleapis.com", live.url)
            return build(*arguments, discoveryServiceUrl=address, **more)

        monkeypatch.setattr(googleapiclient.discovery, "build", elsewhere)
        client = perspective.Client(live.key)
        yield client
        client.client.close()

    def test_a_comment(self, client):
        found = client.analyze(INSULT, ["TOXICITY", "INSULT"])
        assert set(found) == {"TOXICITY", "INSULT"}
        assert min(found.values()) > 50
        assert max(client.analyze(KIND).values()) < 10

    def test_errors(self, client):
        with pytest.raises(perspective.errors.UnsupportedLanguage):
            client.analyze(FRENCH, ["TOXICITY"])


@pytest.fixture(scope="module")
def node(live):
    """Runs a script with the address, a key, a kind text and an insult; what it printed."""
    program = shutil.which("node")
    if program is None or not (NPM / "node_modules").is_dir():
        pytest.skip("needs node, and: npm ci --prefix tests/api/npm")

    def run(script):
        command = [program, str(NPM / script), live.url, live.key, KIND, INSULT]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run


def value(answer, name="TOXICITY"):
    return answer["attributeScores"][name]["summaryScore"]["value"]


class TestNpm:
    """The same three of npm."""

    def test_openai(self, node):
        found = node("openai.mjs")
        assert found["one"]["results"][0]["beside"]["decision"] == "deliver"
        assert [result["flagged"] for result in found["several"]["results"]] == [False, True]
        assert found["wrong"] == {"name": "AuthenticationError", "status": 401, "code": "invalid_api_key"}

    def test_googleapis(self, node):
        found = node("googleapis.mjs")
        assert value(found["good"]) < 0.1
        assert value(found["bad"]) > 0.5
        assert value(found["bad"], "LIKELY_TO_REJECT") > 0.9
        assert found["suggested"] == {"clientToken": "c", "detectedLanguages": ["und"]}
        assert found["wrong"] == {
            "code": 400,
            "message": "Attribute TOXICITY does not support request languages: om",
        }

    def test_perspective_api_client(self, node):
        found = node("perspective.mjs")
        assert value(found["good"]) < 0.1
        assert value(found["bad"], "INSULT") > 0.5
        assert value(found["bad"], "LIKELY_TO_REJECT") > 0.9
        assert "API key not valid" in json.dumps(found["wrong"])
