"""Times of files, as they are shown."""

from datetime import UTC, datetime


def moment(seconds: int) -> datetime | None:
    """Return a time of the index; None where it is unknown, or none at all."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (OverflowError, ValueError, OSError):
        return None


def iso(seconds: int) -> str:
    """Return a time as programs read it (RFC 3339); empty if it is unknown."""
    found = moment(seconds)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ") if found else ""


def clock(seconds: int) -> str:
    """Return a time as people read it, in UTC; empty if it is unknown."""
    found = moment(seconds)
    return f"{found:%Y-%m-%d %H:%M}" if found else ""
