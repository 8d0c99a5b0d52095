"""What one answer must be like, whichever version it is of."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.reload.keepalive import Reply
from tests.reload.versions import (
    DEFAULT_LINKS,
    Version,
    mirrors_in,
    origins_in,
    versions_in,
)

GET = "/get/httpd/x.tgz"
JSON = f"{GET}?json"
PROOF = "/get/httpd/KEYS"
CLOSER = "/dyn/closer.lua?as_json=1&path=httpd/x.tgz"
STATUS = "/mirrors/status.json"
LIST = "/mirrors/mirrors.list"


class MixedError(Exception):
    """An answer is not of one whole version."""


def _whole(text: str) -> Version:
    found = set(versions_in(text))
    if len(found) != 1:
        raise MixedError(f"of the versions {sorted(found)}")
    [version] = found
    return version


def _all(text: str) -> Version:
    version = _whole(text)
    if mirrors_in(text) != version.mirrors:
        raise MixedError(f"{mirrors_in(text)} mirrors of {version}")
    return version


def redirect(reply: Reply) -> Version:
    """Look at a redirect with its links."""
    _is(reply, 302)
    link = reply.header("Link")
    if link.count("<") == DEFAULT_LINKS:
        raise MixedError("links of half a settings file")
    return _whole(f"{reply.header('Location')} {link}")


def proof(reply: Reply) -> Version:
    """Look at a redirect to the origin; its version is that of the settings."""
    _is(reply, 302)
    location = reply.header("Location")
    if len(origins_in(location)) != 1:
        raise MixedError(f"Location: {location}")
    return Version(origins_in(location).pop(), 0)


def explained(reply: Reply) -> Version:
    """Look at the choice as JSON: all mirrors of a list, by one snapshot."""
    _is(reply, 200)
    told = json.loads(reply.body)
    listed = [one for one in told["ranked"] if one["how"] != "backup"]
    stamps = {one["stamp"] for one in listed}
    if len(stamps) != 1 or len(origins_in(reply.body)) != 1:
        raise MixedError(f"stamps {stamps}, origins {origins_in(reply.body)}")
    return _all(reply.body)


def some(reply: Reply) -> Version:
    """Look at what names some mirrors."""
    _is(reply, 200)
    return _whole(reply.body)


def every(reply: Reply) -> Version:
    """Look at what names all mirrors of a list."""
    _is(reply, 200)
    return _all(reply.body)


LOOKS: Mapping[str, Callable[[Reply], Version]] = MappingProxyType(
    {
        GET: redirect,
        JSON: explained,
        PROOF: proof,
        CLOSER: some,
        STATUS: every,
        LIST: every,
    }
)


def _is(reply: Reply, status: int) -> None:
    if reply.status != status:
        raise MixedError(f"status {reply.status}: {reply.body[:200]!r}")
