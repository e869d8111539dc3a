"""What every request passes before and after its contract: the door, limits, the log and the figures.

Written as bare ASGI, so that a refusal under load costs next to nothing.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beside.api import logs
from beside.api.door import Door, contract_of
from beside.api.judge import Seen
from beside.api.keys import Contract, Key
from beside.api.metrics import Metrics
from beside.api.pressure import Busy, Late
from beside.api.problem import Kind, Refusal
from beside.api.settings import Settings

Envelope = Callable[[Refusal], Response]
_VISIT = "beside.visit"
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_QUIET = ("/health", "/metrics")


@dataclass
class Visit:
    """One request on its way through."""

    contract: Contract | None
    id: str
    started: float
    key: Key | None = None
    raw: bytes = b""
    status: int = 0
    quiet: bool = False
    texts: int = 0
    actions: Counter[str] = field(default_factory=Counter)

    def note(self, seen: list[Seen]) -> None:
        """Counts what was decided."""
        self.texts += len(seen)
        self.actions.update(str(one.decision.action) for one in seen)

    @property
    def milliseconds(self) -> int:
        """Since the request came, at least one."""
        return max(1, round((time.perf_counter() - self.started) * 1000))


def visit_of(request: Request) -> Visit:
    """The visit that a request is."""
    found: Visit = request.scope[_VISIT]
    return found


class Front:
    """The outermost layer of the API."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        settings: Settings,
        door: Door,
        metrics: Metrics,
        full: Callable[[], bool],
        envelopes: Mapping[Contract | None, Envelope],
    ) -> None:
        self._app, self._settings, self._door = app, settings, door
        self._metrics, self._full, self._envelopes = metrics, full, envelopes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visit = Visit(contract_of(scope["path"]), _id_of(scope), time.perf_counter())
        scope[_VISIT] = visit
        answering = _answering(visit, send)
        try:
            await self._serve(visit, scope, receive, answering)
        except Exception as problem:  # noqa: BLE001  whatever it is, the caller gets an answer in her terms
            await self._refuse(visit, problem, scope, receive, answering)
        finally:
            self._record(visit, scope)

    async def _serve(self, visit: Visit, scope: Scope, receive: Receive, send: Send) -> None:
        if visit.contract not in (None, Contract.CORAL):  # Coral signs its requests: see `coral`
            visit.key = self._door.admit(scope, visit.contract)
            if scope["method"] == "POST" and self._full():
                raise Busy
        if scope["method"] == "POST" and not _is_json(scope):
            raise Refusal(Kind.NOT_JSON, "Send JSON, with the header Content-Type: application/json")
        visit.raw = await self._body(scope, receive)
        await self._app(scope, _replayed(_mended(visit.raw), receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        limit = self._settings.body
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > limit:
            raise Refusal(Kind.TOO_LARGE, f"The body may hold {limit:,} bytes", more={"connection": "close"})
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                return await _whole(receive, limit)
        except TimeoutError:
            raise Refusal(Kind.TOO_SLOW, "The body did not come in time") from None

    async def _refuse(
        self, visit: Visit, problem: Exception, scope: Scope, receive: Receive, send: Send
    ) -> None:
        refusal = refusal_of(problem)
        visit.quiet = refusal.kind is Kind.BUSY
        if refusal.kind is Kind.FAILED:
            logs.event("failed", 40, id=visit.id, **logs.fault(problem))
        if not visit.status:
            await self._envelopes[visit.contract](refusal)(scope, receive, send)

    def _record(self, visit: Visit, scope: Scope) -> None:
        seconds = time.perf_counter() - visit.started
        contract = str(visit.contract or "none")
        self._metrics.answered(contract, visit.status, seconds, visit.actions)
        # What is refused under load is counted, not written down: that would be more load.
        if visit.quiet or scope["path"].startswith(_QUIET):
            return
        logs.event(
            "request",
            id=visit.id,
            contract=contract,
            method=scope["method"],
            route=getattr(scope.get("route"), "path", "none"),
            status=visit.status,
            ms=round(seconds * 1000, 1),
            key=visit.key.name if visit.key else "",
            texts=visit.texts,
            actions=dict(visit.actions),
        )


def refusal_of(problem: Exception) -> Refusal:
    """Any exception as a refusal."""
    if isinstance(problem, Refusal):
        return problem
    if isinstance(problem, Busy):
        return Refusal(Kind.BUSY, "More is waiting than can be answered in time. Come again", retry_after=1)
    if isinstance(problem, Late):
        return Refusal(Kind.LATE, "The answer took too long. Come again", retry_after=1)
    return Refusal(Kind.FAILED, "Something went wrong here. It was logged, without the text")


def _is_json(scope: Scope) -> bool:
    """Whether the body is JSON by its header; one without a header may be."""
    kind: bytes = dict(scope["headers"]).get(b"content-type", b"application/json")
    essence = kind.split(b";")[0].strip().lower()
    return essence == b"application/json" or essence.endswith(b"+json")


def _id_of(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    # Somebody else's id is taken over only where it can be nothing but an id.
    return given if _ID.fullmatch(given) else f"req_{secrets.token_hex(12)}"


def _answering(visit: Visit, send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            visit.status = message["status"]
            message.setdefault("headers", []).extend(_headers(visit))
        await send(message)

    return answer


def _headers(visit: Visit) -> list[tuple[bytes, bytes]]:
    headers = [(b"x-request-id", visit.id.encode()), (b"cache-control", b"no-store")]
    headers.append((b"x-content-type-options", b"nosniff"))
    if visit.contract is Contract.OPENAI:
        headers.append((b"openai-processing-ms", str(visit.milliseconds).encode()))
    return headers


async def _whole(receive: Receive, limit: int) -> bytes:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(Kind.TOO_SLOW, "The connection ended before the body did")
        chunk: bytes = message.get("body", b"")
        body += chunk
        if len(body) > limit:
            raise Refusal(Kind.TOO_LARGE, f"The body may hold {limit:,} bytes", more={"connection": "close"})
        if not message.get("more_body"):
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _mended(body: bytes) -> bytes:
    r"""The body with half characters replaced.

    A text that was cut in the middle of an emoji ends in half of it, which JSON can carry (`\ud83d`) but
    UTF-8 cannot. One question mark stands for it, so that places in the text stay where they were.
    """
    if rb"\ud" not in body.lower():
        return body
    try:
        data: Any = json.loads(body)
        whole = json.dumps(data, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body
    return whole.encode("utf-8", "replace")
