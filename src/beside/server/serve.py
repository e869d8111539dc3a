"""`beside serve`: the database made ready, then web, worker and API side by side until they are told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

_SOON = 1.0


@dataclass
class Child:
    """One process that is started again when it ends by itself."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = field(default=None)
    started: float = 0.0

    def keep(self) -> None:
        """Starts it unless it runs; not more often than once a second."""
        ended = self.process is None or self.process.poll() is not None
        if ended and time.monotonic() - self.started > _SOON:
            self.started = time.monotonic()
            self.process = subprocess.Popen(self.command)  # noqa: S603  our own command

    def stop(self) -> None:
        """Asks it to end and waits for what it is doing."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()


def environment(*, port: int, demo: bool) -> None:
    """Settings that follow from how the command was given; what the environment says already stays."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beside.server.settings")
    os.environ.setdefault("BESIDE_URL", f"http://127.0.0.1:{port}")
    if demo:
        os.environ["BESIDE_DEMO"] = "1"
        os.environ.setdefault("BESIDE_DATA", "data-demo")
        os.environ.setdefault("BESIDE_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")


def prepare() -> None:
    """Settings, migrations and static files."""
    import django
    from django.core.management import call_command

    django.setup()
    from beside.server import durable

    durable.check()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def free(address: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def serve(
    *,
    address: str,
    port: int,
    processes: int,
    threads: int,
    api_port: int | None,
    ready: Callable[[], None],
) -> int:
    """Runs until SIGINT or SIGTERM. `ready` is called once the web answers. The API, on `api_port` if one is
    given, is a process of its own: what its callers send cannot slow a mourner's page down."""
    web = [sys.executable, "-m", "gunicorn", "beside.server.wsgi:application", "--bind", f"{address}:{port}"]
    web += ["--workers", str(processes), "--threads", str(threads), "--worker-class", "gthread"]
    web += ["--log-level", "warning", "--graceful-timeout", "20", "--no-control-socket"]
    children = [Child(web), Child([sys.executable, "-m", "beside.server.worker"])]
    if api_port is not None:
        api = [sys.executable, "-m", "beside.cli", "api", "--quiet", "--host", address]
        api += ["--port", str(api_port)]
        children.append(Child(api))
    stopping = _stop_on_signals()
    for child in children:
        child.keep()
    told = False
    while not stopping():
        for child in children:
            child.keep()
        if not told and answers(port):
            told = True
            ready()
        time.sleep(0.2)
    for child in reversed(children):
        child.stop()
    return 0


def greeting(*, demo: bool, api_port: int | None = None) -> str:
    """What to tell whoever started it, once it runs."""
    api = f"\nThe API answers on port {api_port}. Its keys: beside api key create" if api_port else ""
    return _of_place(demo=demo) + api


def _of_place(*, demo: bool) -> str:
    from django.conf import settings

    if demo:
        from beside.space.verbs.demo import links

        found = links()
        return (
            "Beside runs, with a demo space of made-up people. Open one of these:\n\n"
            f"  as the host, whose space it is      {found.host}\n"
            f"  as a guest, who writes to her       {found.guest}\n"
            f"  as the friend who reads first       {found.friend}\n\n"
            "Stop it with Ctrl-C."
        )
    from beside.space.verbs.operate import setup_code

    code = setup_code()
    first = (
        f"\nNobody operates it yet: open {settings.BESIDE_URL}/setup/ with the code {code}" if code else ""
    )
    return f"Beside runs at {settings.BESIDE_URL}/ . Stop it with Ctrl-C.{first}"


def answers(port: int) -> bool:
    """Whether the web process takes requests yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop_on_signals() -> Callable[[], bool]:
    told: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        told.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, remember)
    return lambda: bool(told)
