"""Which addresses a probe may go to."""

import ipaddress

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, is_public, resolve


@pytest.mark.parametrize(
    ("text", "public"),
    [
        pytest.param("91.198.174.192", True, id="public"),
        pytest.param("127.0.0.1", False, id="loopback"),
        pytest.param("10.1.2.3", False, id="private"),
        pytest.param("169.254.169.254", False, id="link-local"),
        pytest.param("100.64.0.1", False, id="shared"),
        pytest.param("224.0.0.251", False, id="multicast"),
        pytest.param("240.0.0.1", False, id="reserved"),
        pytest.param("0.0.0.0", False, id="unspecified"),  # noqa: S104 - not bound to
        pytest.param("255.255.255.255", False, id="broadcast"),
        pytest.param("2620:0:862:ed1a::1", True, id="public-6"),
        pytest.param("::1", False, id="loopback-6"),
        pytest.param("::", False, id="unspecified-6"),
        pytest.param("fe80::1", False, id="link-local-6"),
        pytest.param("fe80::1%1", False, id="link-local-6-scoped"),
        pytest.param("fec0::1", False, id="site-local-6"),
        pytest.param("fd00::1", False, id="unique-local-6"),
        pytest.param("ff0e::1", False, id="multicast-6"),
        pytest.param("2001:db8::1", False, id="documentation-6"),
        pytest.param("::127.0.0.1", False, id="compatible"),
        pytest.param("::ffff:127.0.0.1", False, id="mapped-loopback"),
        pytest.param("::ffff:91.198.174.192", True, id="mapped-public"),
        pytest.param("64:ff9b::10.1.2.3", False, id="nat64-private"),
        pytest.param("64:ff9b::91.198.174.192", True, id="nat64-public"),
        pytest.param("64:ff9b:1::1", False, id="nat64-local"),
        pytest.param("2002:7f00:1::", False, id="6to4-loopback"),
        pytest.param("2002:5bc6:aec0::", True, id="6to4-public"),
    ],
)
def test_is_public(text: str, public: bool) -> None:  # noqa: FBT001 - a row of the table
    """Only addresses of one host on the public Internet are public."""
    address = ipaddress.ip_address(text)

    assert public == is_public(address)


def test_resolve_refuses_private() -> None:
    """A name with none but private addresses is refused, and the address is told."""
    with pytest.raises(FetchError, match=r"127\.0\.0\.1") as caught:
        resolve("localhost", private=False)

    assert caught.value.outcome == Outcome.FORBIDDEN_ADDRESS


def test_resolve_allows_private() -> None:
    """Where the settings allow it, private addresses are as good as others."""
    expected = (Address(text="127.0.0.1", family=4),)

    assert expected == resolve("127.0.0.1", private=True)


def test_resolve_unknown_name() -> None:
    """What the resolver does not know is a failure of DNS."""
    with pytest.raises(FetchError) as caught:
        resolve("999.999.999.999.invalid", private=True)

    assert caught.value.outcome == Outcome.DNS


def test_resolve_impossible_name() -> None:
    """A label of more than 63 characters is no name at all."""
    with pytest.raises(FetchError) as caught:
        resolve("a" * 64, private=True)

    assert caught.value.outcome == Outcome.DNS
