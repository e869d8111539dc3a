"""Coral's external moderation phase.

Coral publishes a comment when a phase fails, is late or refuses. So where the policy applies, whatever goes
wrong here is answered like a hold. A newsroom writes about everything: on stories that the key does not name
there is no opinion at all.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from beside.api import logs
from beside.api.coral_text import plain_text
from beside.api.coral_wire import CoralAnswer, CoralRequest
from beside.api.front import Visit, visit_of
from beside.api.keys import OPEN, Contract, Key
from beside.api.pressure import Busy, Late
from beside.api.problem import Kind, Refusal, answer
from beside.api.room import Room, room_of
from beside.api.wording import NOT_PUBLISHED
from beside.gate import Action

router = APIRouter(tags=["coral"])
HELD: dict[str, Any] = {"status": "SYSTEM_WITHHELD"}
DECLINED: dict[str, Any] = {
    "status": "REJECTED",
    "moderationAction": {
        "status": "REJECTED",
        "rejectionReason": {"code": "OTHER", "customReason": NOT_PUBLISHED},
    },
}
LET_THROUGH: dict[str, Any] = {"status": "NONE"}


@router.post(
    "/coral/{name}",
    summary="A comment in Coral's pipeline",
    response_model=CoralAnswer,
    responses={204: {"description": "No opinion: Coral goes on as it would without Beside."}},
)
async def moderate(
    body: CoralRequest,
    request: Request,
    name: str = Path(description="The name of the key.", examples=["newsroom"]),
) -> Response:
    """What happens to a comment on the stories that the key names; no opinion on any other."""
    room, visit = room_of(request), visit_of(request)
    key = visit.key = _signed(room, visit, name, request.headers.get("x-coral-signature", ""))
    if not key.covers(body.story.id, body.story.url):
        return Response(status_code=204)
    action, codes = await _decided(room, visit, key, plain_text(body.comment.body or ""))
    if key.shadow:
        logs.event("shadow", id=visit.id, key=key.name, story=body.story.id, action=action, codes=codes)
        return Response(status_code=204)
    return _said(action, key)


async def _decided(room: Room, visit: Visit, key: Key, text: str) -> tuple[Action, tuple[str, ...]]:
    """The action and its codes; a hold where there is no answer in the time that Coral waits."""
    if room.door.is_too_fast(key):
        return _held(visit, "too_fast")
    try:
        chosen = room.policy_of(visit)
        seen = await room.judge.see([text], chosen.policy, room.settings.coral_deadline)
    except Busy:
        return _held(visit, "busy")
    except Late:
        return _held(visit, "late")
    except Exception as problem:  # noqa: BLE001  an error would have Coral publish the comment
        logs.event("failed", 40, id=visit.id, **logs.fault(problem))
        return _held(visit, "failed")
    visit.note(seen)
    return seen[0].decision.action, seen[0].decision.codes


def _held(visit: Visit, code: str) -> tuple[Action, tuple[str, ...]]:
    visit.texts += 1
    visit.actions["hold"] += 1
    return Action.HOLD, (code,)


def _said(action: Action, key: Key) -> Response:
    if action is Action.DECLINE:
        return answer(DECLINED)
    if action is Action.DELIVER:
        return answer(LET_THROUGH) if key.lets_through else Response(status_code=204)
    return answer(HELD)


def _signed(room: Room, visit: Visit, name: str, signatures: str) -> Key:
    """The key whose secret signed the body. Raises `Refusal`."""
    key = room.door.named(name)
    if key is OPEN:
        return key
    if key is None or not key.is_for(Contract.CORAL) or not is_signed(visit.raw, signatures, key.signing):
        raise Refusal(Kind.BAD_KEY, "The signature is not that of a key of this name")
    return key


def is_signed(body: bytes, header: str, signing: tuple[str, ...]) -> bool:
    """Whether one of the secrets made one of the signatures over these very bytes."""
    given = [part.strip().removeprefix("sha256=").lower().encode() for part in header.split(",")]
    made = [hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode() for secret in signing]
    return any(hmac.compare_digest(one, other) for one in given for other in made)
