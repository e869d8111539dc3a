"""A host's rules as data, and the one function that turns a Reading into a Decision.

In: `Reading` and `Policy`; the text itself is never seen here. Out: `Decision`. Tests belong in
`tests/gate/test_policy.py`; this file is held to a mutation score.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from beside.codebook import BY_NAME, LABELS, NAMES, STRICTNESS, Rule
from beside.gate.reading import Action, Decision, Reading, unread
from beside.gate.reasons import words_for

NO_WORDS = ""


class Caution(StrEnum):
    """How sure the gate must be before it delivers."""

    OPEN = "open"
    CAREFUL = "careful"
    VERY_CAREFUL = "very careful"


class PolicyError(ValueError):
    """A policy that cannot be used; `key` names the setting at fault and `hint` says what to write."""

    def __init__(self, message: str, key: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.key, self.hint = message, key, hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}" if self.hint else self.message


_DEFAULTS: Mapping[str, Rule] = MappingProxyType({label.name: label.default for label in LABELS})


@dataclass(frozen=True, slots=True)
class Policy:
    """One host's rules. Every label has a rule; `languages` are those that she wants to read."""

    name: str = "support only"
    caution: Caution = Caution.CAREFUL
    labels: Mapping[str, Rule] = field(default_factory=lambda: _DEFAULTS)
    languages: tuple[str, ...] = ("en",)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Policy:
        """A policy from plain data; what is not named keeps its default. Raises `PolicyError`."""
        unknown = [key for key in data if key not in ("name", "preset", "caution", "labels", "languages")]
        if unknown:
            raise PolicyError(
                f"'{unknown[0]}' is not a setting",
                unknown[0],
                "Settings: preset, name, caution, labels, languages",
            )
        base = _preset(data["preset"]) if "preset" in data else cls()
        return cls(
            name=_name(data.get("name", base.name)),
            caution=_caution(data.get("caution", base.caution)),
            labels=_rules(data.get("labels", {}), base.labels),
            languages=_languages(data.get("languages", base.languages)),
        )

    @classmethod
    def load(cls, path: str | Path) -> Policy:
        """A policy from a TOML file. Raises `PolicyError` with line, caret and hint."""
        from beside.gate.policy_file import read_policy

        return cls.from_dict(read_policy(Path(path)))

    def to_dict(self) -> dict[str, object]:
        """The policy as plain data that `from_dict` reads back to an equal policy."""
        changed = {name: str(rule) for name, rule in self.labels.items() if rule is not _DEFAULTS[name]}
        return {
            "name": self.name,
            "caution": str(self.caution),
            "labels": changed,
            "languages": list(self.languages),
        }


def _preset(name: object) -> Policy:
    if not isinstance(name, str) or name not in PRESETS:
        raise PolicyError(f"there is no preset {name!r}", "preset", f"Presets: {', '.join(PRESETS)}")
    return PRESETS[name]


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PolicyError("the name must be some words in quotes", "name", 'For example: name = "our rules"')
    return value


def _caution(value: object) -> Caution:
    try:
        return Caution(str(value).replace("_", " ").replace("-", " "))
    except ValueError:
        levels = ", ".join(f'"{level}"' for level in Caution)
        raise PolicyError(
            f"{value!r} is not a level of caution", "caution", f"Write one of {levels}"
        ) from None


def _rules(value: object, base: Mapping[str, Rule]) -> Mapping[str, Rule]:
    if not isinstance(value, Mapping):
        raise PolicyError("labels must be a table of label = rule", "labels", 'For example: faith = "hold"')
    rules = dict(base)
    for name, rule in value.items():
        rules[str(name)] = _rule(str(name), rule)
    return MappingProxyType(rules)


def _rule(name: str, value: object) -> Rule:
    if name not in BY_NAME:
        raise PolicyError(f"'{name}' is not a label", name, f"Labels: {', '.join(NAMES)}")
    try:
        rule = Rule(str(value))
    except ValueError:
        hint = 'Write "welcome", "hold" or "decline"'
        raise PolicyError(f"{value!r} is not a rule for '{name}'", name, hint) from None
    label = BY_NAME[name]
    if STRICTNESS[rule] < STRICTNESS[label.softest]:
        raise PolicyError(f"'{name}' is never softer than {label.softest}", name, f'Write "{label.softest}"')
    if STRICTNESS[rule] > STRICTNESS[label.strictest]:
        raise PolicyError(f"'{name}' is met with help, never declined", name, f'Write "{label.strictest}"')
    return rule


def _languages(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not value or not all(isinstance(item, str) for item in value):
        raise PolicyError("languages must be a list of codes", "languages", 'For example: languages = ["en"]')
    return tuple(value)


@dataclass(frozen=True, slots=True)
class Scale:
    """What the scores of one model mean; made with its weights, on messages that it never saw.

    `cutoffs`: per label, the score from which the label counts. `levels`: per caution, the support
    from which a message is delivered. `slope`, `facts`, `change`, `bias`: see `support`.
    """

    cutoffs: Mapping[str, float]
    levels: Mapping[str, float]
    slope: float = 1.0
    facts: float = 0.0
    change: float = 1.0
    bias: float = 0.0


def support(reading: Reading, policy: Policy, scale: Scale) -> float:
    """The calibrated probability that delivering is right under this policy.

    The model's own answer for the default policy, corrected by what its label scores say of the
    default, and moved by what they say of the difference between that and this policy.
    """
    if not any(policy.labels[name] is Rule.WELCOME for name in NAMES if BY_NAME[name].supports):
        return 0.0
    usual = _log_deliverable(reading.scores, _DEFAULTS)
    wanted = _log_deliverable(reading.scores, policy.labels)
    own = min(max(reading.deliver, 1e-6), 1 - 1e-6)
    logit = scale.slope * math.log(own / (1 - own)) + scale.facts * usual + scale.change * (wanted - usual)
    return 1 / (1 + math.exp(-max(min(logit + scale.bias, 40.0), -40.0)))


def _log_deliverable(scores: Mapping[str, float], rules: Mapping[str, Rule]) -> float:
    """log P(some welcome support and nothing unwelcome), the labels taken as independent."""
    unsupported, clean = 1.0, 0.0
    for name in NAMES:
        score = min(max(scores[name], 0.0), 1 - 1e-6)
        if rules[name] is not Rule.WELCOME:
            clean += math.log(1 - score)
        elif BY_NAME[name].supports:
            unsupported *= 1 - score
    return math.log(max(1 - unsupported, 1e-6)) + clean


def decide(reading: Reading, policy: Policy, scale: Scale) -> Decision:
    """What happens to a message: the decision rule of `docs/policy.md`, and nothing else."""
    if not _sound(reading):
        reading = unread(model=reading.model)
    present = tuple(name for name in NAMES if reading.scores[name] >= scale.cutoffs[name])
    certain = 0.0 if reading.flags else support(reading, policy, scale)
    action, codes = _ruled(reading, policy, scale, present, certain)
    unwelcome = {name for name in present if policy.labels[name] is not Rule.WELCOME}
    return Decision(
        action=action,
        labels=present,
        support=certain,
        codes=codes,
        reasons=words_for(codes),
        spans=tuple(span for span in reading.spans if span.label in unwelcome),
        model=reading.model,
    )


def _sound(reading: Reading) -> bool:
    """Whether every score is there and a probability; what is not cannot be judged, and is held."""
    return 0.0 <= reading.deliver <= 1.0 and all(
        0.0 <= reading.scores.get(name, -1.0) <= 1.0 for name in NAMES
    )


def _ruled(
    reading: Reading, policy: Policy, scale: Scale, present: tuple[str, ...], certain: float
) -> tuple[Action, tuple[str, ...]]:
    if "crisis" in present:
        return Action.HOLD, ("crisis", *(name for name in present if name == "threat"))
    foreign = reading.language not in (*policy.languages, NO_WORDS)
    declined = tuple(name for name in present if policy.labels[name] is Rule.DECLINE)
    if declined and not foreign:
        return Action.DECLINE, declined
    if reading.flags or foreign:
        return Action.HOLD, reading.flags + (("language",) if foreign else ())
    held = tuple(name for name in present if policy.labels[name] is Rule.HOLD)
    if held:
        return Action.HOLD, held
    if not any(BY_NAME[name].supports and policy.labels[name] is Rule.WELCOME for name in present):
        return Action.HOLD, ("no_support",)
    if not certain >= scale.levels[policy.caution]:  # so that a score that is no number is held too
        return Action.HOLD, ("not_sure",)
    return Action.DELIVER, ("support",)


def _variant(name: str, **changed: Rule) -> Policy:
    return Policy(name=name, labels=MappingProxyType({**_DEFAULTS, **changed}))


_QUIET = {name: Rule.HOLD for name, rule in _DEFAULTS.items() if rule is Rule.WELCOME}

PRESETS: Mapping[str, Policy] = MappingProxyType(
    {
        "support only": Policy(),
        "no faith": _variant("no faith", faith=Rule.HOLD),
        "rainbow stories welcome": _variant("rainbow stories welcome", other_pregnancy=Rule.WELCOME),
        "no stories of other losses": _variant("no stories of other losses", shared_loss=Rule.HOLD),
        "quiet": _variant("quiet", **_QUIET),
    }
)
