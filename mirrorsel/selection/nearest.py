"""The mirrors of a list from the cheapest on, without looking at all of them.

A ball tree of places for each country, which are all at the same penalty for a cell,
searched best first: G. R. Hjaltason, H. Samet, "Distance Browsing in Spatial
Databases", ACM TODS 24, 1999.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import count
from math import sqrt
from typing import TypeAlias

from mirrorsel.selection.cell import Cell
from mirrorsel.selection.cost import cost, detours, penalty
from mirrorsel.selection.distance import Point, apart, point
from mirrorsel.selection.group import Group
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.terrain import Priced

_Placed: TypeAlias = tuple[Point, Group]

_LEAF = 8
_MARGIN = 1.0
"""What rounding may make of a distance, in kilometres, and much more; it makes most
of one half round the globe."""


class Ball:
    """Groups with a place, none farther from the middle than a radius."""

    __slots__ = ("_parts", "_radius", "middle", "placed")

    def __init__(self, placed: Sequence[_Placed]) -> None:
        """Take at least one group."""
        self.placed = placed
        self._parts: tuple[Ball, ...] | None = None
        self.middle = _middle([place for place, _ in placed])
        self._radius = max(apart(self.middle, place) for place, _ in placed)

    @property
    def parts(self) -> tuple["Ball", ...]:
        """Two smaller balls, made when they are first asked for; none of a few."""
        if self._parts is None:
            self._parts = self._halves() if len(self.placed) > _LEAF else ()
        return self._parts

    def least(self, place: Point) -> float:
        """Return what no distance from a place is below, in kilometres."""
        return max(0.0, apart(self.middle, place) - self._radius - _MARGIN)

    def _halves(self) -> tuple["Ball", ...]:
        points = (place for place, _ in self.placed)
        spreads = [max(axis) - min(axis) for axis in zip(*points, strict=True)]
        widest = spreads.index(max(spreads))
        ordered = sorted(self.placed, key=lambda one: one[0][widest])
        half = len(ordered) // 2
        return Ball(ordered[:half]), Ball(ordered[half:])


_Penalised: TypeAlias = tuple[Ball, float]
"""A ball, and the penalty of all groups in it."""


class _Sight:
    """What one cell pays for what is in a ball."""

    def __init__(self, cell: Cell, policy: Policy) -> None:
        self._cell = cell
        self._place = point(cell.coordinates) if cell.coordinates else None
        self._policy = policy

    def least(self, ball: Ball, more: float) -> float:
        """Return what no cost in a ball of this penalty is below."""
        return (ball.least(self._place) if self._place else 0.0) + more

    def priced(self, ball: Ball, more: float) -> Iterator[Priced]:
        """Yield the groups of a ball that are not in the cell's autonomous system."""
        for at, group in ball.placed:
            mirror = group.any.mirror
            if self._cell.asn is None or mirror.asn != self._cell.asn:
                near = apart(self._place, at) if self._place else 0.0
                yield near + more + detours(self._cell, mirror, self._policy), group


class Nearest:
    """Groups of one list, prepared for being asked for by cost."""

    def __init__(self, groups: Iterable[Group], policy: Policy) -> None:
        """Take the groups, each with a number of its own."""
        placed: dict[object, list[_Placed]] = {}
        self._unplaced: list[Group] = []
        self._systems: dict[int, list[Group]] = {}
        for one in groups:
            if one.any.coordinates is None:
                self._unplaced.append(one)
            else:
                place = point(one.any.coordinates)
                placed.setdefault(_country(one), []).append((place, one))
            if one.any.mirror.asn is not None:
                self._systems.setdefault(one.any.mirror.asn, []).append(one)
        self._countries = tuple(Ball(part) for part in placed.values())
        self._policy = policy

    def by_cost(self, cell: Cell) -> Iterator[Priced]:
        """Yield all groups with what they cost, the cheapest first, then by number."""
        sight, serial = _Sight(cell, self._policy), count(1)
        # Costs of groups, and what no cost in a ball is below: a ball comes before
        # a group at the same cost.
        heap: list[tuple[float, int, Group | _Penalised]] = [
            (cost(cell, group.any, self._policy), group.number, group)
            for group in self._at_once(cell)
        ]
        for country in self._countries:
            _, one = country.placed[0]
            more = penalty(cell, one.any, self._policy)
            heap.append((sight.least(country, more), -next(serial), (country, more)))
        heapify(heap)
        while heap:
            price, _, found = heappop(heap)
            if isinstance(found, Group):
                yield price, found
                continue
            ball, more = found
            for part in ball.parts:
                heappush(heap, (sight.least(part, more), -next(serial), (part, more)))
            if not ball.parts:
                for paid, group in sight.priced(ball, more):
                    heappush(heap, (paid, group.number, group))

    def _at_once(self, cell: Cell) -> Iterator[Group]:
        """Yield those whose cost no ball bounds."""
        for one in self._unplaced:
            if cell.asn is None or one.any.mirror.asn != cell.asn:
                yield one
        if cell.asn is not None:
            yield from self._systems.get(cell.asn, ())


def _country(group: Group) -> object:
    """Return what a penalty looks at."""
    return group.any.mirror.country, group.any.continent


def _middle(places: Sequence[Point]) -> Point:
    x, y, z = (sum(axis) for axis in zip(*places, strict=True))
    length = sqrt(x * x + y * y + z * z)
    # Places all round the world have no middle: then any point does.
    return (x / length, y / length, z / length) if length > 0 else (0.0, 0.0, 1.0)
