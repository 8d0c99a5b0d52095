"""How the clients of a cell are spread over mirrors, and how many stay at theirs.

Rendezvous hashing draws a number for each member, and the numbers of two members
have nothing to do with each other. So which member comes first is an exponential
race: each arrives at a random time, sooner by its weight. The odds of such races are
known exactly. Only where a share cap turns clients away some of them are tried.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mirrorsel.selection.entry import Entry
from mirrorsel.selection.index import Stage
from mirrorsel.selection.rendezvous import ROOT, Member, Rendezvous, slot
from mirrorsel.selection.terrain import Ring, walk

Shares: TypeAlias = Mapping[str, float]
"""Shares of clients by the URL of their first mirror; they sum to 1."""

_Part: TypeAlias = tuple[Rendezvous[Entry], int]
"""Those members of a set that are below a node of it."""

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
    """Whether clients were tried, so that not all is exact."""


def is_exact(before: Stage, after: Stage) -> bool:
    """Return whether it is known what becomes of all clients, and none need be tried.

    It is where no cap turns clients away, or where it turns away the same ones.
    """
    if not (before.capped or after.capped):
        return True
    return _is_flat(before) and _is_flat(after) and _made(before) == _made(after)


def exact_odds(before: Stage, after: Stage) -> Odds:
    """Return what becomes of the clients of stages that `is_exact` approves of."""
    kept = 1.0
    if not before.capped:
        kept = agreement(before.rings[0].spread, after.rings[0].spread)
    return Odds(before=stage_shares(before), after=stage_shares(after), kept=kept)


def sampled_odds(before: Stage, after: Stage, count: int) -> Odds:
    """Return what becomes of some clients, always the same ones, at any stages."""
    networks = [slot(f"sample {number}") for number in range(count)]
    old, new = (
        [next(walk(stage.rings, one)).mirror.url for one in networks]
        for stage in (before, after)
    )
    was, will_be = _known(before, old), _known(after, new)
    kept = sum(one == other for one, other in zip(old, new, strict=True)) / count
    # What both have at most, whichever clients these are.
    most = sum(min(share, will_be.get(url, 0.0)) for url, share in was.items())
    return Odds(before=was, after=will_be, kept=min(kept, most), sampled=True)


def stage_shares(stage: Stage) -> Shares:
    """Return which share of all clients has which mirror first.

    Where the stage is capped, its rings must not be large ones: at the forks of two
    large rings a client draws the same numbers.
    """
    if not stage.capped:
        return shares(stage.rings[0].spread)
    total: defaultdict[str, float] = defaultdict(float)
    left = 1.0
    for ring in stage.rings:
        for one, share in _ranks(ring):
            total[one.mirror.url] += left * min(share, share * ring.kept(one))
        left *= sum(share for _, share in _turned_away(ring))
    # Those that every ring turns away get the next best of the first one.
    ring = stage.rings[0]
    away = _turned_away(ring)
    lost = sum(share for _, share in away) or 1.0
    for first, share in away:
        for other, part in _ranks_but(ring, first):
            total[other.mirror.url] += left * share / lost * part
    return total


def shares(members: Rendezvous[Entry]) -> Shares:
    """Return which share of all clients has which member first."""
    return _shares((members, ROOT))


def agreement(old: Rendezvous[Entry], new: Rendezvous[Entry]) -> float:
    """Return which share of all clients has the same member first in both sets.

    A member stands below the same forks of any set that has them; and what is drawn
    at forks has nothing to do with what is drawn for members.
    """
    return _agreement((old, ROOT), (new, ROOT))


def _shares(part: _Part) -> Shares:
    sides = _sides(part)
    if not sides:
        weights = {one.mirror.url: one.weight for one in _members(part)}
        whole = sum(weights.values())
        return {url: weight / whole for url, weight in weights.items()}
    return {
        url: share * inner
        for share, half in sides
        if share
        for url, inner in _shares(half).items()
    }


def _agreement(old: _Part, new: _Part) -> float:
    if not _sides(new):
        old, new = new, old
    if not _sides(new):
        ours, theirs = _weights(_members(old)), _weights(_members(new))
        return sum(_won_by(key, ours, theirs) for key in ours if key in theirs)
    if not _sides(old):
        return sum(share * _agreement(old, half) for share, half in _sides(new))
    # Both draw the same: whoever is below both shares goes left in both.
    return sum(
        min(ours, theirs) * _agreement(one, other)
        for (ours, one), (theirs, other) in zip(_sides(old), _sides(new), strict=True)
    )


def _sides(part: _Part) -> Sequence[tuple[float, _Part]]:
    """Return the halves at a fork with their shares of its clients; none elsewhere.

    Whoever is sent to a half of which nothing is left goes to the other one.
    """
    members, node = part
    share = members.left(node)
    if share is None:
        return ()
    left, right = (members, 2 * node), (members, 2 * node + 1)
    if not (_members(left) and _members(right)):
        share = float(bool(_members(left)))
    return (share, left), (1 - share, right)


def _members(part: _Part) -> Sequence[Entry]:
    members, node = part
    return members.members(node)


def _won_by(winner: int, one: _Weights, other: _Weights) -> float:
    """Return how likely one member wins two races of the same draws."""
    return 1 / sum(
        max(one.get(key, 0) / one[winner], other.get(key, 0) / other[winner])
        for key in {**one, **other}
    )


def _weights(members: Iterable[Member]) -> _Weights:
    return {one.key: one.weight for one in members}


def _is_flat(stage: Stage) -> bool:
    return not any(ring.large for ring in stage.rings)


def _made(stage: Stage) -> object:
    """Return all of a stage with flat rings that a walk looks at."""
    return [
        {(one.key, one.weight, one.mirror.max_share) for one in ring.entries}
        for ring in stage.rings
    ]


def _ranks(ring: Ring) -> Sequence[tuple[Entry, float]]:
    """Return which share of clients ranks which mirror of a ring first."""
    return [(one, one.weight / ring.weight) for one in ring.entries]


def _turned_away(ring: Ring) -> Sequence[tuple[Entry, float]]:
    """Return which share of clients comes to a mirror and is turned away."""
    return [(one, share * max(0.0, 1 - ring.kept(one))) for one, share in _ranks(ring)]


def _ranks_but(ring: Ring, first: Entry) -> Sequence[tuple[Entry, float]]:
    """Return the shares of those that rank one mirror first, by their second."""
    others = [one for one in ring.entries if one is not first]
    whole = sum(one.weight for one in others)
    if not others:
        return [(first, 1.0)]
    return [(one, one.weight / whole) for one in others]


def _known(stage: Stage, tried: Sequence[str]) -> Shares:
    if not stage.capped or _is_flat(stage):
        return stage_shares(stage)
    return {url: count / len(tried) for url, count in Counter(tried).items()}
