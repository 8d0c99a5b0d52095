"""Tests for mirrorsel.geo.network."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.geo import client_network


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("192.0.2.7", "192.0.2.0/24", id="IPv4"),
        pytest.param("2001:db8:1:2::3", "2001:db8:1::/48", id="IPv6"),
        pytest.param("2001:db8:0:1::1", "2001:db8::/48", id="IPv6 is written short"),
        pytest.param("::1", "::/48", id="IPv6 loopback"),
        pytest.param("::ffff:192.0.2.7", "192.0.2.0/24", id="IPv4-mapped"),
        pytest.param("::FFFF:c000:207", "192.0.2.0/24", id="IPv4-mapped in hex"),
        pytest.param("fe80::1%eth0", "fe80::/48", id="with a zone"),
        pytest.param("192.0.2.7:80", "", id="with a port"),
        pytest.param("[2001:db8::1]", "", id="in brackets"),
        pytest.param("192.0.2", "", id="too short"),
        pytest.param("192.0.2.256", "", id="too large an octet"),
        pytest.param("unknown", "", id="a word"),
        pytest.param("/run/front.sock", "", id="a Unix socket"),
        pytest.param("", "", id="empty"),
        pytest.param("1.2.3.4\0", "", id="a NUL"),
        pytest.param("\udcff:", "", id="a byte that is not UTF-8"),
    ],
)
def test_client_network(address: str, expected: str) -> None:
    """An address has one network of a fixed size, any other text has none."""
    assert expected == client_network(address)


@given(st.ip_addresses())
def test_contains_its_address(address: IPv4Address | IPv6Address) -> None:
    """The network of an address contains it."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None

    network = ip_network(client_network(str(address)))

    assert (mapped or address) in network


@given(st.text())
def test_any_text(text: str) -> None:
    """Whatever the text, the answer is a network or nothing."""
    network = client_network(text)

    assert not network or str(ip_network(network)) == network
