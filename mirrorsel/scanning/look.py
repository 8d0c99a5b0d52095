"""A look at a few files of one mirror."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mirrorsel.errors import FetchError
from mirrorsel.model import Mirror, Presence, PublishedFile
from mirrorsel.net import Limits, look


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen of a few files."""

    url: str
    """The mirror's base URL."""
    found: Mapping[int, Presence] = field(default_factory=dict)
    """By the files' numbers."""
    failure: FetchError | None = None
    """What ended it before all files were looked for."""


def look_at(
    mirror: Mirror,
    files: Iterable[PublishedFile],
    limits: Limits,
    pause: float,
    stop: threading.Event,
) -> Looked:
    """Look for files on a mirror, one after the other.

    Args:
        mirror: The mirror.
        files: The files.
        limits: What each may cost, and where requests may go.
        pause: Seconds before each.
        stop: Ends it before all files were looked for.

    """
    found: dict[int, Presence] = {}
    for file in files:
        if stop.wait(pause):
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
    told = look(mirror.url, file.path, limits_for(mirror, limits))
    if told is None:
        return Presence.MISSING
    return Presence.HELD if told.may_have(file.size) else Presence.WRONG_SIZE


def limits_for(mirror: Mirror, limits: Limits) -> Limits:
    """Return limits with the IP families that a mirror's line allows."""
    return replace(limits, families=frozenset(mirror.families))
