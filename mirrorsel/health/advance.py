"""The step from one belief about a mirror to the next."""

from dataclasses import replace
from datetime import datetime

from mirrorsel.health.freshness import is_stale
from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Attempt, Health, Outcome, ProbeResult, Reach, State


def advance(
    previous: Health,
    result: ProbeResult,
    reference: datetime | None,
    policy: HealthPolicy,
) -> Health:
    """Return what to believe of a mirror after one more probe.

    It is up after `rise` good probes in a row and down after `fall` bad ones. One
    that was down must show a fresh stamp besides. A defect of the probe itself
    changes nothing.

    Args:
        previous: What was believed before; `Health()` of a new mirror.
        result: What the probe saw.
        reference: The time against which stamps are held; None if there is none.
        policy: The thresholds.

    """
    if result.outcome is Outcome.DEFECT:
        return previous
    good = result.outcome is Outcome.OK
    stamp = _stamp(result) or previous.stamp
    streak = max(previous.streak, 0) + 1 if good else min(previous.streak, 0) - 1
    stale = is_stale(stamp, reference, policy, was_stale=previous.stale)
    state = _state(previous.state, streak, policy, stale=stale)
    return replace(
        previous,
        state=state,
        since=previous.since if state is previous.state else result.at,
        streak=streak,
        stale=stale,
        stamp=stamp,
        checked=result.at,
        outcome=result.outcome,
        detail=result.detail,
        seconds=result.seconds,
        ipv4=_reach(previous.ipv4, result, 4),
        ipv6=_reach(previous.ipv6, result, 6),
        certificate=result.certificate or previous.certificate,
    )


def _stamp(result: ProbeResult) -> datetime | None:
    # A stamp from the future would outlast every honest one, so it is cut.
    return result.stamp and min(result.stamp, result.at)


def _state(before: State, streak: int, policy: HealthPolicy, *, stale: bool) -> State:
    if streak <= -policy.fall:
        return State.DOWN
    if streak < policy.rise or (before is State.DOWN and stale):
        return before
    return State.UP


def _reach(before: Reach, result: ProbeResult, family: int) -> Reach:
    tried = next((one for one in result.attempts if one.family == family), None)
    return before if tried is None else _next_reach(before, tried)


def _next_reach(before: Reach, tried: Attempt) -> Reach:
    up = tried.outcome is Outcome.OK
    streak = max(before.streak, 0) + 1 if up else min(before.streak, 0) - 1
    return Reach(up=up, streak=streak, outcome=tried.outcome, detail=tried.detail)
