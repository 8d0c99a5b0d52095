"""Whether a mirror is still the one that it was: who certifies it, who answers."""

from datetime import timedelta

from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Caution, Drift, Health, Outcome, ProbeResult
from mirrorsel.words import why

_CONTENT = frozenset(
    {
        Outcome.SOFT_404,
        Outcome.BAD_STAMP,
        Outcome.BAD_SIZE,
        Outcome.BAD_HASH,
        Outcome.ENCODED,
    }
)
"""How a probe ends when something was sent that is not what was asked for."""


def drift_after(
    previous: Health, result: ProbeResult, policy: HealthPolicy
) -> Drift | None:
    """Return the drift to tell of after one more probe.

    It is new where a good probe met another redirect target or issuer than the good
    ones before; else it is the last one, for as long as that is told.
    """
    if result.outcome is Outcome.OK and not previous.quarantine:
        new = _drift(previous, result)
        if new is not None:
            return new
    told = previous.drift
    if told is None or result.at - told.at >= timedelta(seconds=policy.drift_told):
        return None
    return told


def quarantine_after(previous: Health, result: ProbeResult) -> str:
    """Return why only the operator can bring a mirror back; empty if it is not so.

    That is when the content is wrong and somebody else than before sends it: a
    domain that was taken over looks like this, a mirror that is broken does not, and
    neither does one that drifted lately while its content was good, as those do that
    redirect to one of several hosts. Nothing that the mirror does ends it.
    """
    if previous.quarantine or result.outcome not in _CONTENT:
        return previous.quarantine
    drift = _drift(previous, result)
    if drift is None or _is_habit(drift, previous.drift):
        return ""
    wrong = why(result.outcome, result.detail, result.url)
    return f"{_words(drift)}, and the content is wrong: {wrong}"


def _drift(previous: Health, result: ProbeResult) -> Drift | None:
    """Return in what a mirror is another one than it was with good content.

    Another host that answers explains another issuer, so it is told first.
    """
    # Without a good probe there is no host to compare with, as "" is one too.
    if previous.pace is not None and result.target != previous.target:
        return Drift(
            caution=Caution.TARGET,
            at=result.at,
            before=previous.target,
            after=result.target,
        )
    before = previous.certificate.issuer if previous.certificate else ""
    after = result.certificate.issuer if result.certificate else ""
    if before and after and before != after:
        return Drift(caution=Caution.ISSUER, at=result.at, before=before, after=after)
    return None


def _is_habit(drift: Drift, before: Drift | None) -> bool:
    return before is not None and before.caution is drift.caution


def _words(drift: Drift) -> str:
    if drift.caution is Caution.ISSUER:
        return f"the certificate is now of {drift.after}, not {drift.before}"
    before, after = drift.before or "its own host", drift.after or "its own host"
    return f"it is now answered by {after}, not by {before}"
