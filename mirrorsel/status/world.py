"""A map of the world, made of the places of its towns."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import asin, cos, pi, radians, sin, sqrt
from typing import TypeVar

from mirrorsel.model import Coordinates

T = TypeVar("T", bound=Hashable)

WIDTH = 360
HEIGHT = 157
"""The size of the map; one unit lies between two dots."""

# Equal Earth (Šavrič, Patterson, Jenny 2018), an equal-area projection: a country
# takes as much of the map as it takes of the earth.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_SCALE = WIDTH / (2 * 2.70663)
_TOP = 87.0
"""How far the equator lies below the upper edge, beyond which no town lies."""
_TURN = pi * (3 - sqrt(5))
_APART = 2.5
"""How far the points of one place are apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on the map, to the right and down from its upper left corner."""

    x: float
    y: float


def project(place: Coordinates) -> Point:
    """Return where a place of the earth lies on the map."""
    longitude = radians(place.longitude)
    angle = asin(sqrt(3) / 2 * sin(radians(place.latitude)))
    square = angle * angle
    sixth = square**3
    slope = 9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    right = 2 * sqrt(3) * longitude * cos(angle) / (3 * slope)
    up = angle * (_A4 * sixth * square + _A3 * sixth + _A2 * square + _A1)
    return Point(x=WIDTH / 2 + _SCALE * right, y=_TOP - _SCALE * up)


def dots(towns: Iterable[Coordinates]) -> str:
    """Return the towns as the data of an SVG path.

    They are moved to the points of a grid. Each run of points in a row is one line,
    a unit long for each, which a stroke with round caps, the dash pattern ``0 1`` and
    an offset of half a unit shows as dots.
    """
    grid = {(round(at.y), round(at.x)) for at in map(project, towns)}
    return "".join(f"M{x} {y}h{count}" for y, x, count in _runs(sorted(grid)))


def _runs(grid: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the row, the first column and the length of each run."""
    numbered = enumerate(grid)
    for _, run in groupby(numbered, key=lambda one: (one[1][0], one[1][1] - one[0])):
        points = [point for _, point in run]
        yield (*points[0], len(points))


def spread(places: Mapping[T, Coordinates]) -> dict[T, Point]:
    """Return where things lie on the map, with those of one place side by side.

    They turn around their place as the seeds of a sunflower do, in the order in
    which they are given.
    """
    together: defaultdict[Coordinates, list[T]] = defaultdict(list)
    for key, place in places.items():
        together[place].append(key)
    return {
        key: _seed(project(place), number)
        for place, keys in together.items()
        for number, key in enumerate(keys)
    }


def _seed(middle: Point, number: int) -> Point:
    away, turn = _APART * sqrt(number), _TURN * number
    return Point(x=middle.x + away * cos(turn), y=middle.y + away * sin(turn))
