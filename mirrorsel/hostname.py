"""What may stand for a host in a URL."""

import re
from ipaddress import IPv4Address, IPv6Address

_SERVER = re.compile(r"(?P<host>\[[^]%]*\]|[^]:%[]*)(?::(?P<port>[0-9]{1,5}))?")
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_LONGEST_NAME = 253
_LAST_PORT = 65535


def split_server(server: str) -> tuple[str, int | None] | None:
    """Return the host of a URL with its port, None if it has no such form.

    The port is any number of up to five digits, None where there is none; whether
    the host is one is for `is_host` to say (RFC 3986, section 3.2).
    """
    parts = _SERVER.fullmatch(server)
    if parts is None:
        return None
    return parts["host"], int(parts["port"]) if parts["port"] else None


def is_port(number: int) -> bool:
    """Return whether a server can listen on that port."""
    return 1 <= number <= _LAST_PORT


def is_host(host: str) -> bool:
    """Return whether a text is a name or an IPv4 address, or an IPv6 one in brackets.

    Names are as in RFC 1123, section 2.1, in ASCII, underscores allowed.
    """
    try:
        if host.startswith("["):
            return bool(IPv6Address(host[1:-1]))
        if host.rpartition(".")[2].isdigit():
            return bool(IPv4Address(host))
    except ValueError:
        return False
    labels = host.split(".")
    return len(host) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, labels))
