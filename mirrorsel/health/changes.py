"""What is different from one snapshot to the next."""

from dataclasses import dataclass
from datetime import datetime

from mirrorsel.model import Health, Outcome, Snapshot, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A mirror that is believed to be in another state, or staleness, than before."""

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


def changes(previous: Snapshot | None, current: Snapshot) -> tuple[Change, ...]:
    """Return the mirrors whose state or staleness changed, in the snapshot's order."""
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
        )
        for url, before, after in pairs
        if (before.state, before.stale) != (after.state, after.stale)
    )
