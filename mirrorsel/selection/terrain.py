"""The listed mirrors as one cell sees them: in rings, from near to far."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TypeAlias

from mirrorsel.selection.cost import DETOUR
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.group import Group
from mirrorsel.selection.lanes import mix
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.rendezvous import FLAT, Rendezvous, chance, rendezvous

Priced: TypeAlias = tuple[float, Group]
"""A cost and the mirrors that have it."""

_SURPLUS = 0x5A17


class Ring:
    """Mirrors that are equals for a cell; the first ring is the near set."""

    __slots__ = ("_make", "_spread", "capped", "entries", "large", "weight")

    def __init__(
        self,
        entries: tuple[Entry, ...],
        spread: Callable[[], Rendezvous[Entry]],
        *,
        large: bool,
    ) -> None:
        """Take the mirrors of a ring, and what makes the set of them.

        The set is made when it is first asked for: most rings never are.
        """
        self.entries = entries
        self.large = large
        """Whether the set is a tree, whatever is left of it."""
        self.weight = sum([one.weight for one in self.entries])
        self.capped = any(one.mirror.max_share for one in self.entries)
        """Whether a `max_share` may turn clients away."""
        self._make = spread
        self._spread: Rendezvous[Entry] | None = None

    @property
    def spread(self) -> Rendezvous[Entry]:
        """The mirrors as a set that clients rank."""
        if self._spread is None:
            self._spread = self._make()
        return self._spread

    @property
    def keeps_all(self) -> bool:
        """Whether no `max_share` turns any client away."""
        return all(self.kept(one) >= 1 for one in self.entries)

    def kept(self, first: Entry) -> float:
        """Return which part of the clients that rank it first a mirror may keep."""
        # The ring holds usable mirrors only: one that is left alone in it would
        # otherwise get all of the region that its cap is there to keep from it.
        share = first.weight / self.weight
        return (first.mirror.max_share or 1.0) / share

    def pruned(self, keep: Callable[[Entry], bool]) -> "Ring":
        """Return the ring without some mirrors; the others keep their order."""
        kept = tuple([one for one in self.entries if keep(one)])
        if len(kept) == len(self.entries):
            return self
        # Whoever keeps the ring is not kept by it: what is replaced is then gone at
        # once, and no collection of garbage holds up a request.
        return Ring(kept, lambda: self.spread.pruned(_among(kept)), large=self.large)


def _among(entries: Iterable[Entry]) -> Callable[[Entry], bool]:
    places = frozenset(one.position for one in entries)
    return lambda one: one.position in places


def ring(entries: Collection[Entry]) -> Ring:
    """Return a ring of mirrors, at least one."""
    held = tuple(entries)
    return Ring(held, partial(rendezvous, held), large=len(held) > FLAT)


def parted(priced: Iterable[Priced], policy: Policy) -> Iterator[tuple[Group, ...]]:
    """Part mirrors into rings, each anchored at the nearest one that is left.

    Rings are made of what is listed, whatever its health: so a mirror's death
    changes no ring and moves only its own clients.

    Args:
        priced: The mirrors from the cheapest on; no more of them is asked for than
            the rings that are asked for need.
        policy: Says how wide rings are.

    """
    part: list[Group] = []
    limit = -1.0
    for price, group in priced:
        if price > limit:
            if part:
                yield tuple(part)
            limit = reach(price, policy)
            part = []
        part.append(group)
    if part:
        yield tuple(part)


def reach(price: float, policy: Policy) -> float:
    """Return the highest cost of a ring whose nearest mirror has this cost.

    Detours are no distance: they widen no ring, and no ring reaches across one.
    """
    near = price % DETOUR
    wide = near * policy.near_factor + policy.near_km
    return price - near + min(wide, DETOUR - 1)


def walk(rings: Iterable[Ring], slot: int) -> Iterator[Entry]:
    """Yield mirrors ring by ring, in the order of one client.

    Where a ring's first mirror has a `max_share` and the client is one of those
    beyond it, the ring comes after the next one.
    """
    held: list[Iterator[Entry]] = []
    for part in rings:
        members = part.spread.order(slot)
        first = next(members)
        if first.mirror.max_share and is_surplus(first, part, slot):
            held.append(chain(members, (first,)))
            continue
        yield first
        yield from members
        yield from chain.from_iterable(held)
        held = []
    yield from chain.from_iterable(held)


def decisive(rings: Iterable[Ring]) -> tuple[Ring, ...]:
    """Return those rings, none empty, that have a say in who is first in a walk.

    They end with the first that keeps all its clients.
    """
    needed: list[Ring] = []
    for part in rings:
        needed.append(part)
        if part.keeps_all:
            break
    return tuple(needed)


def is_surplus(first: Entry, ring: Ring, slot: int) -> bool:
    """Return whether a client is beyond the cap of a ring's first mirror."""
    return chance(mix(slot ^ _SURPLUS), first.key) >= ring.kept(first)
