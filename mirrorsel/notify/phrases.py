"""What is said of one event: what it is, and why it came."""

from mirrorsel.health import Standing
from mirrorsel.notify.event import Event
from mirrorsel.printable import one_line
from mirrorsel.words import why

_HEADLINES = {
    Standing.UNKNOWN: "is not known well enough to be judged",
    Standing.UP: "is up",
    Standing.STALE: "is stale",
    Standing.DOWN: "is down",
    Standing.QUARANTINED: "is in quarantine",
}


def headline(standing: Standing) -> str:
    """Return how a mirror stands, in words that follow its name."""
    return _HEADLINES[standing]


def cause(event: Event) -> str:
    """Return why a mirror is out of the choice, as a sentence; empty if it is not."""
    health = event.health
    if event.after is Standing.QUARANTINED:
        return f"Why: {one_line(health.quarantine)}."
    if event.after is Standing.STALE:
        stamp = f": they are of {health.stamp:%Y-%m-%d %H:%M}" if health.stamp else ""
        return f"Why: its files are too old{stamp}."
    if event.after is Standing.DOWN and health.outcome is not None:
        return f"Why: {one_line(why(health.outcome, health.detail, event.mirror.url))}."
    return ""
