"""Tests for mirrorsel.lint.atlas and for the coordinates that it judges."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mirrorsel.lint.atlas import Atlas
from mirrorsel.lint.overseas import with_parts
from mirrorsel.model import Coordinates
from mirrorsel.selection.distance import distance
from tests.lint.test_rules import FACTS, problems_of

ATLAS = Atlas(FACTS.towns)
TOWNS = [(code, town) for code, towns in FACTS.towns.items() for town in towns]
PLACES = st.builds(
    Coordinates,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
)


def told(country: str, latitude: float, longitude: float) -> list[str]:
    """Return what is said of a mirror that lies there."""
    line = f"http {country} https://a.example/ - lat={latitude:.6f} lon={longitude:.6f}"
    return [
        one.message
        for one in problems_of(f"{line}\n")
        if one.code == "coordinates-elsewhere"
    ]


@given(st.sampled_from(TOWNS))
def test_a_town_is_in_its_country(town: tuple[str, Coordinates]) -> None:
    """A mirror in any town of the world is where its country is."""
    code, place = town

    assert not told(code, place.latitude, place.longitude)


@given(PLACES, st.sampled_from(sorted(FACTS.towns)), st.sampled_from([25, 150, 500]))
def test_nearness(place: Coordinates, country: str, kilometres: float) -> None:
    """A town is near if the distance to it is as short as is asked for."""
    away = min(
        distance(place, town)
        for code in with_parts(country)
        for town in FACTS.towns.get(code, ())
    )
    assume(abs(away - kilometres) > 0.01)

    assert ATLAS.is_within(place, country, kilometres) is (away < kilometres)


@given(st.sampled_from(TOWNS))
def test_country_of_a_town(town: tuple[str, Coordinates]) -> None:
    """In a town its own country is nearest, or one that has a town in its place."""
    code, place = town
    found = ATLAS.country_at(place, 25)

    assert found is not None
    assert found == code or place in FACTS.towns[found]


def test_nowhere() -> None:
    """In the middle of an ocean there is no country, and of some there is no town."""
    ocean = Coordinates(latitude=-48.9, longitude=-123.4)

    assert ATLAS.country_at(ocean, 500) is None
    assert not ATLAS.knows("aq")
    assert not ATLAS.is_within(ocean, "aq", 500)


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "meant"),
    [
        pytest.param(
            "us", 37.77, 122.42, "`lat=37.77 lon=-122.42`", id="east for west"
        ),
        pytest.param(
            "au", 33.87, 151.21, "`lat=-33.87 lon=151.21`", id="north for south"
        ),
        pytest.param("br", 23.55, 46.63, "`lat=-23.55 lon=-46.63`", id="both signs"),
        pytest.param("pl", 21.01, 52.23, "`lat=52.23 lon=21.01`", id="swapped"),
        pytest.param("cl", 70.67, 33.45, "`lat=-33.45 lon=-70.67`", id="both mistakes"),
        pytest.param("de", 0, 0, "", id="null island"),
    ],
)
def test_what_was_meant(
    country: str, latitude: float, longitude: float, meant: str
) -> None:
    """A wrong sign or order is seen, and the right place is proposed."""
    said = told(country, latitude, longitude)[0]
    expected = f"; did you mean {meant}?" if meant else "of Germany (de)"

    assert said.endswith(expected)


@pytest.mark.parametrize(
    ("country", "part"),
    [
        pytest.param("fr", "re", id="Réunion"),
        pytest.param("us", "pr", id="Puerto Rico"),
        pytest.param("dk", "gl", id="Greenland"),
        pytest.param("nl", "cw", id="Curaçao"),
        pytest.param("uk", "gi", id="Gibraltar"),
        pytest.param("cn", "hk", id="Hong Kong"),
    ],
)
def test_overseas(country: str, part: str) -> None:
    """A mirror overseas may stand under its country's code."""
    place = FACTS.towns[part][0]

    assert not told(country, place.latitude, place.longitude)
