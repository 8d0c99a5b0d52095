"""One cycle: the mirrors that are due are probed, and what follows from it."""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from mirrorsel.checker.inquiry import Inquiry, Means, Probe
from mirrorsel.checker.plan import Plan, is_probed
from mirrorsel.health import (
    Change,
    Sighting,
    Witness,
    changes,
    fold,
    has_failure,
    is_disputed,
    is_due,
)
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot
from mirrorsel.state import CycleSummary


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The outcome of one cycle."""

    snapshot: Snapshot
    changes: tuple[Change, ...]
    summary: CycleSummary
    results: tuple[ProbeResult, ...] = ()
    """Of the mirrors, believed or not."""
    listed: tuple[str, ...] = ()
    """The URLs of all mirrors of the list, also of those that are not probed."""
    origin: ProbeResult | None = None
    """None when it was not asked."""
    witnesses: tuple[Witness, ...] = ()
    """All who were asked besides, the origin too."""
    disputed: bool = False
    """Whether what mirrors are compared with seems to be wrong itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Whom to ask now."""

    mirrors: tuple[str, ...]
    """Their URLs, in the order of the list."""
    origin: bool
    gone: bool
    """Whether something is known of a mirror that is to be forgotten."""

    def __bool__(self) -> bool:
        """Return whether there is anything to do."""
        return bool(self.mirrors) or self.origin or self.gone


def due(previous: Snapshot | None, plan: Plan, now: datetime) -> Due:
    """Return who is to be asked now.

    Args:
        previous: What is believed, None at first.
        plan: Who is probed, and how often.
        now: The time on the wall.

    """
    known = previous or Snapshot(taken=now)
    listed = [one.url for one in plan.mirrors.mirrors if is_probed(one)]
    mirrors = tuple(
        url
        for url in listed
        if is_due(url, known.health.get(url, Health()), plan.rhythm, now)
    )
    return Due(
        mirrors=mirrors,
        # What it says counts for all mirrors, so that it is never left alone.
        origin=is_due(
            plan.origin,
            known.origin,
            replace(plan.rhythm, dead_period=plan.rhythm.period),
            now,
        ),
        gone=not known.health.keys() <= set(listed),
    )


def run_cycle(
    previous: Snapshot | None, plan: Plan, probe: Probe, means: Means | None = None
) -> Cycle:
    """Probe who is due; return the next snapshot.

    Where what is seen leaves a doubt about our own network, witnesses are asked.
    While cycles are not believed they are asked first, and no mirror is bothered
    before one of them answers.

    Args:
        previous: The snapshot before, None at first.
        plan: What to probe.
        probe: Probes one mirror, or the origin as if it were one.
        means: What else is needed.

    """
    start = time.monotonic()
    means = means or Means()
    wanted = due(previous, plan, means.now())
    inquiry = Inquiry(previous, plan, probe, means)
    if previous is not None and previous.frozen:
        inquiry.ask_origin()
        inquiry.ask_others(anybody=True)
        if inquiry.is_vouched:
            _ask(inquiry, wanted)
    else:
        _ask(inquiry, wanted)
    sighting = inquiry.sighting()
    snapshot = fold(previous, sighting, plan.policy)
    return Cycle(
        snapshot=snapshot,
        changes=changes(previous, snapshot),
        summary=_summary(sighting, snapshot, time.monotonic() - start),
        results=sighting.results,
        listed=tuple(one.url for one in plan.mirrors.mirrors),
        origin=sighting.origin,
        witnesses=sighting.witnesses,
        disputed=is_disputed(sighting),
    )


def _ask(inquiry: Inquiry, wanted: Due) -> None:
    inquiry.ask_mirrors(wanted.mirrors, origin=wanted.origin)
    if has_failure(inquiry.sighting().results):
        inquiry.ask_origin()
    if inquiry.is_doubtful:
        inquiry.ask_others(anybody=False)
    if inquiry.is_disputable:
        inquiry.ask_spares(anybody=False)


def _summary(sighting: Sighting, snapshot: Snapshot, seconds: float) -> CycleSummary:
    return CycleSummary(
        at=sighting.taken,
        seconds=round(seconds, 3),
        probed=len(sighting.results),
        good=sum(one.outcome is Outcome.OK for one in sighting.results),
        frozen=snapshot.frozen,
    )
