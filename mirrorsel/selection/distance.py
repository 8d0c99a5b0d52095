"""The distance between two places on the earth."""

from math import asin, cos, dist, radians, sin
from typing import TypeAlias

from mirrorsel.model import Coordinates

EARTH_RADIUS = 6371.0088
"""The mean radius of the earth in kilometres (IUGG)."""

HALF_WAY_ROUND = 20016.0
"""No two places are farther apart, in kilometres."""

Point: TypeAlias = tuple[float, float, float]
"""A place on a globe of radius 1."""


def point(place: Coordinates) -> Point:
    """Return where on the globe a place is."""
    north, east = radians(place.latitude), radians(place.longitude)
    level = cos(north)
    return level * cos(east), level * sin(east), sin(north)


def apart(one: Point, other: Point) -> float:
    """Return the great-circle distance in kilometres, by the chord between both.

    Unlike the law of cosines it stays exact for places near each other, and it
    needs no special cases at the poles or the antimeridian.
    """
    # Rounding can lift the chord of antipodes above 2, which asin refuses.
    return 2 * EARTH_RADIUS * asin(min(1.0, dist(one, other) / 2))


def distance(one: Coordinates, other: Coordinates) -> float:
    """Return the great-circle distance of places in kilometres."""
    return apart(point(one), point(other))
