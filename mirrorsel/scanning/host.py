"""The host of a mirror, and its lines by other protocols."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from mirrorsel.model import Kind, Mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The other lines of a mirror's host, by which it may be listed as well."""

    rsync: Mirror | None = None
    ftp: Mirror | None = None


def host_of(mirror: Mirror) -> str:
    """Return the host of a mirror, whatever its port."""
    return urlsplit(mirror.url).hostname or mirror.url


def lines_of(
    mirror: Mirror, mirrors: Iterable[Mirror], is_usable: Callable[[Mirror], bool]
) -> Lines:
    """Return the lines of the same host that may list what a mirror by HTTP has.

    Of several, it is the one whose path ends most like the mirror's own.

    Args:
        mirror: The mirror.
        mirrors: All lines of the list.
        is_usable: Whether a line is in service and works.

    """
    if mirror.kind is not Kind.HTTP:
        return Lines()
    found: dict[Kind, Mirror] = {}
    for one in mirrors:
        fits = host_of(one) == host_of(mirror) and _carries(one, mirror)
        if one.kind is Kind.HTTP or not fits or not is_usable(one):
            continue
        known = found.get(one.kind)
        if known is None or _likeness(one, mirror) > _likeness(known, mirror):
            found[one.kind] = one
    return Lines(rsync=found.get(Kind.RSYNC), ftp=found.get(Kind.FTP))


def _carries(one: Mirror, mirror: Mirror) -> bool:
    """Return whether a line has all parts of the tree that a mirror has."""
    if not mirror.prefixes:
        return not one.prefixes
    return all(map(one.carries, mirror.prefixes))


def _likeness(one: Mirror, mirror: Mirror) -> int:
    """Return in how many names at their ends two paths are the same."""
    count = 0
    for mine, theirs in zip(_names(one), _names(mirror), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _names(mirror: Mirror) -> list[str]:
    path = urlsplit(mirror.url).path.strip("/").casefold()
    return list(reversed(path.split("/")))
