"""A client for the API around the real gate; no test reaches further than this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from beside import Gate
from beside.api.app import make_app
from beside.api.ordinary import Ordinary
from beside.api.settings import Settings

KIND = "I am so sorry for your loss. Thinking of you both."
HURTS = "At least it was early."
INSULT = "You are an idiot and a liar."
CRISIS = "I just lost mine and I don't want to be here any more."
FRENCH = "Je suis vraiment désolé pour toi, mon ami, et je pense à vous deux ce soir."

_comments = cache(Ordinary)  # one for all tests, as costly as a gate
Serve = Callable[..., TestClient]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Event loops and test servers need sockets; nothing but this machine may be reached through them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@pytest.fixture
def comments() -> Ordinary:
    """The shipped reader of ordinary comments."""
    return _comments()


@pytest.fixture
def serve(gate: Gate) -> Iterator[Serve]:
    """A client of an API with the given settings, around the real gate or another."""
    with ExitStack() as stack:

        def started(other: object = None, **settings: object) -> TestClient:
            settings.setdefault("open", "keys" not in settings)
            app = make_app(Settings(**settings), gate=other or gate, comments=_comments())
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield started


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """A client of an open API."""
    return serve()
