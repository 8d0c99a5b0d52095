"""Where mirrors stand in one client's order, and by what: `terrain.walk` explained."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mirrorsel.model import Rank, RingBound
from mirrorsel.selection.cell import Cell
from mirrorsel.selection.cost import cost
from mirrorsel.selection.landscape import Landscape
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.terrain import Ring, is_surplus, reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Usable:
    """What one step of the fallback order admits of a ring."""

    number: int
    """The ring's."""
    lacks_ipv6: bool
    """Whether these are those that lack the IPv6 of the client."""
    ring: Ring
    """At least one mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    number: int
    usable: Usable
    surplus: int | None
    """The position of the first mirror, where the client is beyond its cap."""


def ranks(usable: Iterable[Usable], slot: int) -> Mapping[int, Rank]:
    """Return the rank of each mirror of one step, by its position in the list.

    Args:
        usable: The rings in the order in which `walk` takes them.
        slot: The client's hash slot.

    """
    return dict(pair for turn in _turns(usable, slot) for pair in _ranked(turn, slot))


def bounds(landscape: Landscape, cell: Cell, policy: Policy) -> tuple[RingBound, ...]:
    """Return the rings of a landscape in numbers."""
    return tuple(
        _bound(number, part, cell, policy)
        for rings in (landscape.mirrors, landscape.backups)
        for number, part in enumerate(rings, start=1)
    )


def ring_numbers(landscape: Landscape) -> Mapping[int, int]:
    """Return of which ring each mirror is, by its position in the list."""
    return {
        one.position: number
        for rings in (landscape.mirrors, landscape.backups)
        for number, part in enumerate(rings, start=1)
        for one in part.entries
    }


def _turns(usable: Iterable[Usable], slot: int) -> Iterator[_Turn]:
    ordered = enumerate(_in_order(usable, slot), start=1)
    for number, (one, surplus) in ordered:
        yield _Turn(number=number, usable=one, surplus=surplus)


def _in_order(
    usable: Iterable[Usable], slot: int
) -> Iterator[tuple[Usable, int | None]]:
    held: list[tuple[Usable, int]] = []
    for one in usable:
        first = next(one.ring.spread.order(slot))
        if first.mirror.max_share and is_surplus(first, one.ring, slot):
            held.append((one, first.position))
            continue
        yield one, None
        yield from held
        held = []
    yield from held


def _ranked(turn: _Turn, slot: int) -> Iterator[tuple[int, Rank]]:
    ring = turn.usable.ring
    for score, one in ring.spread.scores(slot):
        yield (
            one.position,
            Rank(
                ring=turn.usable.number,
                turn=turn.number,
                score=score,
                share=one.weight / ring.weight,
                surplus=one.position == turn.surplus,
                lacks_ipv6=turn.usable.lacks_ipv6,
            ),
        )


def _bound(number: int, part: Ring, cell: Cell, policy: Policy) -> RingBound:
    nearest = part.entries[0]
    anchor = cost(cell, nearest, policy)
    return RingBound(
        number=number,
        backup=nearest.mirror.backup,
        anchor=anchor,
        limit=reach(anchor, policy),
        mirrors=len(part.entries),
    )
