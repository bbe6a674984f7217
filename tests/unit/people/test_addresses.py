from __future__ import annotations

import pytest

from comptoir.people.addresses import client_ip, network_of

FORGED = "203.0.113.5, 10.0.0.2"


@pytest.mark.parametrize(
    ("forwarded", "proxies", "ip"),
    [
        ("", 0, "192.0.2.1"),
        (FORGED, 0, "192.0.2.1"),
        (FORGED, 1, "10.0.0.2"),
        (FORGED, 2, "203.0.113.5"),
        (FORGED, 3, "192.0.2.1"),
        ("nonsense", 1, "0.0.0.0"),
        ("", 1, "192.0.2.1"),
        ("evil, 2001:DB8::1 ", 1, "2001:db8::1"),
    ],
)
def test_a_forged_header_is_believed_only_as_far_as_our_proxies_wrote_it(
    forwarded: str, proxies: int, ip: str
) -> None:
    assert client_ip({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}, proxies) == ip


def test_a_connection_without_an_address_is_unknown() -> None:
    assert client_ip({"REMOTE_ADDR": ""}) == "0.0.0.0"


def test_one_visitor_is_an_address_or_a_network_of_ipv6() -> None:
    assert network_of("192.0.2.1") == "192.0.2.1"
    assert network_of("2001:db8::1") == network_of("2001:db8::2") == "2001:db8::"
