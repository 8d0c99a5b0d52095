"""Whether a cycle tells of the mirrors or only of our own network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mirrorsel.health.advance import SILENT
from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Health, Outcome, ProbeResult, Snapshot, State

# What a machine without a working network sees of every mirror.
_UNREACHED = frozenset(
    {
        Outcome.DNS,
        Outcome.REFUSED,
        Outcome.TIMEOUT,
        Outcome.DEADLINE,
        Outcome.NO_ROUTE,
    }
)


class Role(StrEnum):
    """Why somebody else than the mirrors of a cycle was asked."""

    ORIGIN = "origin"
    CANARY = "canary"
    """A page that has nothing to do with mirrors and nearly always answers."""
    SPARE = "spare"
    """Another mirror, which was not due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Somebody who was asked whether our own network works."""

    role: Role
    result: ProbeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """All that one cycle saw."""

    taken: datetime
    """When it ended."""
    vantage: str
    listed: tuple[str, ...]
    """The URLs of all mirrors in service; what is known of others is forgotten."""
    results: tuple[ProbeResult, ...]
    """One of each mirror that was due."""
    witnesses: tuple[Witness, ...] = ()
    """Who else was asked; the origin is asked for its stamp too."""

    @property
    def origin(self) -> ProbeResult | None:
        """What was seen of the origin; None if it was not asked."""
        asked = (one.result for one in self.witnesses if one.role is Role.ORIGIN)
        return next(asked, None)


def is_vouched(witnesses: Iterable[Witness]) -> bool:
    """Return whether somebody vouches for our own network by an answer.

    A canary or a mirror does. The origin does only where no canary was asked: it may
    stand beside us in the same building.
    """
    witnesses = tuple(witnesses)
    roles = {one.role for one in witnesses if one.result.outcome is Outcome.OK}
    if Role.CANARY in roles or Role.SPARE in roles:
        return True
    canaries = any(one.role is Role.CANARY for one in witnesses)
    return Role.ORIGIN in roles and not canaries


def has_failure(results: Iterable[ProbeResult]) -> bool:
    """Return whether a mirror failed, as far as the probes tell."""
    return any(_has_failed(one) for one in results)


def is_believable(
    previous: Snapshot | None, sighting: Sighting, policy: HealthPolicy
) -> bool:
    """Return whether the results of one cycle may change what is believed.

    They may if somebody vouches for our network, or if nothing failed; without any
    result a freeze goes on. Else they may not if nothing of them could be reached
    at all; if nothing of them is good and of those who were asked besides none
    answers either; or if, with them, at least `freeze_share` of all listed mirrors
    that are not down have failed the last time.

    Args:
        previous: What was believed before.
        sighting: What was seen.
        policy: The share.

    """
    if not sighting.listed or is_vouched(sighting.witnesses):
        return True
    telling = [one for one in sighting.results if one.outcome not in SILENT]
    if not telling:
        return previous is None or not previous.frozen
    if not has_failure(telling):
        return True
    known = previous.health if previous else {}
    return not (
        all(one.outcome in _UNREACHED for one in telling)
        or _stands_alone(telling, sighting.witnesses)
        or _failing_share(sighting, known) >= policy.freeze_share
    )


def _stands_alone(results: Sequence[ProbeResult], asked: Iterable[Witness]) -> bool:
    """Return whether nobody at all was good, with somebody asked besides the origin.

    A network that answers in everybody's place is reached, and no better for it.
    """
    others = any(one.role is not Role.ORIGIN for one in asked)
    return others and all(_has_failed(one) for one in results)


def _failing_share(sighting: Sighting, known: Mapping[str, Health]) -> float:
    seen = {one.url: one for one in sighting.results if one.outcome not in SILENT}
    judged = [
        _has_failed(seen[url]) if url in seen else health.streak < 0
        for url in sighting.listed
        if (health := known.get(url, Health())).state is not State.DOWN
    ]
    return sum(judged) / len(judged) if judged else 0.0


def _has_failed(result: ProbeResult) -> bool:
    return result.outcome not in SILENT and result.outcome is not Outcome.OK
