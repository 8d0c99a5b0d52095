"""The listed mirrors as one cell sees them: in rings, from near to far."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from mirrorsel.selection.entry import Entry
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.rendezvous import Rendezvous, chance, mix

Priced = tuple[float, Entry]
"""A cost and the mirror that has it."""

_SURPLUS = 0x5A17


class Ring:
    """Mirrors that are equals for a cell; the first ring is the near set."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take the mirrors of one ring, at least one."""
        self.entries = tuple(entries)
        self._spread: Rendezvous[Entry] | None = None

    def order(self, slot: int) -> Iterator[Entry]:
        """Yield the mirrors in the order of one client."""
        # Made when first asked for: most rings of most cells never are.
        if self._spread is None:
            self._spread = Rendezvous(
                (one.key, one.mirror.weight, one) for one in self.entries
            )
        return self._spread.order(slot)


def rings(priced: Sequence[Priced], policy: Policy) -> tuple[Ring, ...]:
    """Part mirrors into rings, each anchored at the nearest one that is left.

    Rings are made of what is listed, whatever its health: so a mirror's death
    changes no ring and moves only its own clients.
    """
    parts: list[list[Entry]] = []
    limit = -1.0
    for price, entry in sorted(priced, key=lambda one: (one[0], one[1].position)):
        if price > limit:
            limit = price * policy.near_factor + policy.near_km
            parts.append([])
        parts[-1].append(entry)
    return tuple(Ring(part) for part in parts)


def walk(
    all_rings: Sequence[Ring], slot: int, admits: Callable[[Entry], bool]
) -> Iterator[Entry]:
    """Yield the admitted mirrors ring by ring, in the order of one client.

    Where a ring's first mirror has a `max_share` and the client is one of those
    beyond it, the ring comes after the next one.
    """
    held: list[Iterator[Entry]] = []
    for ring in all_rings:
        members = filter(admits, ring.order(slot))
        first = next(members, None)
        if first is None:
            continue
        if first.mirror.max_share and _surplus(first, ring, slot, admits):
            held.append(chain(members, (first,)))
            continue
        yield first
        yield from members
        yield from chain.from_iterable(held)
        held = []
    yield from chain.from_iterable(held)


def _surplus(
    first: Entry, ring: Ring, slot: int, admits: Callable[[Entry], bool]
) -> bool:
    # Of what is admitted, not of what is listed: a mirror left alone in its ring
    # would otherwise get all of the region that its cap is there to keep from it.
    total = sum(one.mirror.weight for one in ring.entries if admits(one))
    share = first.mirror.weight / total
    kept = (first.mirror.max_share or 1.0) / share
    return chance(mix(slot ^ _SURPLUS), first.key) >= kept
