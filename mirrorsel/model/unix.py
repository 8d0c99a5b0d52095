"""Times of Unix, as moments."""

from datetime import UTC, datetime

_LAST = 253_402_300_799
"""The last second of the year 9999."""


def moment_of(seconds: float) -> datetime | None:
    """Return a time as a moment in UTC; None where it is unknown or no year of ours.

    File systems, and files that others write, know times that nothing can name.

    Args:
        seconds: Of Unix time; 0 where it is unknown.

    """
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds <= _LAST else None
