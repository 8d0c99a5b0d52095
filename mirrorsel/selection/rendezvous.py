"""Who gets which of several equals: weighted rendezvous hashing.

Each client ranks the members by a hash of itself and the member, so a client
keeps its member without anybody remembering it, and a member that goes away
moves its own clients only.
With weights: C. Schindelhauer, G. Schomaker, "Weighted Distributed Hash Tables",
SPAA 2005; the logarithmic method.
A large set is ranked as a tree of small ones, so that finding the first member
costs the logarithm of their number: "skeleton-based" rendezvous hashing.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from math import log
from typing import Generic, TypeVar

T = TypeVar("T")

_ALL = (1 << 64) - 1
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
    """Return a number in (0, 1) that is fixed for this client and this member."""
    return (mix(client ^ member) + 0.5) / (_ALL + 1)


class Rendezvous(Generic[T]):
    """A set of members, each with a key and a weight, that clients rank."""

    def __init__(self, members: Iterable[tuple[int, int, T]], depth: int = 0) -> None:
        """Take members as (key, weight, value); an equal weight is an equal share."""
        flat = list(members)
        self._leaves = flat if len(flat) <= _FLAT else []
        self._weights = [(one, -1.0 / weight) for one, weight, _ in self._leaves]
        self._branches = [] if self._leaves else _branches(flat, depth)

    def order(self, client: int) -> Iterator[T]:
        """Yield all values in the order of one client, given by its `slot`."""
        start = mix(client)
        if self._leaves:
            return self._flat_order(start)
        return self._tree_order(client, start)

    def _flat_order(self, start: int) -> Iterator[T]:
        scores = [log(chance(start, one)) * share for one, share in self._weights]
        ranks = sorted(range(len(scores)), key=scores.__getitem__)
        return (self._leaves[rank][2] for rank in ranks)

    def _tree_order(self, client: int, start: int) -> Iterator[T]:
        ranked = sorted(
            self._branches, key=lambda one: -log(chance(start, one[0])) / one[1]
        )
        for _, _, branch in ranked:
            yield from branch.order(client)


def _branches(
    members: list[tuple[int, int, T]], depth: int
) -> list[tuple[int, int, Rendezvous[T]]]:
    # A member's branch follows from its own key alone: adding one moves no other.
    groups: dict[int, list[tuple[int, int, T]]] = {}
    for member in members:
        groups.setdefault((member[0] >> (4 * depth)) % _FAN, []).append(member)
    return [
        (
            mix(mix(depth) ^ nibble),
            sum(weight for _, weight, _ in group),
            Rendezvous(group, depth + 1),
        )
        for nibble, group in sorted(groups.items())
    ]
