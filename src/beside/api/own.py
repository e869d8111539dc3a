"""The own contract: decisions with all that stands behind them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from beside.api import own_wire as wire
from beside.api.front import visit_of
from beside.api.judge import Seen
from beside.api.problem import Kind, Refusal, answer
from beside.api.room import Room, room_of
from beside.api.scores import elsewhere
from beside.api.sentences import Utf16
from beside.api.shelf import Shelved, shelved
from beside.api.wording import to_sender
from beside.codebook import LABELS, Label
from beside.gate import Policy, PolicyError

router = APIRouter(prefix="/v1", tags=["own"])


@router.post("/decide", summary="Decide texts", response_model=wire.DecideAnswer)
async def decide(body: wire.DecideRequest, request: Request) -> Response:
    """What happens to each text under a policy, and why. Where there is no answer, hold the text."""
    room, visit = room_of(request), visit_of(request)
    texts = body.all_texts
    if len(texts) > room.settings.texts:
        raise Refusal(Kind.TOO_LARGE, f"One request may hold {room.settings.texts} texts", "texts")
    chosen = room.policy_of(visit) if body.policy is None else _chosen(room, body.policy)
    seen = await room.see(visit, texts, chosen)
    visit.note(seen)
    return answer(
        {
            "model": room.judge.model,
            "policy": {"name": chosen.name, "version": chosen.version},
            "decisions": [_decision(one, text, body.offsets) for one, text in zip(seen, texts, strict=True)],
        }
    )


def _chosen(room: Room, given: str | wire.InlinePolicy) -> Shelved:
    if isinstance(given, str):
        return room.policy(given)
    try:
        policy = Policy.from_dict(given.model_dump(exclude_unset=True))
    except PolicyError as problem:
        where = f"policy.{problem.key}" if problem.key else "policy"
        raise Refusal(Kind.INVALID, str(problem), where) from None
    return shelved(policy.name, policy, "inline")


def _decision(seen: Seen, text: str, offsets: str) -> dict[str, Any]:
    decided, reading = seen.decision, seen.reading
    place = Utf16(text if offsets == "utf16" else "")
    return {
        "action": str(decided.action),
        "labels": list(decided.labels),
        "scores": {name: round(score, 6) for name, score in reading.scores.items()},
        "support": round(decided.support, 6),
        "codes": list(decided.codes),
        "reasons": list(decided.reasons),
        "sender": list(to_sender(decided)),
        "spans": [
            {"label": span.label, "start": place[span.start], "end": place[span.end]}
            for span in decided.spans
        ],
        "language": reading.language,
    }


@router.get("/policies", summary="The policies that may be named", response_model=wire.PoliciesAnswer)
async def policies(request: Request) -> Response:
    """The presets, and the files in the operator's folder."""
    shelf = room_of(request).shelf
    return answer({"policies": [_policy(one) for one in shelf.all()], "trouble": sorted(shelf.trouble)})


def _policy(one: Shelved) -> dict[str, Any]:
    policy = one.policy
    return {
        "name": one.name,
        "version": one.version,
        "source": one.source,
        "title": policy.name,
        "caution": str(policy.caution),
        "labels": {name: str(rule) for name, rule in policy.labels.items()},
        "languages": list(policy.languages),
    }


@router.get("/labels", summary="The codebook", response_model=wire.LabelsAnswer)
async def labels() -> Response:
    """Every label: what it means, its default, and what the other contracts call it."""
    return answer({"labels": [_label(label) for label in LABELS]})


def _label(label: Label) -> dict[str, Any]:
    return {
        "name": label.name,
        "group": label.group.name.lower(),
        "meaning": label.meaning,
        "default": str(label.default),
        "softest": str(label.softest),
        "strictest": str(label.strictest),
        "supports": label.supports,
        "elsewhere": elsewhere(label.name),
    }
