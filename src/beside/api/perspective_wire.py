"""Perspective's requests and answers, field by field.

As with every JSON that stands for a protocol buffer, a field may be written in camelCase or in snake_case,
`null` means that it is not there, and unknown fields are passed over.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, AliasGenerator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from beside.api.scores import ATTRIBUTES, OF_DECISION

Probability = Annotated[float, Field(ge=0, le=1)]


def _either(name: str) -> AliasChoices:
    return AliasChoices(to_camel(name), name)


class Wire(BaseModel):
    """A part of a request."""

    model_config = ConfigDict(strict=True, alias_generator=AliasGenerator(validation_alias=_either))


class TextEntry(Wire):
    """A text. `type` may be left out; only PLAIN_TEXT is read."""

    text: str | None = Field(None, description="At most 20,480 bytes of UTF-8.")
    type: str | None = Field(None, json_schema_extra={"enum": ["PLAIN_TEXT", "TEXT_TYPE_UNSPECIFIED", None]})


# What a request must hold is checked by hand, since the errors for it are Perspective's own; so it is
# described by hand too.
_COMMENT: dict[str, Any] = {
    "allOf": [{"$ref": "#/components/schemas/TextEntry"}],
    "properties": {"text": {"type": "string", "pattern": r"[^ \t\r\n]", "maxLength": 20_480}},
    "required": ["text"],
}
_ATTRIBUTES: dict[str, Any] = {
    "type": "object",
    "propertyNames": {"enum": list(ATTRIBUTES)},
    "additionalProperties": {
        "anyOf": [{"$ref": "#/components/schemas/AttributeParameters"}, {"type": "null"}]
    },
    "minProperties": 1,
}
_ENGLISH: dict[str, Any] = {"contains": {"type": "string", "pattern": "^[eE][nN]([-_].*)?$"}}
_BOTH: dict[str, Any] = {"entries": {"type": "array"}, "articleAndParentComment": {"type": "object"}}


class ArticleAndParentComment(Wire):
    """What a comment answers. Accepted, not used."""

    article: TextEntry | None = None
    parent_comment: TextEntry | None = None


class Context(Wire):
    """What stands around a comment. Accepted, not used; one of both at most."""

    model_config = ConfigDict(json_schema_extra={"not": {"properties": _BOTH, "required": list(_BOTH)}})

    entries: list[TextEntry] | None = None
    article_and_parent_comment: ArticleAndParentComment | None = None


class AttributeParameters(Wire):
    """How one attribute is asked for; an empty object is usual."""

    score_type: str | None = Field(
        None, json_schema_extra={"enum": ["PROBABILITY", "SCORE_TYPE_UNSPECIFIED", None]}
    )
    score_threshold: float | None = Field(None, allow_inf_nan=False, description="Lower scores are left out.")


class AnalyzeRequest(Wire):
    """A comment to score."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "comment": {"text": "Thinking of you both."},
                    "languages": ["en"],
                    "requestedAttributes": {"TOXICITY": {}, "LIKELY_TO_REJECT": {}},
                    "doNotStore": True,
                }
            ],
            "required": ["comment", "requestedAttributes"],
            # texts in another language have no score but those that follow the decision
            "anyOf": [
                {"properties": {"languages": {"anyOf": [_ENGLISH, {"type": "null"}, {"maxItems": 0}]}}},
                {"properties": {"requestedAttributes": {"propertyNames": {"enum": list(OF_DECISION)}}}},
            ],
        }
    )

    comment: Annotated[TextEntry | None, WithJsonSchema(_COMMENT)] = None
    context: Context | None = None
    requested_attributes: Annotated[
        dict[str, AttributeParameters | None] | None, WithJsonSchema(_ATTRIBUTES)
    ] = None
    span_annotations: bool | None = Field(None, description="A span for each sentence.")
    languages: list[str] | None = Field(None, description="BCP-47 codes; without them the language is told.")
    do_not_store: bool | None = Field(None, description="Accepted. Texts are never stored, whatever it says.")
    client_token: str | None = Field(None, description="Comes back as it is.")
    session_id: str | None = None
    community_id: str | None = None


class SuggestedScores(Wire):
    """What somebody thinks that an attribute should have scored."""

    summary_score: dict[str, Any] | None = None
    span_scores: list[dict[str, Any]] | None = None


_SCORES: dict[str, Any] = {
    "type": "object",
    "additionalProperties": {"$ref": "#/components/schemas/SuggestedScores"},
    "minProperties": 1,
}


class SuggestRequest(Wire):
    """A comment with the scores that somebody thinks right."""

    model_config = ConfigDict(json_schema_extra={"required": ["comment", "attributeScores"]})

    comment: Annotated[TextEntry | None, WithJsonSchema(_COMMENT)] = None
    context: Context | None = None
    attribute_scores: Annotated[dict[str, SuggestedScores] | None, WithJsonSchema(_SCORES)] = None
    languages: list[str] | None = None
    community_id: str | None = None
    client_token: str | None = None
    session_id: str | None = None


class Score(BaseModel):
    """One score."""

    value: Probability
    type: Literal["PROBABILITY"]


class SpanScore(BaseModel):
    """The score of a part, in UTF-16 units; `end` is exclusive."""

    begin: int
    end: int
    score: Score


class AttributeScores(BaseModel):
    """The scores of one attribute."""

    spanScores: list[SpanScore]
    summaryScore: Score


class AnalyzeAnswer(BaseModel):
    """The scores that were asked for."""

    attributeScores: dict[str, AttributeScores]
    languages: list[str]
    detectedLanguages: list[str]
    clientToken: str = ""


class SuggestAnswer(BaseModel):
    """That a suggestion arrived. It is not kept."""

    clientToken: str = ""
    requestedLanguages: list[str] = []
    detectedLanguages: list[str]


class GoogleStatus(BaseModel):
    """An error as Google's services word it."""

    code: int
    message: str
    status: str
    details: list[dict[str, Any]] = []


class GoogleError(BaseModel):
    """The envelope of every error."""

    error: GoogleStatus
