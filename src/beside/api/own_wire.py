"""The own contract's requests and answers, field by field."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from beside.codebook import LABELS, NAMES, STRICTNESS, Label, Rule
from beside.gate.policy import PRESETS

Probability = Annotated[float, Field(ge=0, le=1)]
_EXAMPLE = "Thinking of you both. No need to answer."
_OTHER = "At least it was early."
_LEFT_OUT: Any = None


class Strict(BaseModel):
    """A part of a request: nothing is guessed, nothing unknown is passed over.

    What may be left out has no value then; `null` is none either.
    """

    model_config = ConfigDict(strict=True, extra="forbid")


def _allowed(label: Label) -> tuple[str, ...]:
    low, high = STRICTNESS[label.softest], STRICTNESS[label.strictest]
    return tuple(str(rule) for rule in Rule if low <= STRICTNESS[rule] <= high)


Rules: type[Strict] = create_model(
    "Rules",
    __base__=Strict,
    __doc__="A rule for each label that is not to keep its default.",
    **{label.name: (Literal[_allowed(label)], Field(default=_LEFT_OUT)) for label in LABELS},  # type: ignore[call-overload]
)


class InlinePolicy(Strict):
    """A policy in the request itself. What is left out keeps its default."""

    name: str = Field(default=_LEFT_OUT, max_length=200, pattern=r"\S")
    preset: Literal[tuple(PRESETS)] = Field(default=_LEFT_OUT)  # type: ignore[valid-type]
    caution: Literal["open", "careful", "very careful"] = Field(default=_LEFT_OUT)
    labels: Rules = Field(default=_LEFT_OUT)  # type: ignore[valid-type]
    languages: list[str] = Field(default=_LEFT_OUT, min_length=1)


class DecideRequest(Strict):
    """One text or several, and the rules to decide them by."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"text": _EXAMPLE}, {"texts": [_EXAMPLE, _OTHER], "policy": "no faith"}],
            "oneOf": [{"required": ["text"]}, {"required": ["texts"]}],
        }
    )

    text: str = Field(default=_LEFT_OUT, description="One text. Give this or `texts`.")
    texts: list[str] = Field(default=_LEFT_OUT, min_length=1, description="Several texts, each by itself.")
    policy: str | InlinePolicy = Field(
        default=_LEFT_OUT,
        description="The name of a policy (GET /v1/policies), or a policy. Without it, the key's.",
    )
    offsets: Literal["characters", "utf16"] = Field(
        default="characters", description="How spans count: characters, or UTF-16 units as in JavaScript."
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> DecideRequest:
        if len({"text", "texts"} & self.model_fields_set) != 1:
            raise ValueError("give either text or texts")
        return self

    @property
    def all_texts(self) -> list[str]:
        """The texts to decide."""
        return [self.text] if "text" in self.model_fields_set else self.texts


class SpanAnswer(BaseModel):
    """Words that earned an unwelcome label: `start` to `end` (exclusive) of the text as written."""

    label: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class DecisionAnswer(BaseModel):
    """What happens to one text, and why."""

    action: Literal["deliver", "hold", "decline"]
    labels: list[str] = Field(description="Labels of the codebook that the text carries.")
    scores: dict[str, Probability] = Field(description="A probability for every label.")
    support: Probability = Field(description="That delivering is right under this policy.")
    codes: list[str] = Field(description="The reasons for machines.")
    reasons: list[str] = Field(description="The reasons for whoever moderates.")
    sender: list[str] = Field(description="What the sender may be told; it never shows what the host chose.")
    spans: list[SpanAnswer]
    language: str = Field(description='"en", "other", or empty where there are too few words to tell.')


class PolicyName(BaseModel):
    """Which rules decided, and in which version of them."""

    name: str
    version: str


class DecideAnswer(BaseModel):
    """A decision for each text, in order."""

    model: str
    policy: PolicyName
    decisions: list[DecisionAnswer]


class PolicyAnswer(BaseModel):
    """A policy that may be named."""

    name: str
    version: str
    source: Literal["preset", "file"]
    title: str
    caution: str
    labels: dict[str, Rule]
    languages: list[str]


class PoliciesAnswer(BaseModel):
    """Every policy that may be named; `trouble` names files that could not be read and are not in force."""

    policies: list[PolicyAnswer]
    trouble: list[str]


class Elsewhere(BaseModel):
    """What a label is called in the other contracts."""

    perspective: list[str]
    openai: list[str]


class LabelAnswer(BaseModel):
    """A label of the codebook."""

    name: str
    group: Literal["support", "host_choice", "hurt", "safety"]
    meaning: str
    default: Rule
    softest: Rule
    strictest: Rule
    supports: bool
    elsewhere: Elsewhere


class LabelsAnswer(BaseModel):
    """The codebook."""

    labels: list[LabelAnswer] = Field(min_length=len(NAMES), max_length=len(NAMES))


class ProblemAnswer(BaseModel):
    """Why there is no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    where: str = ""
