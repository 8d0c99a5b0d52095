"""The step from one snapshot to the next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mirrorsel.health.advance import advance, note
from mirrorsel.health.belief import Sighting, is_believable
from mirrorsel.health.dispute import differs, is_disputed
from mirrorsel.health.freshness import reference
from mirrorsel.health.policy import HealthPolicy
from mirrorsel.health.reach import answered_families
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot


def fold(
    previous: Snapshot | None, sighting: Sighting, policy: HealthPolicy
) -> Snapshot:
    """Return the snapshot after one cycle.

    A mirror that is not listed, or not in service, is forgotten, its quarantine
    too; one that was not due is believed to be as before. So is every mirror after
    a cycle that is not believable, and after a comparison that is disputed. The
    origin's last known stamp outlives cycles in which the origin is silent.
    """
    before = previous or Snapshot(taken=sighting.taken)
    believable = is_believable(previous, sighting, policy)
    families = _families(before, sighting)
    current = Snapshot(
        taken=sighting.taken,
        vantage=sighting.vantage,
        origin=_origin(before.origin, sighting, policy, families, calm=believable),
        frozen_since=None if believable else before.frozen_since or sighting.taken,
    )
    health = {url: before.health.get(url, Health()) for url in sighting.listed}
    if believable:
        held = reference(current, None)
        results = [one for one in sighting.results if one.url in health]
        disputed = is_disputed(sighting)
        telling = [one for one in results if not (disputed and differs(one))]
        noted = {one.url: note(health[one.url], one) for one in results}
        health |= noted | _advanced(health, telling, held, policy, families)
        health = _undisputed(health)
    return replace(current, health=health)


def _advanced(
    known: Mapping[str, Health],
    results: list[ProbeResult],
    held: datetime | None,
    policy: HealthPolicy,
    families: frozenset[int],
) -> dict[str, Health]:
    return {
        one.url: advance(known[one.url], one, held, policy, families=families)
        for one in results
    }


def _undisputed(health: Mapping[str, Health]) -> dict[str, Health]:
    """Return the belief without what is wrong at several mirrors.

    It may as well be wrong where it is compared with, and would take one mirror down
    after the other if it were compared again.
    """
    told = Counter(one.wrong.path for one in health.values() if one.wrong)
    return {
        url: replace(one, wrong=None) if one.wrong and told[one.wrong.path] > 1 else one
        for url, one in health.items()
    }


def _families(before: Snapshot, sighting: Sighting) -> frozenset[int]:
    known = (before.origin, *before.health.values())
    witnesses = (one.result for one in sighting.witnesses)
    return answered_families(known, (*sighting.results, *witnesses))


def _origin(
    known: Health,
    sighting: Sighting,
    policy: HealthPolicy,
    families: frozenset[int],
    *,
    calm: bool,
) -> Health:
    """Return what to believe of the origin.

    A failure in a cycle that is not believable is as little the origin's as the
    mirrors'. No quarantine holds it: it has no line in which it could be lifted.
    """
    seen = sighting.origin
    if seen is None:
        return known
    if not calm and seen.outcome is not Outcome.OK:
        return note(known, seen)
    after = advance(known, seen, None, policy, families=families)
    return replace(after, quarantine="")
