"""A look at a few files of one mirror."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import quote

from mirrorsel.errors import FetchError
from mirrorsel.model import Kind, Mirror, Outcome, Presence, PublishedFile
from mirrorsel.net import Limits, Span, Transport, fetch, fetch_ftp, fetch_rsync

# By HTTP (RFC 9110, section 15.5), FTP (RFC 959, section 4.2) and rsync(1).
_NOT_THERE = frozenset({404, 410, 550, 23})
_BEYOND_THE_END = 416
_TRANSPORTS: Mapping[Kind, Transport] = MappingProxyType(
    {Kind.HTTP: fetch, Kind.FTP: fetch_ftp, Kind.RSYNC: fetch_rsync}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen of a few files."""

    url: str
    """The mirror's base URL."""
    found: Mapping[int, Presence] = field(default_factory=dict)
    """By the files' numbers."""
    failure: FetchError | None = None
    """What ended it before all files were looked for."""


def look(
    mirror: Mirror,
    files: Iterable[PublishedFile],
    limits: Limits,
    wait: Callable[[], bool],
) -> Looked:
    """Look for files on a mirror, one after the other, by their first byte.

    Args:
        mirror: The mirror.
        files: The files.
        limits: What each may cost, and where requests may go.
        wait: Waits before each; whether to go on.

    """
    found: dict[int, Presence] = {}
    for file in files:
        if not wait():
            break
        try:
            found[file.number] = look_for(mirror, file, limits)
        except FetchError as error:
            return Looked(url=mirror.url, found=found, failure=error)
    return Looked(url=mirror.url, found=found)


def look_for(mirror: Mirror, file: PublishedFile, limits: Limits) -> Presence:
    """Return what a mirror has of a file.

    Raises:
        FetchError: that cannot be told.

    """
    families = {4: mirror.ipv4, 6: mirror.ipv6}
    limits = replace(
        limits, families=frozenset(one for one, may in families.items() if may)
    )
    url = url_of(mirror, file)
    try:
        size = _TRANSPORTS[mirror.kind](url, limits, span=Span(0, 1)).size
    except FetchError as error:
        return _of_failure(error, file)
    right = size is None or file.size in {None, size}
    return Presence.HELD if right else Presence.WRONG_SIZE


def url_of(mirror: Mirror, file: PublishedFile) -> str:
    """Return the URL of a file on a mirror."""
    return mirror.url + quote(file.path)


def _of_failure(error: FetchError, file: PublishedFile) -> Presence:
    if error.outcome == Outcome.SOFT_404:
        return Presence.MISSING
    if error.status == _BEYOND_THE_END:
        # It has no first byte.
        return Presence.WRONG_SIZE if file.size else Presence.HELD
    if error.outcome == Outcome.STATUS and error.status in _NOT_THERE:
        return Presence.MISSING
    raise error
