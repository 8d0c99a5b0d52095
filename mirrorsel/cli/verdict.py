"""What one probe, now, says of each mirror of the list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mirrorsel.checker.plan import is_probed
from mirrorsel.health import HealthPolicy, advance, cautions, is_stale
from mirrorsel.model import (
    Health,
    Mirror,
    MirrorList,
    Outcome,
    ProbeResult,
    Snapshot,
    State,
)
from mirrorsel.words import lagging, quarantine, warning, why, why_not_probed


class Verdict(StrEnum):
    """What `mirrorsel check` says of a mirror."""

    PASS = "pass"  # noqa: S105 - not a password
    WARN = "warn"
    FAIL = "fail"
    SKIP = "-"
    """Not probed, so it does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mirror of the list, as `mirrorsel check` found it."""

    mirror: Mirror
    verdict: Verdict
    reason: str
    """In words; may contain text that the mirror sent."""
    result: ProbeResult | None
    """None when it was not probed."""
    health: Health | None
    """What the running checker believes; None when it has not seen the mirror."""
    warnings: tuple[str, ...] = ()
    """What should be looked at though the mirror answers, in words."""


def findings(
    mirrors: MirrorList,
    results: Mapping[str, ProbeResult],
    reference: datetime | None,
    snapshot: Snapshot | None,
    policy: HealthPolicy,
) -> tuple[Finding, ...]:
    """Return a finding for every mirror, in the order of the list.

    Args:
        mirrors: The list.
        results: What the probes saw, by URL.
        reference: The time against which stamps are held.
        snapshot: What the running checker believes, if that is known.
        policy: The thresholds of freshness.

    """
    known = snapshot.health if snapshot else {}
    return tuple(
        _finding(one, results.get(one.url), reference, known.get(one.url), policy)
        for one in mirrors.mirrors
    )


def _finding(
    mirror: Mirror,
    result: ProbeResult | None,
    reference: datetime | None,
    health: Health | None,
    policy: HealthPolicy,
) -> Finding:
    warnings: tuple[str, ...] = ()
    if not is_probed(mirror) or result is None:
        verdict, reason = Verdict.SKIP, why_not_probed(mirror)
    elif result.outcome is Outcome.NO_CLIENT:
        verdict, reason = Verdict.SKIP, why(result.outcome, result.detail, mirror.url)
    elif result.outcome is not Outcome.OK:
        verdict, reason = Verdict.FAIL, why(result.outcome, result.detail, mirror.url)
    else:
        stale = is_stale(result.stamp, reference, policy, was_stale=_was_stale(health))
        verdict = Verdict.WARN if stale else Verdict.PASS
        reason = "stale" if stale else why(result.outcome, "", mirror.url)
        behind = (lagging(result.stamp, reference),) if stale else ()
        warnings = (*behind, *_warnings(mirror, result, reference, health, policy))
    return Finding(
        mirror=mirror,
        verdict=verdict,
        reason=reason,
        result=result,
        health=health,
        warnings=warnings,
    )


def _warnings(
    mirror: Mirror,
    result: ProbeResult,
    reference: datetime | None,
    health: Health | None,
    policy: HealthPolicy,
) -> Iterator[str]:
    """Yield what is to be warned of a mirror that answers, after this one probe."""
    if health is not None and health.quarantine:
        yield quarantine(health)
        return
    # Here one probe decides, and what the checker believes is only compared with.
    now = replace(health or Health(), state=State.UNKNOWN)
    decided = replace(policy, rise=1, fall=1)
    folded = advance(now, result, reference, decided)
    for one in cautions(mirror, folded, result.at, policy):
        yield warning(one, folded, result.at)


def _was_stale(health: Health | None) -> bool:
    return health is not None and health.stale
