"""The mirror that a person means."""

import difflib
from collections.abc import Iterable
from urllib.parse import urlsplit

import click

_MOST_NAMED = 10


def find_mirror(written: str, urls: Iterable[str]) -> str:
    """Return the URL that somebody means by it, its host or a part of only one.

    Args:
        written: What they wrote.
        urls: The URLs of all mirrors that there may be.

    Raises:
        click.UsageError: it fits none, or several; both are named.

    """
    known = sorted(set(urls))
    found = _fitting(written.strip(), known)
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(f"{written!r} may be {_named(found)}: write more of it.")
    near = _near(written, known)
    hint = f" Did you mean {_named(near)}?" if near else ""
    raise click.UsageError(f"There is no mirror {written!r}.{hint}")


def _fitting(written: str, known: list[str]) -> list[str]:
    """Return the URLs that fit best: as a whole, else by their host, else in part."""
    part = written.lower()
    exact = [one for one in known if one.rstrip("/") == written.rstrip("/")]
    hosts = [one for one in known if part in _hosts(one)]
    return exact or hosts or [one for one in known if part and part in one.lower()]


def _hosts(url: str) -> tuple[str, str]:
    """Return the host of a URL, without and with its port."""
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.netloc.lower()


def _near(written: str, known: list[str]) -> list[str]:
    """Return the URLs that are nearly what was written."""
    part = written.lower()
    hosts = {name: url for url in known for name in (url.lower(), _hosts(url)[0])}
    near = difflib.get_close_matches(part, hosts, n=3)
    return list(dict.fromkeys(hosts[one] for one in near))


def _named(urls: list[str]) -> str:
    names = ", ".join(urls[:_MOST_NAMED])
    more = len(urls) - _MOST_NAMED
    return f"{names} and {more} more" if more > 0 else names
