"""What is believed of a mirror over one IP family."""

from collections.abc import Iterable

from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Attempt, Health, Outcome, ProbeResult, Reach

FAMILIES = frozenset({4, 6})
"""The IP families, by their numbers."""

# What tells of this machine, and nothing of the mirror.
_OURS = frozenset({Outcome.NO_ROUTE, Outcome.NO_CLIENT, Outcome.DEFECT})


def reach_after(
    before: Reach,
    result: ProbeResult,
    family: int,
    policy: HealthPolicy,
    families: frozenset[int],
) -> Reach:
    """Return what to believe of a mirror over one IP family after one more probe.

    The first attempt decides, then `rise` answers or `fall` failures in a row turn
    it: one lost packet does not.

    Args:
        before: What was believed.
        result: What the probe saw.
        family: 4 or 6.
        policy: The thresholds.
        families: Those over which a failure is the mirror's own; see
            `answered_families`.

    """
    tried = next((one for one in result.attempts if one.family == family), None)
    if tried is None:
        return Reach() if _has_no_address(result) else before
    answered = tried.outcome is Outcome.OK
    if tried.outcome in _OURS or not (answered or family in families):
        return before
    return _turned(before, tried, policy)


def answered_families(
    known: Iterable[Health], results: Iterable[ProbeResult]
) -> frozenset[int]:
    """Return the IP families over which somebody answered when last asked.

    A family over which nobody does is this machine's trouble, not the mirrors': so
    many do not lose it at once. No failure over such a family is believed.

    Args:
        known: What was believed before of the mirrors and the origin.
        results: What was seen of them just now.

    """
    known = tuple(known)
    now = {
        tried.family
        for one in results
        for tried in one.attempts
        if tried.outcome is Outcome.OK
    }
    before = {4: any(one.ipv4.streak > 0 for one in known)}
    before[6] = any(one.ipv6.streak > 0 for one in known)
    return frozenset(one for one in FAMILIES if one in now or before[one])


def _has_no_address(result: ProbeResult) -> bool:
    # A probe that fails may have had no time for the other family.
    return result.outcome is Outcome.OK and bool(result.attempts)


def _turned(before: Reach, tried: Attempt, policy: HealthPolicy) -> Reach:
    answered = tried.outcome is Outcome.OK
    streak = max(before.streak, 0) + 1 if answered else min(before.streak, 0) - 1
    enough = policy.rise if answered else policy.fall
    decided = before.up is None or abs(streak) >= enough
    return Reach(
        up=answered if decided else before.up,
        streak=streak,
        outcome=tried.outcome,
        detail=tried.detail,
    )
