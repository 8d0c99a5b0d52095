"""The mirrors of a list from the cheapest on, without looking at all of them.

A ball tree of places for each country, which are all at the same penalty for a cell,
searched best first: G. R. Hjaltason, H. Samet, "Distance Browsing in Spatial
Databases", ACM TODS 24, 1999.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import count
from math import acos, cos, radians, sin, sqrt
from typing import TypeAlias

from mirrorsel.model import Coordinates
from mirrorsel.selection.cell import Cell
from mirrorsel.selection.cost import cost, penalty
from mirrorsel.selection.distance import EARTH_RADIUS
from mirrorsel.selection.group import Group
from mirrorsel.selection.policy import Policy
from mirrorsel.selection.terrain import Priced

_Vector: TypeAlias = tuple[float, float, float]
_Placed: TypeAlias = tuple[_Vector, Group]

_LEAF = 8
_MARGIN = 0.01
"""What rounding may make of a distance, in kilometres, and much more."""


class Ball:
    """Groups with a place, none farther from the middle than a radius."""

    __slots__ = ("_parts", "_placed", "middle", "radius")

    def __init__(self, placed: Sequence[_Placed]) -> None:
        """Take at least one group."""
        self._placed = placed
        self._parts: tuple[Ball, ...] | None = None
        self.middle = _middle([place for place, _ in placed])
        self.radius = max(_angle(self.middle, place) for place, _ in placed)

    @property
    def groups(self) -> Iterator[Group]:
        """All of them."""
        return (group for _, group in self._placed)

    @property
    def parts(self) -> tuple["Ball", ...]:
        """Two smaller balls, made when they are first asked for; none of a few."""
        if self._parts is None:
            self._parts = self._halves() if len(self._placed) > _LEAF else ()
        return self._parts

    def least(self, place: _Vector) -> float:
        """Return what no distance from a place is below, in kilometres."""
        angle = _angle(self.middle, place) - self.radius
        return max(0.0, angle * EARTH_RADIUS - _MARGIN)

    def _halves(self) -> tuple["Ball", ...]:
        spreads = [max(axis) - min(axis) for axis in zip(*self._vectors, strict=True)]
        widest = spreads.index(max(spreads))
        ordered = sorted(self._placed, key=lambda one: one[0][widest])
        half = len(ordered) // 2
        return Ball(ordered[:half]), Ball(ordered[half:])

    @property
    def _vectors(self) -> Iterator[_Vector]:
        return (place for place, _ in self._placed)


_Open: TypeAlias = tuple[Ball, float]
"""A ball, and what is added to all distances in it."""


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
                place = _vector(one.any.coordinates)
                placed.setdefault(_country(one), []).append((place, one))
            if one.any.mirror.asn is not None:
                self._systems.setdefault(one.any.mirror.asn, []).append(one)
        self._countries = tuple(Ball(part) for part in placed.values())
        self._policy = policy

    def by_cost(self, cell: Cell) -> Iterator[Priced]:
        """Yield all groups with what they cost, the cheapest first, then by number."""
        place = _vector(cell.coordinates) if cell.coordinates else None
        serial = count(1)
        # Costs of groups, and what no cost in a ball is below: a ball comes before
        # a group at the same cost.
        heap: list[tuple[float, int, Group | _Open]] = [
            (cost(cell, group.any, self._policy), group.number, group)
            for group in self._at_once(cell)
        ]

        def opened(ball: Ball, more: float) -> tuple[float, int, _Open]:
            near = ball.least(place) if place else 0.0
            return near + more, -next(serial), (ball, more)

        for country in self._countries:
            one = next(country.groups).any
            heap.append(opened(country, penalty(cell, one, self._policy)))
        heapify(heap)
        while heap:
            price, _, found = heappop(heap)
            if isinstance(found, Group):
                yield price, found
                continue
            ball, more = found
            for part in ball.parts:
                heappush(heap, opened(part, more))
            if not ball.parts:
                for group in self._elsewhere(ball.groups, cell):
                    paid = cost(cell, group.any, self._policy)
                    heappush(heap, (paid, group.number, group))

    def _at_once(self, cell: Cell) -> Iterator[Group]:
        """Yield those whose cost no ball bounds."""
        yield from self._elsewhere(self._unplaced, cell)
        if cell.asn is not None:
            yield from self._systems.get(cell.asn, ())

    @staticmethod
    def _elsewhere(groups: Iterable[Group], cell: Cell) -> Iterator[Group]:
        """Yield those that are not in the autonomous system of the clients."""
        return (
            one for one in groups if cell.asn is None or one.any.mirror.asn != cell.asn
        )


def _country(group: Group) -> object:
    """Return what a penalty looks at."""
    return group.any.mirror.country, group.any.continent


def _vector(place: Coordinates) -> _Vector:
    north, east = radians(place.latitude), radians(place.longitude)
    level = cos(north)
    return level * cos(east), level * sin(east), sin(north)


def _middle(places: Sequence[_Vector]) -> _Vector:
    x, y, z = (sum(axis) for axis in zip(*places, strict=True))
    length = sqrt(x * x + y * y + z * z)
    # Places all round the world have no middle: then any point does.
    return (x / length, y / length, z / length) if length > 0 else (0.0, 0.0, 1.0)


def _angle(one: _Vector, other: _Vector) -> float:
    product = one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
    return acos(max(-1.0, min(1.0, product)))
