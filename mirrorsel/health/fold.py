"""The step from one snapshot to the next."""

from dataclasses import dataclass, replace
from datetime import datetime

from mirrorsel.health.advance import advance
from mirrorsel.health.belief import is_believable
from mirrorsel.health.freshness import reference
from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """All that one cycle saw."""

    taken: datetime
    """When it ended."""
    vantage: str
    origin: ProbeResult
    results: tuple[ProbeResult, ...]
    """One of each mirror that was probed; a mirror without one is forgotten."""


def fold(
    previous: Snapshot | None, sighting: Sighting, policy: HealthPolicy
) -> Snapshot:
    """Return the snapshot after one cycle.

    A cycle that is not believable leaves every mirror as it was believed before.
    The origin's last known stamp outlives cycles in which the origin is silent.
    """
    known = previous.health if previous else {}
    believable = is_believable(sighting.origin, sighting.results, known, policy)
    empty = Snapshot(
        taken=sighting.taken,
        vantage=sighting.vantage,
        origin=_origin(previous, sighting),
        frozen_since=None if believable else _frozen_since(previous, sighting),
    )
    held = reference(empty, None)
    health = {one.url: known.get(one.url, Health()) for one in sighting.results}
    if believable:
        for one in sighting.results:
            health[one.url] = advance(health[one.url], one, held, policy)
    return replace(empty, health=health)


def _origin(previous: Snapshot | None, sighting: Sighting) -> Health:
    known = previous.origin if previous else Health()
    seen = sighting.origin
    stamp = seen.stamp and min(seen.stamp, sighting.taken)
    return replace(
        known,
        stamp=(stamp if seen.outcome is Outcome.OK else None) or known.stamp,
        checked=seen.at,
        outcome=seen.outcome,
        detail=seen.detail,
    )


def _frozen_since(previous: Snapshot | None, sighting: Sighting) -> datetime:
    return (previous.frozen_since if previous else None) or sighting.taken
