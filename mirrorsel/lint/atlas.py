"""How far a place is from the towns of a country."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import cos
from typing import NamedTuple

from mirrorsel.lint.overseas import with_parts
from mirrorsel.model import Coordinates
from mirrorsel.selection.distance import EARTH_RADIUS, point

_KILOMETRES = 111.0
"""Of one degree of latitude, rounded down so that no town is passed over."""


class _Town(NamedTuple):
    """A town, with its place in space too: a list has many places to compare."""

    latitude: float
    x: float
    y: float
    z: float
    country: str


class Atlas:
    """The towns of each country with its overseas parts."""

    def __init__(self, towns: Mapping[str, Sequence[Coordinates]]) -> None:
        self._towns = towns
        self._kept: dict[str, tuple[_Town, ...]] = {}

    def knows(self, country: str) -> bool:
        """Return whether there is a town of that country."""
        return bool(self._of(country))

    def is_within(self, place: Coordinates, country: str, kilometres: float) -> bool:
        """Return whether a town of a country is so near to a place."""
        here, least = _town(place), cos(kilometres / EARTH_RADIUS)
        _, x, y, z, _ = here
        # Taken apart in place: this is what a long list spends its time on.
        return any(
            x * a + y * b + z * c >= least
            for _, a, b, c, _ in _band(self._of(country), here, kilometres)
        )

    def country_at(self, place: Coordinates, kilometres: float) -> str | None:
        """Return the country of the nearest town that is so near, if one is."""
        here = _town(place)
        found = (
            (_closeness(here, town), town.country)
            for town in _band(self._all, here, kilometres)
        )
        closeness, country = max(found, default=(-1.0, ""))
        return country if closeness >= cos(kilometres / EARTH_RADIUS) else None

    def _of(self, country: str) -> tuple[_Town, ...]:
        if country not in self._kept:
            self._kept[country] = self._sorted(with_parts(country))
        return self._kept[country]

    @cached_property
    def _all(self) -> tuple[_Town, ...]:
        return self._sorted(self._towns)

    def _sorted(self, codes: Iterable[str]) -> tuple[_Town, ...]:
        """Return the towns of some countries from south to north."""
        towns = (
            _town(one, code) for code in codes for one in self._towns.get(code, ())
        )
        return tuple(sorted(towns))


def _town(place: Coordinates, country: str = "") -> _Town:
    return _Town(place.latitude, *point(place), country)


def _band(towns: Sequence[_Town], here: _Town, kilometres: float) -> Sequence[_Town]:
    """Return the towns that are not too far to the north or the south."""
    reach = kilometres / _KILOMETRES
    south = bisect_left(towns, here.latitude - reach, key=_latitude)
    north = bisect_right(towns, here.latitude + reach, key=_latitude)
    return towns[south:north]


def _latitude(town: _Town) -> float:
    return town.latitude


def _closeness(one: _Town, other: _Town) -> float:
    """Return the cosine of the angle between two places, seen from the centre."""
    return one.x * other.x + one.y * other.y + one.z * other.z
