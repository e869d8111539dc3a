"""What Coral sends to an external moderation phase, and what it takes as an answer."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a request. Only what is needed is asked for: a refusal would publish the comment."""

    model_config = ConfigDict(strict=True)


class Comment(Part):
    """The comment, in HTML or plain, as the phase is set."""

    body: str | None = None
    parentID: str | None = None


class Author(Part):
    """Who wrote it. Not used."""

    id: str | None = None
    role: str | None = None


class Story(Part):
    """What it was written under."""

    id: str
    url: str = ""


class Site(Part):
    """The site of the story. Not used."""

    id: str | None = None


class CoralRequest(Part):
    """A comment that is about to be published or edited."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "action": "NEW",
                    "comment": {"body": "<p>Thinking of you both.</p>", "parentID": None},
                    "author": {"id": "a1", "role": "COMMENTER"},
                    "story": {"id": "s1", "url": "https://news.example/family/a-letter"},
                    "site": {"id": "w1"},
                    "tenantID": "t1",
                    "tenantDomain": "news.example",
                }
            ]
        },
    )

    action: str | None = None
    comment: Comment
    author: Author | None = None
    story: Story
    site: Site | None = None
    tenantID: str | None = None
    tenantDomain: str | None = None


class RejectionReason(BaseModel):
    """What the commenter is told."""

    code: Literal["OTHER"]
    customReason: str


class ModerationAction(BaseModel):
    """Records the decision, and has Coral tell the commenter."""

    status: Literal["REJECTED"]
    rejectionReason: RejectionReason


class CoralAnswer(BaseModel):
    """What happens to the comment; no answer at all (204) is no opinion."""

    status: Literal["NONE", "SYSTEM_WITHHELD", "REJECTED"]
    moderationAction: ModerationAction | None = None
