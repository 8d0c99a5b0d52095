"""What both pages say in the same words."""

from datetime import datetime

from mirrorsel.health import Change
from mirrorsel.model import State
from mirrorsel.status import MirrorStatus, Standing
from mirrorsel.words import age

NONE = "-"
_LITTLE = 0.0005
WORDS = {
    Standing.UP: "up",
    Standing.STALE: "stale",
    Standing.UNKNOWN: "unknown",
    Standing.DOWN: "down",
    Standing.DISABLED: "out of service",
}


def iso(moment: datetime) -> str:
    """Return a time as programs read it."""
    return moment.isoformat(timespec="seconds")


def clock(moment: datetime | None) -> str:
    """Return a time as people read it, in UTC."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else NONE


def family(reach: bool | None) -> str:  # noqa: FBT001 - a belief, and no switch
    """Return whether a mirror answers over a family."""
    return {True: "answers", False: "no answer", None: "no address, or not known"}[
        reach
    ]


def changed(change: Change) -> tuple[str, str]:
    """Return from which state a mirror came, and into which."""
    if change.quarantine:
        return str(change.before), "quarantine"
    same = change.before is change.after
    before = _named(change.before, stale=same and not change.stale)
    stale = change.stale and (same or change.after is not State.DOWN)
    return before, _named(change.after, stale=stale)


def _named(state: State, *, stale: bool) -> str:
    if not stale:
        return str(state)
    return "stale" if state is State.UP else f"{state}, stale"


def percent(share: float) -> str:
    """Return a share as people read it."""
    return "<0.1 %" if 0 < share < _LITTLE else f"{100 * share:.1f} %"


def part_of(part: float) -> str:
    """Return a part of a whole as people read it; only all of it is 100 %."""
    return f"{min(100 * part, 99.9):.1f} %" if part < 1 else "100 %"


def left(row: MirrorStatus, now: datetime) -> str:
    """Return how long a certificate is still valid; empty without one."""
    if row.certificate is None:
        return ""
    end = row.certificate.expiry
    return age(now, end) if end > now else "ended"
