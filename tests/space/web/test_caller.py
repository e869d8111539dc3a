"""Where a request comes from, by what our own proxies say and nobody else."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from beside.space.web.caller import caller


@pytest.mark.parametrize(
    ("proxies", "peer", "told", "found"),
    [
        (0, "203.0.113.9", "", "203.0.113.9"),
        (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "10.0.0.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (1, "10.0.0.1", "nonsense", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_the_address_that_a_trusted_proxy_saw(settings, proxies, peer, told, found):
    settings.BESIDE_TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": told} if told else {}
    assert caller(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)) == found
