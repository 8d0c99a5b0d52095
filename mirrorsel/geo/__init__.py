"""Where a client or a mirror is: databases of addresses, facts of countries."""

from mirrorsel.geo.clients import addresses, settlements
from mirrorsel.geo.countries import (
    load_countries,
    load_towns,
    load_towns_by_country,
)
from mirrorsel.geo.credit import Credit, credits_of
from mirrorsel.geo.database import About, Database, open_networks, open_places
from mirrorsel.geo.locator import Locator, make_locator, open_locator
from mirrorsel.geo.network import client_network
from mirrorsel.geo.opinion import Opinion, Teller, database_teller, embedded_teller

__all__ = [
    "About",
    "Credit",
    "Database",
    "Locator",
    "Opinion",
    "Teller",
    "addresses",
    "client_network",
    "credits_of",
    "database_teller",
    "embedded_teller",
    "load_countries",
    "load_towns",
    "load_towns_by_country",
    "make_locator",
    "open_locator",
    "open_networks",
    "open_places",
    "settlements",
]
