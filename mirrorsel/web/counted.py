"""What a request leaves behind to be counted."""

from typing import NamedTuple

from mirrorsel.model import How, Mirror

SELECTED = "mirrorsel.selected"
"""The key of the environ under which a resource leaves what it has selected."""

ENDPOINTS = ("get", "closer", "page", "status")

CLOSERS = ("/dyn/closer.lua", "/dyn/closer.cgi", "/dyn/mirrors/mirrors.cgi")


class Selected(NamedTuple):
    """A mirror that a client was given, how, and for which country.

    A tuple, since nothing else is counted as fast.
    """

    mirror: str
    """The base URL."""
    outcome: str
    """The `How` by which it was reached."""
    country: str | None

    @classmethod
    def of(cls, mirror: Mirror, how: How, country: str | None) -> "Selected":
        """Return a selection of a mirror for a client of a country."""
        return cls(mirror.url, how.value, country)


def endpoint_of(path: str) -> str:
    """Return which of `ENDPOINTS` answers at a path of a URL."""
    if path.startswith("/get/") or path == "/get":
        return "get"
    if path.startswith(CLOSERS):
        return "closer"
    return "status" if path.startswith("/mirrors/") else "page"
