"""One cycle: every mirror probed once, and what follows from it."""

import platform
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from mirrorsel.checker.pool import probe_all
from mirrorsel.config import Settings
from mirrorsel.health import Change, HealthPolicy, Sighting, changes, fold
from mirrorsel.model import Mirror, MirrorList, Outcome, ProbeResult, Snapshot
from mirrorsel.state import CycleSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a cycle probes, and by which rules it judges."""

    origin: str
    """The base URL of the tree that the mirrors copy."""
    mirrors: MirrorList
    policy: HealthPolicy
    vantage: str
    jobs: int
    """How many mirrors are probed at once."""
    deadline: float
    """Seconds that one probe may take."""

    @classmethod
    def of(cls, settings: Settings, mirrors: MirrorList) -> Self:
        """Return the plan that the settings ask for."""
        return cls(
            origin=settings.list.origin,
            mirrors=mirrors,
            policy=settings.health,
            vantage=settings.checker.vantage or platform.node(),
            jobs=settings.checker.jobs,
            deadline=settings.checker.deadline,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The outcome of one cycle."""

    snapshot: Snapshot
    changes: tuple[Change, ...]
    summary: CycleSummary
    origin: ProbeResult


def is_probed(mirror: Mirror) -> bool:
    """Return whether the checker probes a mirror: one that is in service."""
    return mirror.disabled is None


def probed(origin: str, mirrors: MirrorList) -> dict[str, Mirror]:
    """Return all that is probed, by URL: the origin first, then the mirrors."""
    listed = {one.url: one for one in mirrors.mirrors if is_probed(one)}
    return {origin: Mirror(url=origin)} | listed


def run_cycle(
    previous: Snapshot | None,
    plan: Plan,
    probe: Callable[[Mirror], ProbeResult],
    *,
    shuffle: Callable[[list[str]], None] = random.shuffle,
) -> Cycle:
    """Probe the origin and all mirrors once; return the next snapshot.

    Args:
        previous: The snapshot before, None at first.
        plan: What to probe.
        probe: Probes one mirror, or the origin as if it were one.
        shuffle: Puts the mirrors into the order in which their probes start, so
            that not the same ones always meet at the same moment.

    """
    start = time.monotonic()
    targets = probed(plan.origin, plan.mirrors)
    mirrors = [one.url for one in plan.mirrors.mirrors if is_probed(one)]
    shuffle(mirrors)
    ordered = [targets[url] for url in dict.fromkeys([plan.origin, *mirrors])]
    results = {
        result.url: result
        for result in probe_all(ordered, probe, jobs=plan.jobs, deadline=plan.deadline)
    }
    sighting = Sighting(
        taken=datetime.now(UTC),
        vantage=plan.vantage,
        origin=results[plan.origin],
        results=tuple(results[url] for url in mirrors),
    )
    snapshot = fold(previous, sighting, plan.policy)
    return Cycle(
        snapshot=snapshot,
        changes=changes(previous, snapshot),
        summary=_summary(sighting, snapshot, time.monotonic() - start),
        origin=sighting.origin,
    )


def _summary(sighting: Sighting, snapshot: Snapshot, seconds: float) -> CycleSummary:
    return CycleSummary(
        at=sighting.taken,
        seconds=round(seconds, 3),
        probed=len(sighting.results),
        good=sum(one.outcome is Outcome.OK for one in sighting.results),
        frozen=snapshot.frozen,
    )
