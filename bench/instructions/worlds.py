"""Lists of any length, with applications that serve them."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.geo import Locator, load_countries, open_locator
from mirrorsel.model import (
    Coordinates,
    Country,
    Health,
    Mirror,
    MirrorList,
    Snapshot,
    State,
)
from mirrorsel.tree import FileIndex
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.realm import Realm, Sources, make_geography, make_realm
from mirrorsel.web.tree import Tree
from tests.geodb import write_city_database
from tests.tree.published import publish

FILE = "httpd/httpd-2.4.66.tar.gz"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

COUNTRIES = ("de", "fr", "us", "jp", "br", "za", "au", "uk", "in", "ca")

_CITY = "city.mmdb"
_INDEX = "index/files"
_PLACES = 60
_SPREAD = 6.0
"""How far from the centre of its country a mirror or a client is, in degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A list of mirrors."""

    mirrors: int
    apart: bool = False
    """Whether each has a place of its own; else all of a country share one."""

    @property
    def name(self) -> str:
        """What it is called in the table."""
        return f"{self.mirrors:,} mirrors{' apart' if self.apart else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Applications that serve one list."""

    table: Wsgi
    """It places clients by the embedded table of countries."""
    cities: Wsgi
    """It places them by a City database."""
    indexed: Wsgi
    """As `table`, with an index of the published files."""
    realm: Realm
    """What `cities` knows."""


def lay_out(folder: Path) -> None:
    """Write the databases that all worlds use: too slow to be made under valgrind."""
    publish(folder, {FILE: b"x" * 1000}, {"https://m0.example/": {FILE}})
    chance, countries = random.Random(1), load_countries()
    places = [_place(chance, countries, number) for number in range(_PLACES)]
    networks = {f"{first}.0.0.0/8": chance.choice(places) for first in range(1, 224)}
    write_city_database(folder / _CITY, networks)


def build(size: Size, folder: Path, countries: Mapping[str, Country]) -> World:
    """Return the applications of a list, all of whose mirrors are up."""
    mirrors = tuple(_mirrors(size, countries))
    up = Health(state=State.UP, checked=NOW, stamp=NOW)
    sources = Sources(
        settings=Settings(folder=folder),
        mirrors=MirrorList(mirrors=mirrors, dated=NOW),
        snapshot=Snapshot(taken=NOW, health={one.url: up for one in mirrors}),
        locator=open_locator(None, None, countries),
    )
    geography = make_geography(sources, countries)
    tree = Tree(FileIndex(folder / _INDEX), None, geography)

    def know(locator: Locator, tree: Tree | None = None) -> Realm:
        placed = replace(sources, locator=locator)
        return make_realm(placed, geography, countries, tree)

    realm = know(open_locator(folder / _CITY, None, countries))
    return World(
        table=_serve(know(sources.locator)),
        cities=_serve(realm),
        indexed=_serve(know(sources.locator, tree)),
        realm=realm,
    )


def _serve(realm: Realm) -> Wsgi:
    return create_app(lambda: realm, now=lambda: NOW)


def _mirrors(size: Size, countries: Mapping[str, Country]) -> Iterator[Mirror]:
    chance = random.Random(2)
    for number in range(size.mirrors):
        country = COUNTRIES[number % len(COUNTRIES)]
        yield Mirror(
            url=f"https://m{number}.example/",
            country=country,
            coordinates=_near(chance, countries[country]) if size.apart else None,
        )
    yield Mirror(url="https://backup.example/", backup=True)


def _place(
    chance: random.Random, countries: Mapping[str, Country], number: int
) -> Mapping[str, object]:
    code = COUNTRIES[number % len(COUNTRIES)]
    where = _near(chance, countries[code])
    return {
        "country": "gb" if code == "uk" else code,
        "continent": countries[code].continent,
        "latitude": where.latitude,
        "longitude": where.longitude,
    }


def _near(chance: random.Random, country: Country) -> Coordinates:
    centre = country.centre or Coordinates(latitude=0, longitude=0)
    return Coordinates(
        latitude=round(centre.latitude + chance.uniform(-_SPREAD, _SPREAD), 3),
        longitude=round(centre.longitude + chance.uniform(-_SPREAD, _SPREAD), 3),
    )
