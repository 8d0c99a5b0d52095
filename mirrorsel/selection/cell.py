"""Clients that selection cannot tell apart."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from mirrorsel.model import Client, Coordinates, Country


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place and a scheme; all clients of a cell have the same costs."""

    country: str | None
    continent: str | None
    coordinates: Coordinates | None
    asn: int | None
    https: bool

    @property
    def nowhere(self) -> bool:
        """Whether nothing is known of the place."""
        return not (self.country or self.continent or self.coordinates or self.asn)


CellKey = tuple[str | None, str | None, int | None, int | None, int | None, bool]
"""What tells cells apart; quicker to make and to look up than a `Cell`.

Coordinates are in whole degrees: GeoIP is rarely more exact.
"""


def cell_key(
    client: Client, asns: Container[int | None], countries: Mapping[str, Country]
) -> CellKey:
    """Return the key of a client's cell; only the systems in `asns` matter.

    A client whose coordinates are unknown is at the centre of its country.
    """
    location = client.location
    place = location.coordinates
    if place is None and location.country:
        known = countries.get(location.country)
        place = known.centre if known else None
    return (
        location.country,
        location.continent,
        round(place.latitude) if place else None,
        round(place.longitude) if place else None,
        location.asn if location.asn in asns else None,
        client.https,
    )


def cell_of(key: CellKey) -> Cell:
    """Return the cell of a key."""
    country, continent, latitude, longitude, asn, https = key
    place = None
    if latitude is not None and longitude is not None:
        place = Coordinates(latitude=float(latitude), longitude=float(longitude))
    return Cell(
        country=country,
        continent=continent,
        coordinates=place,
        asn=asn,
        https=https,
    )
