"""What one source says of an address, for comparing it with another's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import iptocc
from geoip2.models import ASN

from mirrorsel.geo.database import About, open_any
from mirrorsel.geo.network import pack, unpack
from mirrorsel.geo.record import location_of_code, location_of_record, locations
from mirrorsel.model import Country, Location

_EMBEDDED = "iptocc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What is said of one address; all of it may be unknown."""

    location: Location
    organisation: str = ""
    """The name of the autonomous system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A source that can be asked of addresses."""

    name: str
    places: bool
    """Whether it tells places; else it tells autonomous systems."""
    about: About | None
    """None for the embedded table, which does not say when it was built."""
    file: Path | None
    ask: Callable[[str], Opinion]
    """Returns what it says of an address; what is no address is unknown."""


def embedded_teller(countries: Mapping[str, Country]) -> Teller:
    """Return the table of countries that comes with mirrorsel."""

    def ask(address: str) -> Opinion:
        code = iptocc.country_code(address)
        return Opinion(location=location_of_code(code, countries))

    return Teller(
        name=f"{_EMBEDDED} {version(_EMBEDDED)}",
        places=True,
        about=None,
        file=None,
        ask=_of_plain(ask),
    )


def database_teller(path: Path, countries: Mapping[str, Country]) -> Teller:
    """Return a database of any kind that tells places or networks.

    Raises:
        DatabaseError: it is missing, unreadable, damaged or of another kind.

    """
    database, of_code = open_any(path), locations(countries)

    def ask(address: str) -> Opinion:
        record = database.find(address)
        if record is None:
            return Opinion(location=Location())
        if isinstance(record, ASN):
            return Opinion(
                location=Location(asn=record.autonomous_system_number),
                organisation=record.autonomous_system_organization or "",
            )
        return Opinion(location=location_of_record(record, of_code))

    about = database.about
    return Teller(
        name=about.type,
        places=about.places,
        about=about,
        file=path,
        ask=_of_plain(ask),
    )


def _of_plain(ask: Callable[[str], Opinion]) -> Callable[[str], Opinion]:
    """Return what asks of an address as clients come with it."""

    def ask_plain(address: str) -> Opinion:
        packed = pack(address)
        if packed is None:
            return Opinion(location=Location())
        return ask(unpack(packed))

    return ask_plain
