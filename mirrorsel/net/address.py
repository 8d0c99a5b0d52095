"""The addresses of a host, and which of them a probe may go to."""

import ipaddress
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Protocol

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.plain import plain

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of a host."""

    text: str
    family: int
    """4 or 6."""


class Resolver(Protocol):
    """A function like `resolve`."""

    def __call__(self, host: str, *, private: bool) -> tuple[Address, ...]:
        """Return the addresses of a host that may be tried, of one at least."""
        ...


def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
    """Return the addresses of a host that may be tried, those of IPv4 first.

    Args:
        host: A name, or an address without brackets.
        private: Whether addresses that are not public are allowed.

    Raises:
        FetchError: the name has no address (DNS), or none that is allowed
            (FORBIDDEN_ADDRESS).

    """
    found = _look_up(host)
    allowed = [one for one in found if private or is_public(one)]
    if not allowed:
        detail = f"{plain(host)} has only addresses that are not public: {found[0]}"
        raise FetchError(Outcome.FORBIDDEN_ADDRESS, detail)
    ordered = sorted(allowed, key=lambda one: one.version)
    return tuple(Address(text=str(one), family=one.version) for one in ordered)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is that of one host on the public Internet.

    An IPv6 address that stands for an IPv4 one is judged by that: mapped
    (RFC 4291, section 2.5.5.2), NAT64 (RFC 6052) or 6to4 (RFC 3056).
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if (inner := address.ipv4_mapped or address.sixtofour) is not None:
        return is_public(inner)
    return address in _GLOBAL_UNICAST and address.is_global


def _look_up(host: str) -> list[IPv4Address | IPv6Address]:
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise FetchError(Outcome.DNS, f"{plain(host)}: {error.strerror}") from error
    except UnicodeError as error:
        detail = f"{plain(host)} cannot be the name of a host"
        raise FetchError(Outcome.DNS, detail) from error
    return [ipaddress.ip_address(answer[4][0]) for answer in answers]
