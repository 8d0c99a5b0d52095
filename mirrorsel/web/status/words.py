"""What both pages say in the same words."""

from datetime import datetime

from mirrorsel.model import State
from mirrorsel.status import MirrorStatus, Standing

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


def changed(state: State, *, stale: bool) -> str:
    """Return a state that a mirror came into."""
    return "stale" if stale and state is State.UP else str(state)


def percent(share: float) -> str:
    """Return a share as people read it."""
    return "<0.1 %" if 0 < share < _LITTLE else f"{100 * share:.1f} %"


def days_left(row: MirrorStatus, now: datetime) -> int | None:
    """Return how many whole days a certificate has left; negative after its end."""
    return None if row.expiry is None else (row.expiry - now).days
