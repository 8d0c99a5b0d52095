"""Which redirects are followed."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote, urljoin, urlsplit

import requests

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.plain import plain

T = TypeVar("T")

# The statuses that redirect (RFC 9110, section 15.4).
_STATUSES = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443, "ftp": 21, "rsync": 873}


def redirected(response: requests.Response) -> str | None:
    """Return where an answer redirects to, in UTF-8 where it is not ASCII.

    Raises:
        ValueError: it has other bytes, which are no URI reference (RFC 9110, section
            10.2.2).

    """
    location = response.headers.get("Location")
    if response.status_code not in _STATUSES or location is None:
        return None
    return location.encode("latin-1").decode()


def follow(url: str, location: str, *, renamed: bool = False) -> str:
    """Return the URL that a redirect leads to.

    Args:
        url: What was asked for.
        location: Where the answer redirects to.
        renamed: Whether it may lead to another file name, as to a store where
            files have names of their own; for a mirror that is a wrong answer.

    Raises:
        FetchError: it leads to another file name, from https to http, or to what
            is no http or https URL (REDIRECTED).

    """
    try:
        target = urljoin(url, location)
        parts = urlsplit(target)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        usable = usable and parts.username is None and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise _refusal("to what is no http URL", location)
    before = urlsplit(url)
    if before.scheme == "https" and parts.scheme == "http":
        raise _refusal("from https to http", location)
    if not renamed and _name(parts.path) != _name(before.path):
        raise _refusal("to another file name", location)
    return target


def reach_end(
    url: str,
    redirects: int,
    get: Callable[[str], T | str],
    lead: Callable[[str, str], str] = follow,
) -> T:
    """Return what is found at the end of redirects.

    Args:
        url: Where they begin.
        redirects: How many are followed.
        get: Returns what is found at a URL, or where it redirects to.
        lead: Returns the URL that a redirect leads to, as `follow` does.

    Raises:
        FetchError: there are more (REDIRECTED), or `get` or `lead` raised it.

    """
    for _ in range(redirects + 1):
        found = get(url)
        if not isinstance(found, str):
            return found
        url = lead(url, found)
    raise FetchError(Outcome.REDIRECTED, f"more than {redirects} redirects")


def other_host(url: str, asked: str) -> str:
    """Return the host of a URL, with its port; empty if it is the one that was asked.

    Case does not tell hosts apart, nor does a default port that is written out
    (RFC 3986, section 6.2.3).
    """
    host = _host(url)
    return "" if host == _host(asked) else plain(host)


def same_origin(url: str, asked: str) -> bool:
    """Return whether two URLs are of one scheme, host and port (RFC 6454)."""
    return urlsplit(url).scheme == urlsplit(asked).scheme and not other_host(url, asked)


def _host(url: str) -> str:
    parts = urlsplit(url)
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    usual = parts.port in {None, _PORTS.get(parts.scheme)}
    return name if usual else f"{name}:{parts.port}"


def _name(path: str) -> str:
    # Servers differ in what they encode (RFC 3986, section 6.2.2).
    return unquote(path.rpartition("/")[2])


def _refusal(why: str, location: str) -> FetchError:
    return FetchError(Outcome.REDIRECTED, f"{why}: {plain(location)}")
