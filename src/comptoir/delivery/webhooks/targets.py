"""Where a webhook may connect to: nowhere inside, whatever a name resolves to (OWASP API7, SSRF)."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NETWORKS: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""Special-purpose blocks of the IANA registries; ``is_global`` alone is true for NAT64 and multicast."""


class Refused(OSError):
    """The name leads into a private network."""


def is_refused(address: Address) -> bool:
    """Whether nobody may connect there. Networks of COMPTOIR_WEBHOOK_NETWORKS are let through."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in network for network in _allowed() if network.version == address.version):
        return False
    if any(address in network for network in _NETWORKS if network.version == address.version):
        return True
    return not address.is_global


def _allowed() -> Iterator[Any]:
    return (ipaddress.ip_network(text, strict=False) for text in settings.WEBHOOK_NETWORKS)


def is_refused_name(host: str) -> bool:
    """What can be said of a host without asking anybody: an address, or a name for this machine."""
    try:
        return is_refused(ipaddress.ip_address(host))
    except ValueError:
        name = host.rstrip(".").lower()
        local = name == "localhost" or name.endswith((".localhost", ".local", ".internal"))
        return (local and not settings.WEBHOOK_NETWORKS) or _is_odd_number(name)


def _is_odd_number(name: str) -> bool:
    """An address written as one number, in octal or in hexadecimal: 2130706433, 0x7f.1, 0177.0.0.1."""
    last = name.rpartition(".")[2]
    return last.isdigit() or last.startswith("0x")


def resolved(host: str, port: int) -> list[tuple[Any, ...]]:
    """The addresses of a name, every one allowed. Raises Refused when one is not, OSError without any.

    The caller connects to these and asks no second time: a name cannot change its mind in between.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for _family, _kind, _protocol, _name, where in found:
        if is_refused(ipaddress.ip_address(str(where[0]).partition("%")[0])):
            raise Refused(f"{host} leads into a private network.")
    return found
