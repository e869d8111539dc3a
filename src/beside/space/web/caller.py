"""Where a request comes from, for limits on what anybody may do."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def caller(request: HttpRequest) -> str:
    """The network address that asks, as far as this installation's own proxies vouch for it.

    Each of them adds the address it was asked by to the end of a header; what stands before is anybody's
    invention. Of IPv6 it is the network of one household (/64), since each has addresses without end.
    """
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies: int = settings.BESIDE_TRUSTED_PROXIES
    address = request.META.get("REMOTE_ADDR", "")
    if proxies and len(told) >= proxies:
        address = told[-proxies]
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{known}/64", strict=False)) if known.version == 6 else str(known)
