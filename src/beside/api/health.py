"""Whether the API lives, whether it can answer, and its figures."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from beside.api.metrics import CONTENT_TYPE
from beside.api.pressure import Busy, Late
from beside.api.problem import Kind, Refusal, answer
from beside.api.room import Room, room_of
from beside.gate import Policy

router = APIRouter(tags=["health"])
_KIND = "I am so sorry for your loss."


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Ready(BaseModel):
    """The gate reads. `busy` is ready too: it refuses at once what it cannot answer in time."""

    status: Literal["ok", "busy"]
    model: str
    trouble: list[str]


@router.get("/health/live", summary="Alive", response_model=Alive)
async def live() -> Response:
    """For whoever restarts processes."""
    return answer({"status": "ok"})


@router.get("/health/ready", summary="Ready", response_model=Ready)
async def ready(request: Request) -> Response:
    """For whoever sends requests here. The gate reads a sentence to show that it can."""
    return await _ready(room_of(request))


@router.get("/health", summary="Ready", response_model=Ready)
async def health(request: Request) -> Response:
    """The same, at the address that people try first."""
    return await _ready(room_of(request))


async def _ready(room: Room) -> Response:
    status = "ok"
    try:
        seen = await room.judge.see([_KIND], Policy())
        if seen[0].decision.action != "deliver":
            raise Refusal(Kind.NOT_READY, "The gate does not recognise support", retry_after=5)
    except Busy:
        status = "busy"
    except Late:
        raise Refusal(Kind.NOT_READY, "The gate does not answer", retry_after=5) from None
    return answer({"status": status, "model": room.judge.model, "trouble": sorted(room.shelf.trouble)})


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
async def metrics(request: Request) -> Response:
    """How much, how fast, what was decided; no text."""
    return Response(room_of(request).metrics.page(), media_type=CONTENT_TYPE)
