"""The public surface, and what importing it costs."""

import json
import subprocess
import sys

import beside

HEAVY = (
    "django",
    "torch",
    "transformers",
    "huggingface_hub",
    "fastapi",
    "pyarrow",
    "sklearn",
    "httpx2",
    "urllib3",
)


def run(code: str) -> dict:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_public_names_are_these():
    assert sorted(beside.__all__) == [
        "Action",
        "Caution",
        "Decision",
        "Gate",
        "Policy",
        "PolicyError",
        "Reading",
        "Span",
        "__version__",
    ]
    assert all(hasattr(beside, name) for name in beside.__all__)


def test_import_and_decide_load_nothing_heavy_and_open_no_connection():
    code = f"""
import json, socket, sys
calls = []
def refused(self, *args): calls.append(args); raise OSError("no network")
socket.socket.connect = refused
socket.getaddrinfo = refused
import beside
action = beside.Gate().decide("So sorry for your loss.").action
loaded = [name for name in {HEAVY!r} if name in sys.modules]
print(json.dumps({{"loaded": loaded, "calls": len(calls), "action": action}}))
"""
    assert run(code) == {"loaded": [], "calls": 0, "action": "deliver"}


def test_decisions_are_the_same_in_another_process():
    text = "I'm so sorry. At least it was early."
    code = f"""
import json, beside
got = beside.Gate().decide({text!r})
print(json.dumps([got.action, got.labels, got.support, got.codes]))
"""
    got = beside.Gate().decide(text)
    assert run(code) == json.loads(json.dumps([got.action, got.labels, got.support, got.codes]))
