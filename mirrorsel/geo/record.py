"""What a database record, or a bare country code, says of a place."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

import geoip2.models
from msgspec import Struct

from mirrorsel.model import Coordinates, Country, Location, listed_country

# Codes in address registries that are no countries, with their continents.
_REGIONS = {"eu": "EU", "ap": "AS"}

_CODES = 1024
_CODE = re.compile(r"[A-Za-z0-9]{2}")


class Coded(Struct, frozen=True, gc=False):
    """A country, by `iso_code`, or a continent, by `code`."""

    iso_code: str | None = None
    code: str | None = None


class Spot(Struct, frozen=True, gc=False):
    """A place on the earth."""

    latitude: float | None = None
    longitude: float | None = None


class PlaceRecord(Struct, frozen=True, gc=False):
    """As much of a City, Country or Enterprise record as selection looks at.

    A client waits for it, and the models of geoip2 hold thirty things more; what they
    have in common has the same names.
    """

    country: Coded = Coded()
    continent: Coded = Coded()
    registered_country: Coded = Coded()
    location: Spot = Spot()


class SystemRecord(Struct, frozen=True, gc=False):
    """As much of an ASN or ISP record."""

    autonomous_system_number: int | None = None


Place: TypeAlias = PlaceRecord | geoip2.models.Country

_LOCATED = PlaceRecord, geoip2.models.City
"""Records that may have coordinates."""
_POLE, _DATE_LINE = 90, 180


def location_of_code(code: str | None, countries: Mapping[str, Country]) -> Location:
    """Return the place that a code of two letters, in any case, stands for.

    Anything else is damage, and would end up in headers.
    """
    if not code or not _CODE.fullmatch(code):
        return Location()
    country = listed_country(code)
    if country in _REGIONS:
        return Location(continent=_REGIONS[country])
    known = countries.get(country)
    return Location(country=country, continent=known.continent if known else None)


def locations(countries: Mapping[str, Country]) -> Callable[[str | None], Location]:
    """Return what tells the place of a code, and makes each only once."""

    @lru_cache(maxsize=_CODES)
    def location(code: str | None) -> Location:
        return location_of_code(code, countries)

    return location


def location_of_record(
    record: Place, of_code: Callable[[str | None], Location]
) -> Location:
    """Return the place that a City, Country or Enterprise record gives.

    The country where a network is registered counts only if the record tells
    neither the country nor the continent where it is used.
    A continent that the record does not tell is the country's.

    Args:
        record: The record.
        of_code: What `locations` returned.

    """
    country = record.country.iso_code
    continent = record.continent.code
    if not country and not continent:
        country = record.registered_country.iso_code
    known = of_code(country)
    return Location(
        country=known.country,
        continent=continent or known.continent,
        coordinates=_coordinates(record),
    )


def _coordinates(record: Place) -> Coordinates | None:
    if not isinstance(record, _LOCATED):
        return None
    latitude, longitude = record.location.latitude, record.location.longitude
    if latitude is None or longitude is None:
        return None
    # What is no number is not within them either.
    if not (abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE):
        return None
    return Coordinates(latitude=latitude, longitude=longitude)
