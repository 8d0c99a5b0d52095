"""A City database of realistic size: who is where, generated."""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network
from itertools import accumulate
from math import log2
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from mirrorsel.geo import load_countries
from mirrorsel.geo.countries import Town, read_towns
from mirrorsel.model import listed_country
from tests.geodb import write_city_database

Records: TypeAlias = Mapping[str, Mapping[str, Any]]

_FIRST, _LAST = int(IPv4Address("1.0.0.0")), int(IPv4Address("224.0.0.0"))
_SEED = 2027
_LONGEST, _SHORTEST, _BITS = 24, 12, 32
_SHIFT = 0.4
"""Networks become longer than drawn, to begin where they may."""


def records(count: int, towns: Sequence[Town] | None = None) -> Records:
    """Return about so many networks with their places, always the same.

    They cover all unicast addresses of IPv4, most as blocks of a few hundred to some
    ten thousand addresses; a place is drawn by the people of the world's towns.
    """
    random = Random(_SEED)
    known = list(read_towns()) if towns is None else towns
    steps = list(accumulate(one.population for one in known))
    continents = {code: country.continent for code, country in load_countries().items()}
    return {
        str(network): _record(random.choices(known, cum_weights=steps)[0], continents)
        for network in _networks(count, random)
    }


def write(path: Path, made: Records) -> Path:
    """Write the database; a hundred thousand networks take some ten seconds."""
    write_city_database(path, made)
    path.chmod(0o644)
    return path


def addresses(made: Records, count: int, seed: int = 1) -> Iterator[str]:
    """Yield addresses of clients: any in any network, each network as likely."""
    random = Random(seed)
    networks = [IPv4Network(one) for one in made]
    for _ in range(count):
        network = random.choice(networks)
        yield str(network[random.randrange(network.num_addresses)])


def _networks(count: int, random: Random) -> Iterator[IPv4Network]:
    """Yield networks side by side, of lengths around what makes about so many."""
    usual = _BITS - log2((_LAST - _FIRST) / count) - _SHIFT
    start = _FIRST
    while start < _LAST:
        drawn = min(_LONGEST, max(_SHORTEST, round(random.gauss(usual, 2))))
        # A network begins at a multiple of its size.
        length = max(drawn, _BITS - ((start & -start).bit_length() - 1))
        yield IPv4Network((start, length))
        start += 1 << (_BITS - length)


def _record(town: Town, continents: Mapping[str, str]) -> Mapping[str, Any]:
    code = town.countrycode
    return {
        "country": code,
        "registered_country": code,
        "continent": continents.get(listed_country(code), "EU"),
        "latitude": town.latitude,
        "longitude": town.longitude,
    }
