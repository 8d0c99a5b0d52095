"""URLs that are written in different ways and name the same place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address
from types import MappingProxyType

from mirrorsel.hostname import split_server

_PORTS: Mapping[str, int] = MappingProxyType(
    {"http": 80, "https": 443, "ftp": 21, "rsync": 873}
)
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Canonical:
    """A URL as it is compared with others (RFC 3986, sections 6.2.2 and 6.2.3)."""

    scheme: str
    host: str
    """In lower case, an IPv6 address in its shortest form."""
    port: int | None
    """None for the default one."""
    path: str


def canonical(url: str) -> Canonical:
    """Return the form of a URL in which all that name the same place are equal."""
    scheme, _, rest = url.partition("://")
    server, slash, path = rest.partition("/")
    host, port = split_server(server) or (server, None)
    return Canonical(
        scheme=scheme,
        host=_host(host),
        port=None if port == _PORTS[scheme] else port,
        path=_ENCODED.sub(_decoded, slash + path) if "%" in path else slash + path,
    )


def _host(host: str) -> str:
    if host.startswith("["):
        return f"[{IPv6Address(host[1:-1])}]"
    return host.lower()


def _decoded(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else match[0].upper()
