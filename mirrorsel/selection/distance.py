"""The distance between two places on the earth."""

from math import asin, cos, radians, sin, sqrt

from mirrorsel.model import Coordinates

EARTH_RADIUS = 6371.0088
"""The mean radius of the earth in kilometres (IUGG)."""

HALF_WAY_ROUND = 20016.0
"""No two places are farther apart, in kilometres."""


def distance(one: Coordinates, other: Coordinates) -> float:
    """Return the great-circle distance in kilometres, by the haversine formula.

    Unlike the law of cosines it stays exact for places near each other, and it
    needs no special cases at the poles or the antimeridian (R. W. Sinnott,
    "Virtues of the Haversine", Sky and Telescope 68, 1984).
    """
    north, other_north = radians(one.latitude), radians(other.latitude)
    across = sin((other_north - north) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    chord = across + cos(north) * cos(other_north) * along
    # Rounding can lift the value of antipodes above 1, which asin refuses.
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, chord)))
