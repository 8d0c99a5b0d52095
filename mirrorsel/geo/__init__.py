"""Where a client or a mirror is: databases of addresses, facts of countries."""

from mirrorsel.geo.countries import (
    load_countries,
    load_towns,
    load_towns_by_country,
)
from mirrorsel.geo.database import Database, open_networks, open_places
from mirrorsel.geo.locator import Locator, make_locator, open_locator
from mirrorsel.geo.network import client_network

__all__ = [
    "Database",
    "Locator",
    "client_network",
    "load_countries",
    "load_towns",
    "load_towns_by_country",
    "make_locator",
    "open_locator",
    "open_networks",
    "open_places",
]
