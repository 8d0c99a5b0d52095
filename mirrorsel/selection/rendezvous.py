"""Who gets which of several equals: weighted rendezvous hashing.

Each client ranks the members by a hash of itself and the member, so a client
keeps its member without anybody remembering it, and a member that goes away
moves its own clients only.
With weights: C. Schindelhauer, G. Schomaker, "Weighted Distributed Hash Tables",
SPAA 2005; the logarithmic method.
A large set is ranked as a tree of small ones, so that finding the first member
costs the logarithm of their number: "skeleton-based" rendezvous hashing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from math import log
from operator import truediv
from typing import Any, Generic, Protocol, TypeVar

from mirrorsel.selection.lanes import Lanes, mix


class Member(Protocol):
    """What can be ranked."""

    @property
    def key(self) -> int:
        """A number of 64 bits that is its own."""

    @property
    def weight(self) -> int:
        """An equal weight is an equal share."""


M = TypeVar("M", bound=Member)

_SPACE = float(1 << 64)
_FLAT = 20
"""So many members are ranked at once."""
_BITS = 2
"""How many bits of its key tell a member's branch: few branches are quickly ranked."""
_DEEPEST = 64 // _BITS


def slot(network: str) -> int:
    """Return a client's hash slot, a number of 32 bits."""
    return int.from_bytes(blake2b(network.encode(), digest_size=4).digest())


def key(url: str) -> int:
    """Return the 64-bit key of a member."""
    return int.from_bytes(blake2b(url.encode(), digest_size=8).digest())


def chance(client: int, member: int) -> float:
    """Return a number in (0, 1] that is fixed for this client and this member."""
    return (mix(client ^ member) + 0.5) / _SPACE


def score(client: int, member: int, weight: int) -> float:
    """Return what ranks a member for a client: the highest is first."""
    return log(chance(client, member)) / weight


class Ranked(Generic[M]):
    """Some members, with what ranks them."""

    __slots__ = ("_lanes", "_weights", "members")

    def __init__(self, members: Iterable[M]) -> None:
        self.members = tuple(members)
        self._lanes = Lanes(one.key for one in self.members)
        weights = tuple(one.weight for one in self.members)
        # The logarithm changes no order among equal weights.
        self._weights = tuple(map(float, weights)) if len(set(weights)) > 1 else ()

    def order(self, start: int) -> list[M]:
        """Return all of them, the highest score first, given the `mix` of a slot."""
        members = self.members
        if len(members) <= 1:
            return [*members]
        scores = self.scores(start)
        places = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
        return [members[place] for place in places]

    def best(self, start: int) -> M:
        """Return the first of the order, of at least one."""
        if len(self.members) == 1:
            return self.members[0]
        scores = self.scores(start)
        return self.members[scores.index(max(scores))]

    def scores(self, start: int) -> Sequence[float]:
        """Return what ranks each member, the highest first, in their own order."""
        mixed = self._lanes.mixed(start)
        if not self._weights:
            return mixed
        chances = [(one + 0.5) / _SPACE for one in mixed]
        return [*map(truediv, map(log, chances), self._weights)]


_NONE: Ranked[Any] = Ranked(())


class _Grown(Generic[M]):
    """What a set holds: either members or branches."""

    __slots__ = ("branches", "members")

    def __init__(
        self, members: Sequence[M] = (), branches: Sequence["Rendezvous[M]"] = ()
    ) -> None:
        self.members: Ranked[M] = Ranked(members) if members else _NONE
        self.branches: Ranked[Rendezvous[M]] = Ranked(branches) if branches else _NONE


class Rendezvous(Generic[M]):
    """A set of members that every client ranks in an order of its own.

    It holds either members, or branches: sets that are members themselves. A branch
    grows when it is first asked: most of a large set never are.
    """

    __slots__ = ("_held", "key", "weight")

    def __init__(
        self, grow: Callable[[], _Grown[M]], key: int = 0, weight: int = 1
    ) -> None:
        """Take what makes all that it holds, and what it is as a branch."""
        self._held: Callable[[], _Grown[M]] | _Grown[M] = grow
        self.key = key
        self.weight = weight

    @property
    def members(self) -> tuple[M, ...]:
        """The members; none where there are branches."""
        return self._grown().members.members

    @property
    def branches(self) -> tuple["Rendezvous[M]", ...]:
        """The branches that anything is left of, each with its whole weight."""
        return tuple(one for one in self._grown().branches.members if one.filled)

    @property
    def flat(self) -> bool:
        """Whether it has no branches: a large set has some, whatever is left of it."""
        return not self._grown().branches.members

    @property
    def filled(self) -> bool:
        """Whether anything is left of it."""
        held = self._grown()
        return bool(held.members.members) or any(
            one.filled for one in held.branches.members
        )

    def order(self, client: int) -> Iterator[M]:
        """Yield all members in the order of one client, given by its `slot`."""
        return self.order_from(mix(client))

    def order_from(self, start: int) -> Iterator[M]:
        """Yield the same, given the `mix` of the slot: it serves all branches."""
        held = self._grown()
        for branch in held.branches.order(start):
            yield from branch.order_from(start)
        yield from held.members.order(start)

    def first(self, client: int, count: int) -> list[M]:
        """Return the first members of a client's `order`, as many as there are."""
        return self.first_from(mix(client), count)

    def first_from(self, start: int, count: int) -> list[M]:
        """Return the same, given the `mix` of the slot."""
        held = self._grown()
        if not held.branches.members:
            return held.members.order(start)[:count]
        # Nearly always the best branch has enough: the others need no order then.
        found = held.branches.best(start).first_from(start, count)
        if len(found) >= count:
            return found
        for branch in held.branches.order(start)[1:]:
            found += branch.first_from(start, count - len(found))
            if len(found) >= count:
                break
        return found

    def scores(
        self, client: int, above: tuple[float, ...] = ()
    ) -> Iterator[tuple[tuple[float, ...], M]]:
        """Yield all members with what `order` puts them in order by, highest first.

        Args:
            client: The client's `slot`.
            above: The scores of the branches that lead here.

        """
        start, held = mix(client), self._grown()
        for branch in held.branches.members:
            here = score(start, branch.key, branch.weight)
            yield from branch.scores(client, (*above, here))
        for one in held.members.members:
            yield (*above, score(start, one.key, one.weight)), one

    def pruned(self, keep: Callable[[M], bool]) -> "Rendezvous[M]":
        """Return the set without some members; the others keep their order.

        Branches keep the weight of all their members, so nobody's clients move
        but those of the members that go.
        """

        def grow() -> _Grown[M]:
            held = self._grown()
            return _Grown(
                members=[one for one in held.members.members if keep(one)],
                branches=[one.pruned(keep) for one in held.branches.members],
            )

        return Rendezvous(grow, self.key, self.weight)

    def _grown(self) -> _Grown[M]:
        held = self._held
        if not isinstance(held, _Grown):
            held = self._held = held()
        return held


def rendezvous(members: Iterable[M]) -> Rendezvous[M]:
    """Return a set of any number of members, as a tree if they are many."""
    return _branch(tuple(members), depth=0, key=0)


def _branch(members: Sequence[M], depth: int, key: int) -> Rendezvous[M]:
    if len(members) <= _FLAT or depth == _DEEPEST:
        grow = partial(_Grown, members)
    else:
        grow = partial(_forked, members, depth)
    return Rendezvous(grow, key, sum(one.weight for one in members))


def _forked(members: Iterable[M], depth: int) -> _Grown[M]:
    # A member's branch follows from its own key alone: adding one moves no other.
    parts: dict[int, list[M]] = {}
    for one in members:
        parts.setdefault((one.key >> (_BITS * depth)) % (1 << _BITS), []).append(one)
    return _Grown(
        branches=[
            _branch(part, depth + 1, mix(mix(depth) ^ number))
            for number, part in sorted(parts.items())
        ]
    )
