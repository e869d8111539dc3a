"""Lives, and is ready: each thing that can be bad is seen (O2)."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from beside.gate import weights
from beside.server import health

READY = "/health/ready"


@pytest.fixture(autouse=True)
def heart(settings, tmp_path) -> Path:
    """A worker that has just been heard of, and nothing remembered of the model."""
    settings.BESIDE_HEARTBEAT = tmp_path / "worker.alive"
    settings.BESIDE_HEARTBEAT.touch()
    health._sound.cache_clear()
    yield settings.BESIDE_HEARTBEAT
    health._sound.cache_clear()


def asked(client: Client) -> tuple[int, dict[str, object]]:
    answer = client.get(READY)
    return answer.status_code, answer.json()


@pytest.fixture
def no_database(settings, tmp_path):
    """A database file that is not there."""
    wrapper = connections["default"]
    wrapper.close()
    kept = wrapper.settings_dict["NAME"]
    wrapper.settings_dict["NAME"] = str(tmp_path / "nowhere" / "beside.sqlite3")
    yield
    wrapper.close()
    wrapper.settings_dict["NAME"] = kept


def test_it_lives_without_anything(client, heart):
    """pytest-django lets no test without its mark touch a database."""
    heart.unlink()
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"live\n")


@pytest.mark.django_db
def test_it_is_ready_before_anybody_has_set_it_up(client):
    assert asked(client) == (200, {"ready": True, "bad": []})


def test_without_a_database_it_is_not_ready(client):
    assert asked(client) == (503, {"ready": False, "bad": ["database"]})


@pytest.mark.django_db
def test_a_worker_that_was_not_heard_of_for_a_minute(client, heart):
    os.utime(heart, (time.time() - 59, time.time() - 59))
    assert asked(client)[0] == 200
    os.utime(heart, (time.time() - 61, time.time() - 61))
    assert asked(client) == (503, {"ready": False, "bad": ["worker"]})
    heart.unlink()
    assert asked(client) == (503, {"ready": False, "bad": ["worker"]})


@pytest.mark.django_db
@pytest.mark.parametrize("damage", ["changed", "cut", "missing", "no card"])
def test_a_model_that_is_not_the_one_on_its_card(client, monkeypatch, tmp_path, damage):
    folder = tmp_path / "weights"
    shutil.copytree(weights.SHIPPED, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(weights, "SHIPPED", folder)
    assert asked(client)[0] == 200
    file = folder / ("card.json" if damage == "no card" else "tokenizer.json")
    content = file.read_bytes()
    if damage in ("missing", "no card"):
        file.unlink()
    else:
        file.write_bytes(content[:-10] if damage == "cut" else content.replace(b"a", b"b", 1))
    health._sound.cache_clear()  # half a minute later
    assert asked(client) == (503, {"ready": False, "bad": ["model"]})


@pytest.mark.django_db
def test_the_model_is_read_once_in_half_a_minute_however_often_somebody_asks(client):
    for _ in range(10):
        asked(client)
    assert health._sound.cache_info().misses <= 2


@pytest.mark.django_db
def test_a_full_disk(client, monkeypatch):
    monkeypatch.setattr(health, "SPACE_LEFT", 10**18)
    assert asked(client) == (503, {"ready": False, "bad": ["disk"]})


@pytest.mark.django_db
def test_everything_that_is_bad_is_named(client, monkeypatch, heart):
    monkeypatch.setattr(health, "SPACE_LEFT", 10**18)
    heart.unlink()
    assert asked(client) == (503, {"ready": False, "bad": ["disk", "worker"]})


@pytest.mark.django_db
def test_it_says_nothing_but_names(client, heart):
    heart.unlink()
    assert str(heart.parent) not in client.get(READY).content.decode()


def test_a_proxy_that_speaks_tls_for_us_may_ask_without_it(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/live").status_code == 200
    assert client.get("/help/").status_code == 301
