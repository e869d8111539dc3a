"""The requests and answers of OpenAI's moderation endpoint, field by field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from beside.api.scores import CATEGORIES

Probability = Annotated[float, Field(ge=0, le=1)]
DEFAULT_MODEL = "omni-moderation-latest"


class Part(BaseModel):
    """A part of an input that comes in parts."""

    model_config = ConfigDict(strict=True)


class ImageAddress(Part):
    """Where an image is."""

    url: str


class TextPart(Part):
    """Some text."""

    type: Literal["text"]
    text: str


class ImagePart(Part):
    """An image. It is understood, and refused: Beside reads text only."""

    type: Literal["image_url"]
    image_url: ImageAddress


class BesideOptions(Part):
    """What our own gate should do besides."""

    policy: str | None = Field(None, description="The name of a policy; without it, the key's.")
    policy_mode: bool | None = Field(None, description="`flagged` says what the policy does not deliver.")


# an image is understood, so that its refusal can say why; that it may be sent is written nowhere
_Part = Annotated[TextPart | SkipJsonSchema[ImagePart], Field(discriminator="type")]
_Texts = Annotated[list[str], Field(min_length=1)]
_Parts = Annotated[list[_Part], Field(min_length=1)]


class ModerationRequest(BaseModel):
    """Texts to sort into categories."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "examples": [
                {"input": "Thinking of you both.", "model": DEFAULT_MODEL},
                {"input": ["Thinking of you both.", "At least it was early."]},
                {
                    "input": [{"type": "text", "text": "Thinking of you both."}],
                    "beside": {"policy_mode": True},
                },
            ]
        },
    )

    input: str | _Texts | _Parts = Field(
        description="A text; several, each with a result of its own; or parts with one result for all."
    )
    model: str | None = Field(None, description="Any name; it comes back.")
    beside: BesideOptions | None = None


class BesideAnswer(BaseModel):
    """Our own decision beside the categories."""

    decision: Literal["deliver", "hold", "decline"]
    support: Probability
    labels: list[str]
    reasons: list[str]
    policy: str
    policy_version: str
    model: str


def _exactly(kind: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict.fromkeys(CATEGORIES, kind),
        "required": list(CATEGORIES),
        "additionalProperties": False,
    }


class ModerationResult(BaseModel):
    """The categories of one text."""

    flagged: bool
    categories: dict[str, bool] = Field(json_schema_extra=_exactly({"type": "boolean"}))  # type: ignore[arg-type]
    category_scores: dict[str, float] = Field(
        json_schema_extra=_exactly({"type": "number", "minimum": 0, "maximum": 1})  # type: ignore[arg-type]
    )
    category_applied_input_types: dict[str, list[str]] = Field(
        json_schema_extra=_exactly({"type": "array", "items": {"type": "string", "enum": ["text"]}})  # type: ignore[arg-type]
    )
    beside: BesideAnswer


class ModerationAnswer(BaseModel):
    """A result for each text, or one for all parts."""

    id: str
    model: str
    results: list[ModerationResult]


class OpenAIStatus(BaseModel):
    """An error as OpenAI words it: all four keys are always there."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIError(BaseModel):
    """The envelope of every error."""

    error: OpenAIStatus
