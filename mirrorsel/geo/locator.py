"""Where an address is, remembered for as long as it is asked for often."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import geoip2.models
import iptocc
from geoip2.models import ASN
from msgspec.structs import replace

from mirrorsel.geo.database import About, Database, open_networks, open_places
from mirrorsel.geo.network import pack, unpack
from mirrorsel.geo.record import (
    PlaceRecord,
    SystemRecord,
    location_of_record,
    locations,
)
from mirrorsel.model import Country, Location

_REMEMBERED = 1024
"""Addresses whose places are remembered, for pages and for what belongs to them:
redirects are remembered whole."""


class Locator:
    """Places clients; safe to use from several threads.

    Answers are remembered by address: networks in a database may be smaller than
    the /24 or /48 by which selection tells clients apart.
    """

    databases: Mapping[str, About]
    """What each database says of itself, by what it tells: `places` or `networks`.
    The embedded table says nothing."""

    def __init__(
        self,
        place: Callable[[str], Location],
        networks: Database[ASN] | None = None,
        databases: Mapping[str, About] | None = None,
    ) -> None:
        """Take what places an address, what knows its system, and what both are."""

        # A closure over the two, and not a method, so that nothing refers back
        # to this object: databases are closed as soon as it is let go.
        def look_up(address: str) -> Location:
            packed = pack(address)
            if packed is None:
                return Location()
            # Only IPv6 writes one address in several ways.
            plain = unpack(packed) if ":" in address else address
            location = place(plain)
            known = networks.glance(plain, SystemRecord) if networks else None
            if known is None:
                return location
            return replace(location, asn=known.autonomous_system_number)

        self.databases = databases or {}
        self._remembered = lru_cache(maxsize=_REMEMBERED)(look_up)

    def locate(self, address: str) -> Location:
        """Return where an IPv4 or IPv6 address is, as far as is known.

        Text that is no address, such as the peer of a Unix socket, gives an empty
        `Location`.
        """
        return self._remembered(address)


def open_locator(
    database: Path | None,
    asn_database: Path | None,
    countries: Mapping[str, Country],
) -> Locator:
    """Open the databases that place clients.

    Args:
        database: A City, Country or Enterprise database in the MaxMind DB format;
            None for the country table that iptocc embeds.
        asn_database: An ASN or ISP database in the same format; None for none.
        countries: What `load_countries` returned.

    Raises:
        DatabaseError: a database is missing, unreadable, damaged or of another kind.

    """
    return make_locator(
        open_places(database) if database else None,
        open_networks(asn_database) if asn_database else None,
        countries,
    )


def make_locator(
    places: Database[geoip2.models.Country] | None,
    networks: Database[ASN] | None,
    countries: Mapping[str, Country],
) -> Locator:
    """Return a locator of databases that are open already; see `open_locator`."""
    of_code = locations(countries)

    def place(address: str) -> Location:
        if places is None:
            return of_code(iptocc.country_code(address))
        record = places.glance(address, PlaceRecord)
        return location_of_record(record, of_code) if record else Location()

    known = {"places": places, "networks": networks}
    databases = {name: one.about for name, one in known.items() if one}
    return Locator(place, networks, databases)
