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
from hashlib import blake2b
from math import log
from operator import itemgetter, truediv
from typing import Generic, TypeAlias, TypeVar

from mirrorsel.selection.lanes import Lanes

T = TypeVar("T")

Member: TypeAlias = tuple[int, int, T]
"""A key of 64 bits, a weight, and a value; an equal weight is an equal share."""

_ALL = (1 << 64) - 1
_SPACE = 1 << 64
_FLAT = 20
_FAN = 16


def slot(network: str) -> int:
    """Return a client's hash slot, a number of 32 bits."""
    return int.from_bytes(blake2b(network.encode(), digest_size=4).digest())


def key(url: str) -> int:
    """Return the 64-bit key of a member."""
    return int.from_bytes(blake2b(url.encode(), digest_size=8).digest())


def mix(value: int) -> int:
    """Return 64 well-mixed bits: the finaliser of SplitMix64.

    G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number
    Generators", OOPSLA 2014.
    """
    value = (value + 0x9E3779B97F4A7C15) & _ALL
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _ALL
    return value ^ (value >> 31)


def chance(client: int, member: int) -> float:
    """Return a number in (0, 1] that is fixed for this client and this member."""
    return (mix(client ^ member) + 0.5) / _SPACE


def score(client: int, member: int, weight: int) -> float:
    """Return what ranks a member for a client: the highest is first."""
    return log(chance(client, member)) / weight


class _Grown(Generic[T]):
    """What a set holds, with what ranks it."""

    __slots__ = ("branches", "members", "rank_branches", "rank_members")

    def __init__(
        self,
        members: Sequence[Member[T]] = (),
        branches: Sequence[Member["Rendezvous[T]"]] = (),
    ) -> None:
        self.members = tuple(members)
        self.branches = tuple(branches)
        self.rank_members = _ranker(self.members)
        self.rank_branches = _ranker(self.branches)


class Rendezvous(Generic[T]):
    """A set of members that every client ranks in an order of its own.

    It holds either members, or branches: sets that are members themselves. A branch
    grows when it is first asked: most of a large set never are.
    """

    __slots__ = ("_grow", "_grown")

    def __init__(self, grow: Callable[[], _Grown[T]]) -> None:
        """Take what makes all that it holds; see `rendezvous`."""
        self._grow = grow
        self._grown: _Grown[T] | None = None

    @property
    def _held(self) -> _Grown[T]:
        if self._grown is None:
            self._grown = self._grow()
        return self._grown

    @property
    def members(self) -> tuple[Member[T], ...]:
        """The members; none where there are branches."""
        return self._held.members

    @property
    def branches(self) -> tuple[Member["Rendezvous[T]"], ...]:
        """The branches that anything is left of, each with its whole weight."""
        return tuple(one for one in self._held.branches if one[2].filled)

    @property
    def filled(self) -> bool:
        """Whether anything is left of it."""
        held = self._held
        return bool(held.members) or any(part.filled for *_, part in held.branches)

    def order(self, client: int) -> Iterator[T]:
        """Yield all values in the order of one client, given by its `slot`."""
        return self.order_from(mix(client))

    def order_from(self, start: int) -> Iterator[T]:
        """Yield the same, given the `mix` of the slot."""
        held = self._held
        for branch in held.rank_branches(start):
            yield from branch.order_from(start)
        yield from held.rank_members(start)

    def first(self, client: int, count: int) -> list[T]:
        """Return the first values of a client's `order`, as many as there are."""
        return self.first_from(mix(client), count)

    def first_from(self, start: int, count: int) -> list[T]:
        """Return the same, given the `mix` of the slot."""
        held = self._held
        if not held.branches:
            return held.rank_members(start)[:count]
        found: list[T] = []
        for branch in held.rank_branches(start):
            found += branch.first_from(start, count - len(found))
            if len(found) >= count:
                break
        return found

    def scores(
        self, client: int, above: tuple[float, ...] = ()
    ) -> Iterator[tuple[tuple[float, ...], T]]:
        """Yield all values with what `order` puts them in order by, highest first.

        Args:
            client: The client's `slot`.
            above: The scores of the branches that lead here.

        """
        start, held = mix(client), self._held
        for one, weight, branch in held.branches:
            yield from branch.scores(client, (*above, score(start, one, weight)))
        for one, weight, value in held.members:
            yield (*above, score(start, one, weight)), value

    def pruned(self, keep: Callable[[T], bool]) -> "Rendezvous[T]":
        """Return the set without some members; the others keep their order.

        Branches keep the weight of all their members, so nobody's clients move
        but those of the members that go.
        """

        def grow() -> _Grown[T]:
            held = self._held
            return _Grown(
                [member for member in held.members if keep(member[2])],
                [(one, of, part.pruned(keep)) for one, of, part in held.branches],
            )

        return Rendezvous(grow)


def rendezvous(members: Iterable[Member[T]], depth: int = 0) -> Rendezvous[T]:
    """Return a set of any number of members, as a tree if they are many."""
    flat = list(members)
    if len(flat) <= _FLAT:
        return Rendezvous(lambda: _Grown(members=flat))
    return Rendezvous(lambda: _Grown(branches=_branches(flat, depth)))


def _branches(flat: Iterable[Member[T]], depth: int) -> Sequence[Member[Rendezvous[T]]]:
    # A member's branch follows from its own key alone: adding one moves no other.
    groups: dict[int, list[Member[T]]] = {}
    for member in flat:
        groups.setdefault((member[0] >> (4 * depth)) % _FAN, []).append(member)
    return [
        (
            mix(mix(depth) ^ nibble),
            sum(weight for _, weight, _ in group),
            rendezvous(group, depth + 1),
        )
        for nibble, group in sorted(groups.items())
    ]


def _ranker(members: Sequence[Member[T]]) -> Callable[[int], list[T]]:
    """Return what puts values in order, given the `mix` of a client's slot."""
    values = [value for *_, value in members]
    if len(values) <= 1:
        return lambda _: values[:]
    lanes = Lanes(one for one, *_ in members)
    weights = [weight for _, weight, _ in members]
    if len(set(weights)) == 1:
        # The logarithm changes no order among equal weights.
        return lambda start: _descending(lanes.mixed(start), values)

    def ranked(start: int) -> list[T]:
        chances = [(one + 0.5) / _SPACE for one in lanes.mixed(start)]
        return _descending([*map(truediv, map(log, chances), weights)], values)

    return ranked


def _descending(scores: Sequence[float], values: Sequence[T]) -> list[T]:
    ordered = sorted(zip(scores, values, strict=True), key=itemgetter(0), reverse=True)
    return [value for _, value in ordered]
