"""The application: every contract around one gate."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from beside import __version__
from beside.api import coral, discovery, google_error, health, moderations, own, perspective, problem
from beside.api.door import Door
from beside.api.front import Envelope, Front, visit_of
from beside.api.judge import Comments, Gate, Judge
from beside.api.keys import Contract, KeyFile
from beside.api.limits import Limits
from beside.api.metrics import Metrics
from beside.api.openapi import describe
from beside.api.ordinary import Ordinary
from beside.api.pressure import Lane
from beside.api.problem import Kind, Refusal
from beside.api.room import Room
from beside.api.settings import Settings
from beside.api.shelf import Shelf
from beside.gate import Gate as ShippedGate

ENVELOPES: Mapping[Contract | None, Envelope] = {
    None: problem.problem,
    Contract.OWN: problem.problem,
    Contract.CORAL: problem.problem,
    Contract.METRICS: problem.problem,
    Contract.PERSPECTIVE: google_error.envelope,
    Contract.OPENAI: moderations.envelope,
}
_KINDS = {404: Kind.NOT_FOUND, 405: Kind.NOT_A_METHOD, 413: Kind.TOO_LARGE}
_ABOUT = (
    "Beside recognises support in replies to people who lost a pregnancy or a baby. One gate, in four "
    "contracts: its own, Perspective's, OpenAI moderation's and Coral's. Texts are never stored or logged. "
    "Where there is no answer, hold the text."
)


def make_app(settings: Settings, gate: Gate | None = None, comments: Comments | None = None) -> FastAPI:
    """The API as an ASGI application. `gate` and `comments` are the shipped ones unless others are given.

    Raises `WeightsError`, `PolicyError` or `KeysError` for what cannot be used: it must not start half.
    """
    gate = gate or ShippedGate(settings.weights)
    metrics = Metrics(gate.model)
    short = Lane("short", settings.threads, settings.queue, settings.deadline)
    long = Lane("long", 1, settings.long_queue, settings.long_deadline)
    for lane in (short, long):
        metrics.waiting(lane.name, _cost_of(lane))
    judge = Judge(gate, comments or Ordinary(), short, long, metrics.read)
    door = Door(_keys(settings), Limits())
    shelf = Shelf(settings.policies, settings.shelf_seconds)
    app = _application((short, long), settings.open)
    app.state.room = Room(settings, judge, shelf, door, metrics)
    app.add_middleware(
        Front,
        settings=settings,
        door=door,
        metrics=metrics,
        full=lambda: judge.full,
        envelopes=ENVELOPES,
    )
    return app


def _keys(settings: Settings) -> KeyFile | None:
    return None if settings.open or settings.keys is None else KeyFile(settings.keys)


def _cost_of(lane: Lane) -> Callable[[], int]:
    return lambda: lane.cost


def _application(lanes: tuple[Lane, ...], open_: bool) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:  # noqa: ARG001
        yield
        for lane in lanes:
            lane.close()

    # docs_url and redoc_url would load their pages' scripts from somebody else's computer
    app = FastAPI(
        title="Beside",
        version=__version__,
        description=_ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        strict_content_type=False,
    )
    for room in (own, perspective, moderations, coral, discovery, health):
        app.include_router(room.router)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.openapi = lambda: describe(app, open_)  # type: ignore[method-assign]
    return app


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _refused(request, problem.invalid(error.errors()))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = _KINDS.get(error.status_code, Kind.MALFORMED)
    return _refused(request, Refusal(kind, _WORDS[kind], more=_lower(error.headers)))


_WORDS = {
    Kind.NOT_FOUND: "There is nothing at this address",
    Kind.NOT_A_METHOD: "This address does not know this method",
    Kind.TOO_LARGE: "The body is too large",
    Kind.MALFORMED: "The body is not JSON",
}


def _lower(headers: Mapping[str, Any] | None) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in (headers or {}).items()}


def _refused(request: Request, refusal: Refusal) -> Response:
    return ENVELOPES[visit_of(request).contract](refusal)
