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
        origin_stamp=_origin_stamp(previous, sighting),
        frozen=not believable,
    )
    held = reference(empty, None)
    health = {one.url: known.get(one.url, Health()) for one in sighting.results}
    if believable:
        for one in sighting.results:
            health[one.url] = advance(health[one.url], one, held, policy)
    return replace(empty, health=health)


def _origin_stamp(previous: Snapshot | None, sighting: Sighting) -> datetime | None:
    if sighting.origin.outcome is Outcome.OK and sighting.origin.stamp:
        return min(sighting.origin.stamp, sighting.taken)
    return previous.origin_stamp if previous else None
