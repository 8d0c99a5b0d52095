"""The limits of one listing of a mirror."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What the listing of a mirror may cost beyond what one request may."""

    entries: int = 1_000_000
    """Files and folders that are read, wanted or not."""
    depth: int = 64
    """Folders within each other."""
    requests: int = 200_000
    page: int = 2**24
    """Bytes of the list of one folder."""
    bytes: int = 2**31
    """Of all lists together."""
    seconds: float = 6 * 3600.0
    """For all of it."""
    pause: float = 0.05
    """Seconds from the beginning of one request to that of the next."""
