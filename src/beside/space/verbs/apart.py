"""What a guest may learn, kept apart from what a host chose for herself.

Her answers about prayer, other people's losses, later babies, advice and questions say what she believes and
what she can bear. So whatever guests are shown is worked out as if she had answered nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from beside.codebook import LABELS, Group, Rule
from beside.gate import Policy, Reading
from beside.space.verbs import reading

KIND = tuple(label.name for label in LABELS if label.group in (Group.SUPPORT, Group.HOST_CHOICE))
HERS = frozenset(label.name for label in LABELS if label.group is Group.HOST_CHOICE) | {"shared_loss"}


def without_her_choices(policy: Policy) -> Policy:
    """Her rules about hurt, with everything that is hers to choose welcome."""
    return _with(policy, dict.fromkeys(KIND, Rule.WELCOME))


def same_for_any(found: Reading, labels: Iterable[str], policy: Policy) -> bool:
    """Whether the gate says the same of a message whatever she answers, so that other guests may see it.

    It must carry nothing that she is asked about, and be delivered, or not, under her strictest answers as
    under her most open ones: an answer also moves how sure the gate is of a message without that label.
    """
    if HERS & set(labels):
        return False
    mildest = without_her_choices(policy)
    strictest = _with(mildest, dict.fromkeys(HERS, Rule.HOLD))
    judge = reading.gate().judge
    return judge(found, mildest).action == judge(found, strictest).action


def _with(policy: Policy, rules: dict[str, Rule]) -> Policy:
    return replace(policy, labels=MappingProxyType({**policy.labels, **rules}))
