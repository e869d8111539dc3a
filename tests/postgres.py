"""`python -m tests.postgres [PYTEST ARGUMENTS]`: the tests that write to a database, on a real PostgreSQL.

A cluster of its own is started in a temporary folder on a free port, and ended with the tests.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# what writes; pages and looks pass there too: `tests/space tests/server tests/crash tests/flows`
_TESTS = ("tests/space/verbs", "tests/space/test_sealed.py", "tests/crash", "tests/flows")
_LOOKS = ("accessible", "tour", "weight", "right_to_left")
_USER = "postgres"


def main(arguments: list[str]) -> int:
    """pytest's exit status; 0 with a word where no PostgreSQL is installed."""
    programs = _programs()
    if programs is None:
        print("PostgreSQL is not installed, so nothing was tested on it: apt-get install postgresql")
        return 0
    with _cluster(programs) as url:
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "2", *(arguments or _writing())],
            env={**os.environ, "BESIDE_DATABASE": url},
            check=False,
        ).returncode


def _writing() -> list[str]:
    left_out = (f"--ignore=tests/flows/test_{name}.py" for name in _LOOKS)
    return ["-q", *_TESTS, *left_out]


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl, which Debian keeps out of the path; the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def _cluster(programs: Path) -> Iterator[str]:
    """The address of a server that lives as long as the context."""
    with tempfile.TemporaryDirectory(prefix="beside-postgres-") as folder:
        data, port = Path(folder) / "data", _free_port()
        if os.geteuid() == 0:  # a server refuses to run as root
            shutil.chown(folder, _USER)
        log = Path(folder) / "log"
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _do([str(programs / "initdb"), "-D", str(data), "-U", _USER, "--auth=trust", "-E", "UTF8"])
        _do([str(programs / "pg_ctl"), "-D", str(data), "-l", str(log), "-o", options, "-w", "start"])
        try:
            yield f"postgresql://{_USER}@127.0.0.1:{port}/postgres"
        finally:
            _do([str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])


def _do(command: list[str]) -> None:
    as_user = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_user, *command], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
