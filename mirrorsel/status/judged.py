"""By which rules mirrors are judged, in words, with the numbers of this instance."""

from dataclasses import dataclass

from mirrorsel.health import HealthPolicy
from mirrorsel.status.row import MirrorStatus, Standing
from mirrorsel.status.said import length


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the settings say of how mirrors are judged."""

    policy: HealthPolicy
    period: float
    """Seconds from one probe of a mirror to the next."""
    dead_period: float
    """The longest time between two probes of a mirror that is down."""


def way_back(row: MirrorStatus, rules: Rules) -> str:
    """Return what would bring a mirror back into service; empty if it is there."""
    policy = rules.policy
    near = f"within {length(policy.fresh_within)} of the origin's"
    if row.quarantine:
        return f"Only the operator of this service brings it back: {row.quarantine}."
    match row.standing:
        case Standing.UP:
            return ""
        case Standing.STALE:
            return f"It is in use again as soon as its stamp is {near}."
        case Standing.UNKNOWN:
            return f"It is up after {_probes(policy.rise, 'good')}."
        case Standing.DOWN:
            return (
                f"It comes back after {_probes(policy.rise, 'good')}, with a stamp"
                f" {near}. Nobody needs to be told: it is probed at least once in"
                f" {length(max(rules.dead_period, rules.period))}."
            )
        case Standing.DISABLED:
            return "Only the operator of this service brings it back."


def rules_in_words(rules: Rules) -> tuple[str, ...]:
    """Return the rules, a sentence or two each."""
    policy = rules.policy
    alone = "; one failure alone takes nobody out" if policy.fall > 1 else ""
    down = (
        f"It goes down after {_probes(policy.fall, 'failed')}, and comes up after"
        f" {_probes(policy.rise, 'good')}{alone}."
    )
    stale = (
        f"It is stale when its stamp is more than {length(policy.stale_after)} behind"
        f" the origin's, and current again within {length(policy.fresh_within)} of it."
        " One that was down must be current to come back."
    )
    warned = length(policy.certificate_within)
    return (
        f"A mirror is probed about every {length(rules.period)}.",
        down,
        stale,
        f"A certificate is warned of in its last {warned}.",
    )


def _probes(count: int, kind: str) -> str:
    return f"{count} {kind} probes in a row" if count > 1 else f"one {kind} probe"
