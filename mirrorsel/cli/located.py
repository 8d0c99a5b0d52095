"""Where GeoIP puts the host of a mirror."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from mirrorsel.config import Settings
from mirrorsel.errors import DatabaseError, FetchError
from mirrorsel.geo import Locator, open_locator
from mirrorsel.model import Country, Location, Outcome
from mirrorsel.net import resolve
from mirrorsel.words import age, why


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One address of a host."""

    address: str
    location: Location
    place_source: str
    """Which database tells the place, for a person."""
    network_source: str
    """Which one tells the autonomous system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """All addresses of a host."""

    places: tuple[Located, ...] = ()
    problem: str = ""
    """Why there are none, in words."""

    @property
    def best(self) -> Located | None:
        """The first address of which the country is known."""
        return next((one for one in self.places if one.location.country), None)


def whereabouts(
    url: str, settings: Settings, countries: Mapping[str, Country]
) -> Whereabouts:
    """Look the host of a URL up, and then its addresses in the GeoIP databases."""
    host = urlsplit(url).hostname or ""
    try:
        locator = _locator(settings, countries)
        found = resolve(host, private=settings.checker.private_addresses)
    except DatabaseError as error:
        return Whereabouts(problem=str(error))
    except FetchError as error:
        return Whereabouts(problem=why(Outcome(error.outcome), error.detail, url))
    geoip = settings.geoip
    places = _source(geoip.database, _built(locator, "places"))
    networks = _source(geoip.asn_database, _built(locator, "networks"))
    located = (
        Located(
            address=one.text,
            location=locator.locate(one.text),
            place_source=places,
            network_source=networks,
        )
        for one in found
    )
    return Whereabouts(places=tuple(located))


def _locator(settings: Settings, countries: Mapping[str, Country]) -> Locator:
    geoip = settings.geoip
    places, networks = (
        settings.path(name) if name else None
        for name in (geoip.database, geoip.asn_database)
    )
    return open_locator(places, networks, countries)


def _source(name: str, built: float | None) -> str:
    if built is None:
        return "the embedded country table"
    old = age(datetime.fromtimestamp(built, UTC), datetime.now(UTC))
    return f"{PurePath(name).name}, {old} old"


def _built(locator: Locator, tells: str) -> float | None:
    about = locator.databases.get(tells)
    return about.built if about else None
