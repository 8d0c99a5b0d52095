"""Who gets which of several equals: weighted rendezvous hashing.

Each client ranks the members by a hash of itself and the member, so a client
keeps its member without anybody remembering it, and a member that is down moves its
own clients only.
With weights: C. Schindelhauer, G. Schomaker, "Weighted Distributed Hash Tables",
SPAA 2005; the logarithmic method.
A large set is ranked as a tree of small ones, so that finding the first member
costs the logarithm of their number: "skeleton-based" rendezvous hashing. The tree
is the binary trie of the members' keys; at a fork, a client goes by a number of its
own and the weights of both halves, which is what the logarithmic method makes of two.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, islice
from math import log
from operator import attrgetter, truediv
from typing import Generic, Protocol, TypeVar
from zlib import crc32

from mirrorsel.selection.lanes import PLACE, Lanes, mix


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
ROOT = 1
"""The node of a trie below which all members are; n has 2n and 2n + 1 below it."""
FLAT = 20
"""So many members are ranked at once."""
_BITS = 64
_DRAW = 21
"""How many bits of a mixed number a client goes by at a fork."""
_DRAWS = 1 << _DRAW
_DRAWN = _DRAWS - 1
_SHIFTS = 0, _DRAW, 2 * _DRAW
"""Where they are in a mixed number, for three levels of a trie; it is mixed once more
for the next three."""
_DEEPEST = _BITS - 1
"""The first level without forks, however many members with one key there are."""


def slot(network: str) -> int:
    """Return a client's hash slot, a number of 32 bits."""
    # Nothing is quicker; `mix` spreads what is alike in networks.
    return crc32(network.encode())


def key(url: str) -> int:
    """Return the 64-bit key of a member."""
    return int.from_bytes(blake2b(url.encode(), digest_size=8).digest())


def chance(client: int, member: int) -> float:
    """Return a number in (0, 1] that is fixed for this client and this member."""
    return (mix(client ^ member) + 0.5) / _SPACE


def _score(client: int, member: int, weight: int) -> float:
    """Return what ranks a member for a client: the highest is first."""
    return log(chance(client, member)) / weight


class _Ranked(Generic[M]):
    """Some members, with what ranks them."""

    __slots__ = ("_lanes", "_members", "_weights")

    def __init__(self, members: Iterable[M]) -> None:
        self._members = tuple(members)
        self._lanes = Lanes(one.key for one in self._members)
        weights = tuple(one.weight for one in self._members)
        # The logarithm changes no order among equal weights.
        self._weights = weights if len(set(weights)) > 1 else ()

    def order(self, start: int) -> list[M]:
        """Return all of them, the highest score first, given the `mix` of a slot."""
        return self.first(start, len(self._members))

    def first(self, start: int, count: int) -> list[M]:
        """Return the first of the same, as many as there are."""
        members = self._members
        if len(members) <= 1:
            return [*members[:count]]
        if not self._weights:
            marked = sorted(self._lanes.marked(start), reverse=True)
            return [members[one & PLACE] for one in marked[:count]]
        chances = [(one + 0.5) / _SPACE for one in self._lanes.mixed(start)]
        scores = [*map(truediv, map(log, chances), self._weights)]
        placed = sorted(zip(scores, range(len(members)), strict=True), reverse=True)
        return [members[one] for _, one in placed[:count]]


class _Kept(Generic[M]):
    """Members in the order of their keys."""

    __slots__ = ("_ranked", "keys", "members")

    def __init__(self, members: Sequence[M]) -> None:
        self.members = members
        self.keys = array("Q", [one.key for one in members])
        self._ranked: dict[int, _Ranked[M]] = {}

    def below(self, node: int) -> Sequence[M]:
        """Return the members below a node of the trie."""
        least = _least(node)
        begin = bisect_left(self.keys, least)
        beyond = least + (1 << _BITS + 1 - node.bit_length())
        return self.members[begin : bisect_left(self.keys, beyond, begin)]

    def ranked(self, node: int) -> _Ranked[M]:
        """Return the same to be ranked, made when they are first asked for."""
        found = self._ranked.get(node)
        if found is None:
            found = self._ranked[node] = _Ranked(self.below(node))
        return found


class Rendezvous(Generic[M]):
    """A set of members that every client ranks in an order of its own."""

    __slots__ = ("_forks", "_kept")

    def __init__(self, forks: Mapping[int, int], kept: _Kept[M]) -> None:
        """Take the members, and below which numbers clients go left at each fork."""
        self._forks = forks
        self._kept = kept

    def members(self, node: int = ROOT) -> Sequence[M]:
        """Return the members below a node."""
        return self._kept.below(node)

    def left(self, node: int = ROOT) -> float | None:
        """Return the share of clients that go left at a node; None if it has no fork.

        Forks keep their shares whatever is left of the members.
        """
        draw = self._forks.get(node)
        return None if draw is None else draw / _DRAWS

    def order(self, client: int) -> Iterator[M]:
        """Yield all members in the order of one client, given by its `slot`."""
        return self._order(ROOT, mix(client))

    def first(self, client: int, count: int) -> list[M]:
        """Return the first members of a client's `order`, as many as there are."""
        start = mix(client)
        found = self._kept.ranked(self._nearest(start)).first(start, count)
        if len(found) < count and self._forks:
            return [*islice(self._order(ROOT, start), count)]
        return found

    def scores(self, client: int) -> Iterator[tuple[tuple[float, ...], M]]:
        """Yield all members with what `order` puts them in order by, highest first.

        That is a number for each fork on the way to them, and the score of each.
        """
        return self._scores(ROOT, mix(client), ())

    def pruned(self, keep: Callable[[M], bool]) -> "Rendezvous[M]":
        """Return the set without some members; the others keep their order.

        Forks stay as they are, so nobody's clients move but those of the members
        that go.
        """
        return Rendezvous(self._forks, _Kept([*filter(keep, self._kept.members)]))

    def _nearest(self, start: int) -> int:
        """Return the node without a fork to which a client comes first.

        At each fork it is sent as `_drawn` says, without mixing anew for each.
        """
        node, forks, mixed = ROOT, self._forks, start
        while node in forks:
            if node > ROOT:
                mixed = mix(mixed)
            for shift in _SHIFTS:
                if node in forks:
                    node = 2 * node + ((mixed >> shift & _DRAWN) >= forks[node])
        return node

    def _order(self, node: int, start: int) -> Iterator[M]:
        draw = self._forks.get(node)
        if draw is None:
            yield from self._kept.ranked(node).order(start)
            return
        right = _drawn(start, node) >= draw
        yield from self._order(2 * node + right, start)
        yield from self._order(2 * node + (not right), start)

    def _scores(
        self, node: int, start: int, above: tuple[float, ...]
    ) -> Iterator[tuple[tuple[float, ...], M]]:
        draw = self._forks.get(node)
        if draw is None:
            for one in self._kept.below(node):
                yield (*above, _score(start, one.key, one.weight)), one
            return
        ahead = (draw - _drawn(start, node) - 0.5) / _DRAWS
        yield from self._scores(2 * node, start, (*above, ahead))
        yield from self._scores(2 * node + 1, start, (*above, -ahead))


def rendezvous(members: Iterable[M]) -> Rendezvous[M]:
    """Return a set of any number of members, as a tree if they are many."""
    kept = _Kept(sorted(members, key=attrgetter("key")))
    weights = [one.weight for one in kept.members]
    return Rendezvous(_forks(kept.keys, weights), kept)


def _forks(keys: Sequence[int], weights: Iterable[int]) -> Mapping[int, int]:
    """Return below which number, of `_DRAWS`, clients go left at each fork."""
    sums = [*accumulate(weights, initial=0)]
    forks: dict[int, int] = {}
    nodes = [(ROOT, 0, len(keys))]
    while nodes:
        node, begin, end = nodes.pop()
        if end - begin <= FLAT or node >> _DEEPEST:
            continue
        middle = bisect_left(keys, _least(2 * node + 1), begin, end)
        nodes += (2 * node, begin, middle), (2 * node + 1, middle, end)
        share = _DRAWS * (sums[middle] - sums[begin]) // (sums[end] - sums[begin])
        some = min(max(share, 1), _DRAWS - 1)
        forks[node] = some if begin < middle < end else share
    return forks


def _least(node: int) -> int:
    """Return the least key that a member below a node could have."""
    return (node << _BITS + 1 - node.bit_length()) - (1 << _BITS)


def _drawn(start: int, node: int) -> int:
    """Return the number that decides where a client goes at a fork."""
    number, part = divmod(node.bit_length() - 1, len(_SHIFTS))
    for _ in range(number):
        start = mix(start)
    return start >> _SHIFTS[part] & _DRAWN
