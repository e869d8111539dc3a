"""`beside serve` as somebody starts it: real processes, stopped by a signal."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.enable_socket
BESIDE = str(Path(sys.executable).with_name("beside"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.url
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), url


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BESIDE_", "DJANGO_"))}
    return {**kept, "BESIDE_DATA": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"}


def test_the_demo_starts_prints_three_links_and_stops(environment, tmp_path):
    port, api = free_port(), free_port()
    command = [BESIDE, "serve", "--demo", "--port", str(port), "--api-port", str(api)]
    environment["BESIDE_API_KEYS"] = str(tmp_path / "keys.json")
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        said = ""
        while "Ctrl-C" not in said:
            line = running.stdout.readline()
            assert line, said
            said += line
        links = re.findall(rf"http://127\.0\.0\.1:{port}/(?:demo|in)/\S+", said)
        assert len(links) == 3
        assert [get(link)[0] for link in links] == [200, 200, 200]
        assert get(f"http://127.0.0.1:{port}/health/live")[:2] == (200, "live\n")
        ready = {}
        for _ in range(60):
            ready = json.loads(get(f"http://127.0.0.1:{port}/health/ready")[1])
            if ready["ready"]:
                break
            time.sleep(0.5)
        assert ready == {"ready": True, "bad": []}
        assert get(f"http://127.0.0.1:{api}/health")[0] == 200
        assert get(f"http://127.0.0.1:{api}/v1/policies")[0] == 401
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0
        running.stdout.close()
    for ended in (port, api):
        with pytest.raises(urllib.error.URLError):
            get(f"http://127.0.0.1:{ended}/health/live")


@pytest.mark.parametrize("option", ["--port", "--api-port"])
def test_a_port_in_use_is_said_plainly(environment, option):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [BESIDE, "serve", "--port", str(free_port()), option, str(port)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == f"Error: something else listens on port {port}. Name another: {option} {port + 1}\n"
