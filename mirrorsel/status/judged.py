"""By which rules mirrors are judged, in words, with the numbers of this instance."""

from dataclasses import dataclass
from datetime import timedelta

from mirrorsel.health import HealthPolicy
from mirrorsel.words import span

_ROUNDS = 4
_LEAST = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the settings say of how mirrors are judged."""

    policy: HealthPolicy
    period: float
    """Seconds from one probe of a mirror to the next."""
    dead_period: float
    """The longest time between two probes of a mirror that is down, as it is set."""

    @property
    def slowest(self) -> float:
        """Seconds between two probes of a mirror, at the most."""
        return max(self.dead_period, self.period)

    @property
    def silent(self) -> timedelta:
        """After how long without a cycle the checker is called silent.

        That is after some missed rounds, and not within a quarter of an hour.
        """
        return timedelta(seconds=max(_LEAST, _ROUNDS * self.period))


def rules_in_words(rules: Rules) -> tuple[str, ...]:
    """Return the rules, a sentence or two each."""
    policy = rules.policy
    alone = "; one failure alone takes nobody out" if policy.fall > 1 else ""
    down = (
        f"It goes down after {_probes(policy.fall, 'failed')}, and comes up after"
        f" {_probes(policy.rise, 'good')}{alone}."
    )
    stale = (
        f"It is stale when its stamp is more than {span(policy.stale_after)} behind"
        f" the origin's, and current again within {span(policy.fresh_within)} of it."
        " One that was down must be current to come back."
    )
    slowest = span(rules.slowest)
    dead = f"one that is down ever more seldom, but at least once in {slowest}"
    warned = span(policy.certificate_within)
    return (
        f"A mirror is probed about every {span(rules.period)}; {dead}.",
        down,
        stale,
        f"A certificate is warned of in its last {warned}.",
    )


def _probes(count: int, kind: str) -> str:
    return f"{count} {kind} probes in a row" if count > 1 else f"one {kind} probe"
