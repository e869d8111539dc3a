"""A real server in a process of its own, for the tests that need one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

_START = "from beside.api.command import api; api()"


class Live:
    """The API on a free port of this machine, started as the command starts it."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _START, "--port", str(self.port), *map(str, arguments)],
                stdout=log,
                stderr=log,
                cwd=folder,
                env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
            )
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
                time.sleep(0.1)
        raise AssertionError("it did not start")

    def stop(self) -> int:
        """Asks it to end; its exit status."""
        self.process.terminate()
        return self.process.wait(timeout=60)
