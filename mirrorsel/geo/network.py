"""The network that an address belongs to, as far as selection tells clients apart."""

import socket

_MAPPED = bytes(10) + b"\xff\xff"
_OCTETS = 4
_HOST_OF_48 = bytes(10)


def client_network(address: str) -> str:
    """Return the /24 or /48 network of an address, such as ``192.0.2.0/24``.

    An IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2) is its IPv4 one.
    IPv6 networks are written as RFC 5952 says.
    Text that is no address, such as the peer of a Unix socket, gives an empty string.
    """
    packed = pack(address)
    if packed is None:
        return ""
    if len(packed) == _OCTETS:
        return f"{packed[0]}.{packed[1]}.{packed[2]}.0/24"
    return f"{socket.inet_ntop(socket.AF_INET6, packed[:6] + _HOST_OF_48)}/48"


def pack(address: str) -> bytes | None:
    """Return the 4 or 16 octets of an address, None if it is none.

    An IPv4-mapped IPv6 address gives the 4 octets of its IPv4 one; a zone
    (RFC 4007, section 11) is left out.
    """
    try:
        if ":" not in address:
            return socket.inet_pton(socket.AF_INET, address)
        packed = socket.inet_pton(socket.AF_INET6, address.partition("%")[0])
    except (OSError, ValueError):
        return None
    return packed[12:] if packed.startswith(_MAPPED) else packed


def unpack(packed: bytes) -> str:
    """Return the address whose octets these are."""
    family = socket.AF_INET if len(packed) == _OCTETS else socket.AF_INET6
    return socket.inet_ntop(family, packed)
