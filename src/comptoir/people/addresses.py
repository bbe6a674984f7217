"""Where a request comes from."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

UNKNOWN = "0.0.0.0"  # noqa: S104 - no address is bound


def client_ip(meta: Mapping[str, str], trusted_proxies: int = 0) -> str:
    """The address of the client: the connection's own, or what the nearest trusted proxy says it saw.

    ``trusted_proxies`` is how many proxies of ours stand in front. Anybody can write X-Forwarded-For,
    so without them it is not looked at, and with them only as many entries from its right end.
    """
    seen = [entry.strip() for entry in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if entry.strip()]
    if trusted_proxies > 0 and len(seen) >= trusted_proxies:
        return _clean(seen[-trusted_proxies])
    return _clean(meta.get("REMOTE_ADDR", ""))


def network_of(ip: str) -> str:
    """What counts as one visitor: an IPv4 address, or the /64 of an IPv6 one."""
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return ip


def _clean(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return UNKNOWN
