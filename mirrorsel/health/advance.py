"""The step from one belief about a mirror to the next."""

from dataclasses import replace
from datetime import datetime

from mirrorsel.health.drift import drift_after, quarantine_after
from mirrorsel.health.freshness import is_stale
from mirrorsel.health.policy import HealthPolicy
from mirrorsel.health.reach import FAMILIES, reach_after
from mirrorsel.model import Health, Outcome, ProbeResult, Spot, State

SILENT = frozenset({Outcome.DEFECT, Outcome.NO_CLIENT})
"""How a probe ends when it tells nothing of the mirror."""

# The weight of the last probe in the mean of their seconds.
_WEIGHT = 0.3


def advance(
    previous: Health,
    result: ProbeResult,
    reference: datetime | None,
    policy: HealthPolicy,
    *,
    families: frozenset[int] = FAMILIES,
) -> Health:
    """Return what to believe of a mirror after one more probe.

    It is up after `rise` good probes in a row and down after `fall` bad ones. One
    that was down must show a fresh stamp besides, and one in quarantine stays down.
    A probe that tells nothing of the mirror is noted and changes no belief.

    Args:
        previous: What was believed before; `Health()` of a new mirror.
        result: What the probe saw.
        reference: The time against which stamps are held; None if there is none.
        policy: The thresholds.
        families: The IP families over which a failure is the mirror's own; see
            `answered_families`.

    """
    noted = note(previous, result)
    if result.outcome in SILENT:
        return noted
    believed = _judged(noted, previous, result, reference, policy)
    return replace(
        _measured(believed, previous, result),
        drift=drift_after(previous, result, policy),
        ipv4=reach_after(previous.ipv4, result, 4, policy, families),
        ipv6=reach_after(previous.ipv6, result, 6, policy, families),
        wrong=_wrong(previous, result),
    )


def note(previous: Health, result: ProbeResult) -> Health:
    """Return the same belief, with how the last probe ended."""
    return replace(
        previous,
        checked=result.at,
        outcome=result.outcome,
        detail=result.detail,
        seconds=result.seconds,
    )


def _judged(
    noted: Health,
    previous: Health,
    result: ProbeResult,
    reference: datetime | None,
    policy: HealthPolicy,
) -> Health:
    """Return the belief with its state, and all that the state is made of."""
    good = result.outcome is Outcome.OK
    stamp = _stamp(result) or previous.stamp
    streak = max(previous.streak, 0) + 1 if good else min(previous.streak, 0) - 1
    stale = is_stale(stamp, reference, policy, was_stale=previous.stale)
    quarantine = quarantine_after(previous, result)
    state = _state(previous.state, streak, policy, stale=stale)
    state = State.DOWN if quarantine else state
    return replace(
        noted,
        state=state,
        since=previous.since if state is previous.state else result.at,
        streak=streak,
        stale=stale,
        stamp=stamp,
        quarantine=quarantine,
    )


def _measured(believed: Health, previous: Health, result: ProbeResult) -> Health:
    """Return the belief with what good content came with."""
    twin = previous.https_twin if result.https_twin is None else result.https_twin
    if result.outcome is not Outcome.OK:
        return replace(believed, https_twin=twin)
    # In quarantine, what was trusted once stays what others are held against.
    trusted = previous if believed.quarantine else result
    return replace(
        believed,
        https_twin=twin,
        pace=_pace(previous.pace, _seconds(result)),
        certificate=trusted.certificate,
        target=trusted.target,
    )


def _wrong(previous: Health, result: ProbeResult) -> Spot | None:
    if not result.sample:
        return previous.wrong
    if result.outcome is Outcome.OK:
        return None
    return Spot(path=result.sample, start=result.start)


def _seconds(result: ProbeResult) -> float:
    """Return how long a good mirror took to answer.

    It is not slow because another of its IP families hangs: that is told apart.
    """
    took = [one.seconds for one in result.attempts if one.outcome is Outcome.OK]
    return min(took, default=result.seconds)


def _pace(before: float | None, seconds: float) -> float:
    if before is None:
        return seconds
    return before + _WEIGHT * (seconds - before)


def _stamp(result: ProbeResult) -> datetime | None:
    # A stamp from the future would outlast every honest one, so it is cut.
    return result.stamp and min(result.stamp, result.at)


def _state(before: State, streak: int, policy: HealthPolicy, *, stale: bool) -> State:
    if streak <= -policy.fall:
        return State.DOWN
    if streak < policy.rise or (before is State.DOWN and stale):
        return before
    return State.UP
