"""Whose key a request shows, and whether that key may ask."""

from __future__ import annotations

import pytest

from beside.api.door import Door, contract_of, credential
from beside.api.keys import OPEN, Contract, Key, KeyFile
from beside.api.limits import Limits
from beside.api.problem import Kind, Refusal


@pytest.mark.parametrize(
    ("path", "contract"),
    [
        ("/v1/decide", Contract.OWN),
        ("/v1/policies", Contract.OWN),
        ("/v1/moderations", Contract.OPENAI),
        ("/v1alpha1/comments:analyze", Contract.PERSPECTIVE),
        ("/coral/newsroom", Contract.CORAL),
        ("/metrics", Contract.METRICS),
        ("/$discovery/rest", None),
        ("/health/ready", None),
        ("/openapi.json", None),
        ("/", None),
    ],
)
def test_which_contract_an_address_is_in(path, contract):
    assert contract_of(path) is contract


def scope(query=b"", **headers):
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"headers": pairs, "query_string": query}


@pytest.mark.parametrize(
    ("given", "contract", "shown"),
    [
        (scope(authorization="Bearer k1"), Contract.OWN, "k1"),
        (scope(authorization="bearer  k1 "), Contract.OPENAI, "k1"),
        (scope(authorization="Basic k1"), Contract.OWN, ""),
        (scope(authorization="Bearer "), Contract.OWN, ""),
        (scope(x_api_key="k2"), Contract.OWN, "k2"),
        (scope(x_goog_api_key="k3"), Contract.PERSPECTIVE, "k3"),
        (scope(b"key=k4&alt=json"), Contract.PERSPECTIVE, "k4"),
        (scope(b"key=%20k4%0A"), Contract.PERSPECTIVE, "k4"),
        (scope(b"key=k4"), Contract.OWN, ""),
        (scope(b"key=k4", authorization="Bearer k1"), Contract.PERSPECTIVE, "k1"),
        (scope(b"key=%ff"), Contract.PERSPECTIVE, "�"),
        (scope(), Contract.PERSPECTIVE, ""),
    ],
)
def test_where_a_key_is_shown(given, contract, shown):
    assert credential(given, contract) == shown


@pytest.fixture
def keys(tmp_path):
    return KeyFile(tmp_path / "keys.json")


def refused(door, *asked):
    with pytest.raises(Refusal) as caught:
        door.admit(*asked)
    return caught.value.kind


def test_who_is_let_in(keys):
    secret = keys.create(Key("forum", contracts=(Contract.OWN,), rate=1, burst=1))
    door = Door(keys, Limits())
    shown = scope(authorization=f"Bearer {secret}")
    assert refused(door, scope(), Contract.OWN) is Kind.NO_KEY
    assert refused(door, scope(authorization="Bearer x"), Contract.OWN) is Kind.BAD_KEY
    assert refused(door, shown, Contract.OPENAI) is Kind.NOT_ALLOWED
    assert door.admit(shown, Contract.OWN).name == "forum"
    assert refused(door, shown, Contract.OWN) is Kind.TOO_FAST
    keys.revoke("forum")
    assert refused(door, shown, Contract.OWN) is Kind.BAD_KEY


def test_an_open_door_asks_for_nothing():
    door = Door(None, Limits())
    for contract in Contract:
        assert door.admit(scope(authorization="Bearer whatever"), contract) is OPEN
    assert door.named("anything") is OPEN


def test_what_is_charged_is_waited_for(keys):
    secret = keys.create(Key("forum", rate=1, burst=2))
    door, shown = Door(keys, Limits()), scope(authorization=f"Bearer {secret}")
    key = door.admit(shown, Contract.OWN)
    door.charge(key, 1)
    assert door.admit(shown, Contract.OWN) == key
    door.charge(key, 4)
    with pytest.raises(Refusal) as caught:
        door.admit(shown, Contract.OWN)
    assert 3 < caught.value.retry_after < 4.1
    assert caught.value.detail == "This key may ask 1 times a second"
    assert door.is_too_fast(key)


def test_keys_by_name(keys):
    keys.create(Key("news"))
    assert Door(keys, Limits()).named("news").name == "news"
    assert Door(keys, Limits()).named("other") is None
