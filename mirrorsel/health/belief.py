"""Whether a cycle tells of the mirrors or only of our own network."""

from collections.abc import Mapping, Sequence

from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Health, Outcome, ProbeResult, State

# What a machine without a working network sees of every mirror.
_UNREACHED = frozenset(
    {Outcome.DNS, Outcome.REFUSED, Outcome.TIMEOUT, Outcome.DEADLINE}
)


def is_believable(
    origin: ProbeResult,
    results: Sequence[ProbeResult],
    previous: Mapping[str, Health],
    policy: HealthPolicy,
) -> bool:
    """Return whether the results of one cycle may change what is believed.

    An origin that answers vouches for our network. When it does not, the cycle is
    not believed if nothing could be reached at all, or if at least `freeze_share`
    of the mirrors that were not down before have failed.

    Args:
        origin: What the probe of the origin saw.
        results: What the probes of the mirrors saw, in any order.
        previous: What was believed before, by URL.
        policy: The share.

    """
    if origin.outcome is Outcome.OK or not results:
        return True
    if all(one.outcome in _UNREACHED for one in (origin, *results)):
        return False
    judged = [one for one in results if _is_judged(one, previous)]
    failed = sum(one.outcome is not Outcome.OK for one in judged)
    return not judged or failed < policy.freeze_share * len(judged)


def _is_judged(result: ProbeResult, previous: Mapping[str, Health]) -> bool:
    if result.outcome is Outcome.DEFECT:
        return False
    return previous.get(result.url, Health()).state is not State.DOWN
