"""What a new line says, and from where that is known."""

import pytest

from mirrorsel.cli.add_facts import filled
from mirrorsel.cli.located import Located, Whereabouts
from mirrorsel.geo import load_countries
from mirrorsel.model import Coordinates, Location, Mirror

COUNTRIES = load_countries()
PLACE = Coordinates(latitude=50.11552, longitude=8.68417)


def located(address: str, country: str | None) -> Located:
    """Return an address in a country."""
    return Located(
        address=address,
        location=Location(country=country, coordinates=PLACE if country else None),
        place_source="table",
        network_source="table",
    )


def test_several_countries() -> None:
    """The first address whose country is known counts; that others differ is told."""
    found = Whereabouts(
        places=(
            located("192.0.2.1", None),
            located("192.0.2.2", "de"),
            located("2001:db8::1", "us"),
        )
    )
    new = filled(Mirror(url="https://a.example/"), found, COUNTRIES)

    assert (new.mirror.country, new.facts[0].value) == ("de", "de (Germany)")
    assert new.facts[0].source == "GeoIP of 192.0.2.2 (table)"
    (doubt,) = new.doubts
    assert doubt == (
        "its addresses are in several countries: 192.0.2.1 in no country,"
        " 192.0.2.2 in de, 2001:db8::1 in us; is it a CDN?"
    )


@pytest.mark.parametrize("country", ["de", "fr"])
def test_coordinates_only_in_the_country(country: str) -> None:
    """Coordinates are rounded, and not taken from another country than the given."""
    found = Whereabouts(places=(located("192.0.2.2", "de"),))
    given = Mirror(url="https://a.example/", country=country)
    new = filled(given, found, COUNTRIES)
    place = Coordinates(latitude=50.12, longitude=8.68)

    assert new.mirror.coordinates == (place if country == "de" else None)
    assert bool(new.doubts) == (country == "fr")


def test_nothing_known() -> None:
    """Where the host has no address, the reason is a doubt, and nothing is made up."""
    found = Whereabouts(problem="name not found")
    new = filled(Mirror(url="https://a.example/"), found, COUNTRIES)

    assert new.mirror.country is None
    assert new.doubts == ("where its host is cannot be told: name not found",)
