"""How many internet addresses each country has: an estimate of its clients."""

from collections import Counter
from collections.abc import Mapping

import iptocc

from mirrorsel.geo.record import location_of_code
from mirrorsel.model import Country

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
