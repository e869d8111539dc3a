"""Starting the API: one process, one gate, one event loop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIGINT, SIGTERM

import uvicorn

from beside.api import logs
from beside.api.app import make_app
from beside.api.settings import Settings


def serve(settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM, then finishes what it has begun. Raises what `make_app` raises."""
    logs.start()
    sys.setswitchinterval(0.0005)  # so that a reading thread does not keep the event loop waiting for long
    app = make_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,  # ours, which hold no text; uvicorn's access log would hold addresses with keys
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=30,
        backlog=2048,
        ws="none",
    )
    _Server(config).run()


class _Server(uvicorn.Server):
    """Ends by itself when it is told to, so that the command that started it ends well too."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes SIGINT and SIGTERM as long as it serves."""
        before = {number: signal.signal(number, self.handle_exit) for number in (SIGINT, SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
