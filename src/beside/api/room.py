"""What the handlers of all contracts share: the judge, the policies, the settings."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from beside.api.door import Door
from beside.api.front import Visit
from beside.api.judge import Judge, Seen
from beside.api.keys import OPEN
from beside.api.metrics import Metrics
from beside.api.problem import Kind, Refusal
from beside.api.settings import Settings
from beside.api.shelf import Shelf, Shelved


@dataclass(frozen=True, slots=True)
class Room:
    """The parts of one running API."""

    settings: Settings
    judge: Judge
    shelf: Shelf
    door: Door
    metrics: Metrics

    def policy(self, name: str, where: str = "policy") -> Shelved:
        """The policy of that name. Raises `Refusal`: a missing policy must not become another one."""
        found = self.shelf.get(name)
        if found is None:
            raise Refusal(Kind.NOT_FOUND, "There is no such policy. See them: GET /v1/policies", where)
        return found

    def policy_of(self, visit: Visit) -> Shelved:
        """The policy of the caller's key. Raises `Refusal` where it is gone."""
        found = self.shelf.get((visit.key or OPEN).policy)
        if found is None:
            raise Refusal(Kind.NOT_READY, "The policy of this key is gone from the shelf", retry_after=60)
        return found

    async def see(
        self, visit: Visit, texts: list[str], chosen: Shelved, *, ordinary: bool = False
    ) -> list[Seen]:
        """What the gate makes of each text; a key pays for each. Raises `Busy`, `Late` or `Refusal`."""
        longest = self.settings.characters
        if sum(map(len, texts)) > longest:
            raise Refusal(Kind.TOO_LARGE, f"One request may hold {longest:,} characters of text")
        if visit.key is not None:
            self.door.charge(visit.key, len(texts))
        return await self.judge.see(texts, chosen.policy, ordinary=ordinary)


def room_of(request: Request) -> Room:
    """The room that a request is served in."""
    found: Room = request.app.state.room
    return found
