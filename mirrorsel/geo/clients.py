"""Estimates of how many clients there are where."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from heapq import nlargest

import iptocc

from mirrorsel.geo.countries import read_towns
from mirrorsel.geo.record import location_of_code
from mirrorsel.model import Coordinates, Country, listed_country

STEP = 1 << 14
"""One address of so many is asked, so that a /18 network is asked once."""

# Addresses from 224.0.0.0 on belong to nobody alone (RFC 5771).
_ASKED = range(1, 224 << 24, STEP)


def addresses(countries: Mapping[str, Country]) -> Mapping[str, int]:
    """Return how many IPv4 addresses each country has, in steps of 16,384.

    They are those of the table that iptocc embeds. A country with towns that no
    asked address is in gets one step as well.
    """
    asked = [".".join(map(str, number.to_bytes(4))) for number in _ASKED]
    found: Counter[str | None] = Counter()
    for code, count in Counter(iptocc.country_code(asked)).items():
        found[location_of_code(code, countries).country] += count
    return {
        code: STEP * max(found[code], country.centre is not None)
        for code, country in countries.items()
    }


def settlements(
    clients: Mapping[str, float], most: int = 150
) -> Mapping[str, list[tuple[Coordinates, int]]]:
    """Return the largest places of the world, with their people, by country.

    A place is what lies within a degree; it is as large as its share of the people
    in its country's towns makes it, of the country's clients.

    Args:
        clients: How many clients each country has, by code.
        most: How many places there are at most.

    """
    people: Counter[tuple[str, int, int]] = Counter()
    totals: Counter[str] = Counter()
    for town in read_towns():
        country = listed_country(town.countrycode)
        place = (country, round(town.latitude), round(town.longitude))
        people[place] += town.population
        totals[country] += town.population

    def share(place: tuple[str, int, int]) -> float:
        country = place[0]
        return clients.get(country, 0) * people[place] / (totals[country] or 1)

    found: defaultdict[str, list[tuple[Coordinates, int]]] = defaultdict(list)
    for place in nlargest(most, people, key=share):
        country, latitude, longitude = place
        where = Coordinates(latitude=latitude, longitude=longitude)
        found[country].append((where, people[place]))
    return found
