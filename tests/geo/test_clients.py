"""Tests for mirrorsel.geo.clients: how many clients are where."""

import pytest
from iptocc import country_code

from mirrorsel.geo import addresses, load_countries, settlements
from mirrorsel.geo.clients import STEP
from mirrorsel.model import listed_country

COUNTRIES = load_countries()


def test_every_country_with_towns_has_addresses() -> None:
    """No country that anybody lives in is without clients."""
    found = addresses(COUNTRIES)

    assert all(found[code] for code, one in COUNTRIES.items() if one.centre)
    assert found.keys() == COUNTRIES.keys()


def test_they_are_those_of_the_table() -> None:
    """One address of each step, asked one by one, gives the same."""
    asked = (
        ".".join(map(str, number.to_bytes(4))) for number in range(1, 224 << 24, STEP)
    )
    german = sum(country_code(one) == "DE" for one in asked)

    assert german * STEP == addresses(COUNTRIES)["de"]


def test_the_order_of_size() -> None:
    """The largest are those that everybody expects."""
    found = addresses(COUNTRIES)
    largest = sorted(found, key=lambda code: -found[code])[:8]

    assert largest[:2] == ["us", "cn"]
    assert {"jp", "uk", "de"} <= set(largest)


def test_settlements() -> None:
    """The largest places of all are found, by country, in whole degrees."""
    found = settlements({"de": 1, "fr": 1}, most=10)
    places = [place for towns in found.values() for place, _ in towns]

    assert {"de", "fr"} == found.keys()
    assert len(places) == 10
    assert (49, 2) in {(one.latitude, one.longitude) for one, _ in found["fr"]}
    assert all(people > 0 for towns in found.values() for _, people in towns)


@pytest.mark.parametrize("code", ["uk", "de"])
def test_settlements_are_called_as_lists_call_them(code: str) -> None:
    """The codes are those of the list: `uk`, and not `gb`."""
    assert listed_country(code) == code
    assert code in settlements({code: 1}, most=3)
