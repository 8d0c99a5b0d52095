"""How the clients of a cell are spread over mirrors, and how many stay at theirs.

Rendezvous hashing draws a number for each member, and the numbers of two members
have nothing to do with each other. So which member comes first is an exponential
race: each arrives at a random time, sooner by its weight. The odds of such races are
known exactly. Only where a share cap turns clients away are some of them tried.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from mirrorsel.selection.entry import Entry
from mirrorsel.selection.index import Stage
from mirrorsel.selection.rendezvous import Rendezvous, slot
from mirrorsel.selection.terrain import walk

Shares: TypeAlias = Mapping[str, float]
"""Shares of clients by the URL of their first mirror; they sum to 1."""

_Weights: TypeAlias = Mapping[int, int]
"""Weights by the keys of members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """What becomes of the clients of a cell when one stage takes another's place."""

    before: Shares
    after: Shares
    kept: float
    """The share of clients whose first mirror stays the same."""
    sampled: bool = False
    """Whether clients were tried, so that shares are not exact."""


def exact_odds(before: Stage, after: Stage) -> Odds:
    """Return what becomes of clients where no stage is capped."""
    old, new = before.rings[0].spread, after.rings[0].spread
    return Odds(before=shares(old), after=shares(new), kept=agreement(old, new))


def sampled_odds(before: Stage, after: Stage, count: int) -> Odds:
    """Return what becomes of some clients, always the same ones, at any stages."""
    networks = [slot(f"sample {number}") for number in range(count)]
    old, new = (
        [next(walk(stage.rings, one)).mirror.url for one in networks]
        for stage in (before, after)
    )
    kept = sum(one == other for one, other in zip(old, new, strict=True))
    return Odds(
        before=_counted(old), after=_counted(new), kept=kept / count, sampled=True
    )


def shares(members: Rendezvous[Entry]) -> Shares:
    """Return which share of all clients has which member first."""
    branches = members.branches
    if not branches:
        whole = sum(weight for _, weight, _ in members.members)
        return {one.mirror.url: weight / whole for _, weight, one in members.members}
    whole = sum(weight for _, weight, _ in branches)
    return {
        url: share * weight / whole
        for _, weight, branch in branches
        for url, share in shares(branch).items()
    }


def agreement(old: Rendezvous[Entry], new: Rendezvous[Entry]) -> float:
    """Return which share of all clients has the same member first in both sets.

    A member stands in the same branch of any set that has it, if that set has
    branches; and the draws of branches have nothing to do with those of members.
    """
    if not new.branches and old.branches:
        old, new = new, old
    if not new.branches:
        return _won_twice(_weights(old.members), _weights(new.members))
    theirs = _weights(new.branches)
    if not old.branches:
        whole = sum(theirs.values())
        return sum(
            theirs[key] / whole * agreement(old, part) for key, _, part in new.branches
        )
    ours = _weights(old.branches)
    matching = {key: part for key, _, part in old.branches}
    return sum(
        _won_by(key, ours, theirs) * agreement(matching[key], part)
        for key, _, part in new.branches
        if key in matching
    )


def _won_twice(one: _Weights, other: _Weights) -> float:
    return sum(_won_by(key, one, other) for key in one if key in other)


def _won_by(winner: int, one: _Weights, other: _Weights) -> float:
    """Return how likely one member wins two races of the same draws."""
    return 1 / sum(
        max(one.get(key, 0) / one[winner], other.get(key, 0) / other[winner])
        for key in {**one, **other}
    )


def _weights(members: Iterable[tuple[int, int, object]]) -> _Weights:
    return {key: weight for key, weight, _ in members}


def _counted(urls: list[str]) -> Shares:
    return {url: count / len(urls) for url, count in Counter(urls).items()}
