"""What a host says is welcome, one answer at a time. What she left for later follows where she began from."""

from __future__ import annotations

from beside.codebook import LABELS, Group, Rule
from beside.gate import Caution, PolicyError
from beside.space.models import Host
from beside.space.verbs.errors import NotAllowed
from beside.space.verbs.open_space import set_rules

QUESTIONS = ("faith", "shared_loss", "other_pregnancy", "advice", "question")
CHOICES = (*QUESTIONS, "off_topic")
HURTS = tuple(label.name for label in LABELS if label.group is Group.HURT)


def answers(*, host: Host) -> dict[str, str]:
    """Her own answers by label; what is not there she left for later."""
    return dict(host.rules.get("labels", {}))


def answer(*, host: Host, label: str, rule: str) -> None:
    """One answer; "" leaves it for later. A refusal would tell a guest what she chose, so none of her own
    choices is ever a decline: they are welcome, or for the friend who reads first."""
    if label in CHOICES and rule == Rule.DECLINE:
        raise NotAllowed
    if label not in (*CHOICES, *HURTS):
        raise NotAllowed
    given = {name: value for name, value in answers(host=host).items() if name != label}
    _change(host, labels={**given, label: rule} if rule else given)


def be_cautious(*, host: Host, level: str) -> None:
    """How sure the gate must be before it delivers; "" leaves it for later."""
    _change(host, caution=Caution(level).value if level else None)


def begin_from(*, host: Host, preset: str) -> None:
    """All answers at once, from one of the presets; "" goes back to the careful defaults."""
    _set(host, {"preset": preset} if preset else {})


def _change(host: Host, **settings: object) -> None:
    rules = {**host.rules, **settings}
    _set(host, {key: value for key, value in rules.items() if value})


def _set(host: Host, rules: dict[str, object]) -> None:
    if rules == host.rules:
        return
    try:
        set_rules(host=host, rules=rules)
    except PolicyError as error:
        raise NotAllowed from error
