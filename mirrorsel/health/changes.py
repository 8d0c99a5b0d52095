"""What is different from one snapshot to the next."""

from dataclasses import dataclass
from datetime import datetime

from mirrorsel.model import Health, Outcome, Snapshot, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is believed of a mirror otherwise than before: state, age or quarantine."""

    url: str
    at: datetime
    before: State
    after: State
    stale: bool
    """Whether it is stale now."""
    outcome: Outcome | None
    """How the probe ended that decided it."""
    detail: str
    """For a person; may contain text that the mirror sent."""
    quarantine: str = ""
    """Why it was put in quarantine; empty if it was not, or was there before."""


def changes(previous: Snapshot | None, current: Snapshot) -> tuple[Change, ...]:
    """Return what is believed of mirrors otherwise, in the snapshot's order."""
    known = previous.health if previous else {}
    pairs = (
        (url, known.get(url, Health()), health)
        for url, health in current.health.items()
    )
    return tuple(
        Change(
            url=url,
            at=after.checked or current.taken,
            before=before.state,
            after=after.state,
            stale=after.stale,
            outcome=after.outcome,
            detail=after.detail,
            quarantine="" if before.quarantine else after.quarantine,
        )
        for url, before, after in pairs
        if _believed(before) != _believed(after)
    )


def _believed(health: Health) -> tuple[State, bool, bool]:
    return health.state, health.stale, bool(health.quarantine)
