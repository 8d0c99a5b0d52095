"""Distances on the earth: known ones, and the laws of a metric."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Coordinates
from mirrorsel.selection.distance import EARTH_RADIUS, HALF_WAY_ROUND, distance

PLACES = st.builds(
    Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180)
)
# Of the result; a millimetre on the earth.
EXACT = 1e-6


def place(latitude: float, longitude: float) -> Coordinates:
    """Return a place."""
    return Coordinates(latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(place(52.52, 13.405), place(48.857, 2.352), 877.5, id="Europe"),
        pytest.param(place(40.71, -74.01), place(51.51, -0.13), 5570, id="Atlantic"),
        pytest.param(place(0, 0), place(0, 1), 111.19, id="a degree of longitude"),
        pytest.param(place(0, 0), place(1, 0), 111.19, id="a degree of latitude"),
        pytest.param(place(60, 0), place(60, 1), 55.6, id="a degree in the north"),
        pytest.param(place(0, 179.5), place(0, -179.5), 111.19, id="antimeridian"),
        pytest.param(place(0, 180), place(0, -180), 0, id="the same meridian"),
        pytest.param(place(90, 0), place(90, 99), 0, id="north pole"),
        pytest.param(place(-90, 7), place(-90, -7), 0, id="south pole"),
        pytest.param(place(89, 0), place(89, 180), 222.39, id="across a pole"),
        pytest.param(place(90, 0), place(-90, 0), 20015.1, id="pole to pole"),
        pytest.param(place(0, 0), place(0, 180), 20015.1, id="antipodes"),
        pytest.param(place(12.3, 45.6), place(-12.3, -134.4), 20015.1, id="others"),
        pytest.param(place(0, 0), place(0, 0), 0, id="latitude and longitude 0"),
        pytest.param(place(50, 8), place(50, 8.00001), 0.000715, id="next door"),
    ],
)
def test_known_distances(one: Coordinates, other: Coordinates, expected: float) -> None:
    """The distance is right anywhere, from next door to the antipodes."""
    assert distance(one, other) == pytest.approx(expected, rel=0.002, abs=EXACT)


@given(PLACES, PLACES)
def test_it_is_as_far_back(one: Coordinates, other: Coordinates) -> None:
    """The distance is the same in both directions."""
    assert distance(one, other) == pytest.approx(distance(other, one), abs=EXACT)


@given(PLACES)
def test_nothing_is_far_from_itself(one: Coordinates) -> None:
    """The distance from a place to itself is nought."""
    assert distance(one, one) == 0


@given(PLACES, PLACES, PLACES)
def test_no_detour_is_shorter(
    one: Coordinates, other: Coordinates, over: Coordinates
) -> None:
    """The triangle inequality holds."""
    detour = distance(one, over) + distance(over, other)

    # Near antipodes the formula is exact to some metres.
    assert distance(one, other) <= detour + 0.01


@given(PLACES, PLACES)
def test_nothing_is_farther_than_half_way_round(
    one: Coordinates, other: Coordinates
) -> None:
    """Every distance is a number from nought to half of the circumference."""
    assert 0 <= distance(one, other) <= HALF_WAY_ROUND


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_antipodes_are_half_way_round(latitude: float, longitude: float) -> None:
    """No rounding takes the arc sine out of its domain."""
    here, there = place(latitude, longitude), place(-latitude, longitude + 180)

    assert distance(here, there) == pytest.approx(3.14159265 * EARTH_RADIUS, abs=0.1)


@given(PLACES, PLACES, st.floats(-180, 180))
def test_turning_the_globe_changes_nothing(
    one: Coordinates, other: Coordinates, turn: float
) -> None:
    """Only the difference of longitudes counts, also across the antimeridian."""
    turned = [
        place(each.latitude, (each.longitude + turn + 540) % 360 - 180)
        for each in (one, other)
    ]

    assert distance(*turned) == pytest.approx(distance(one, other), abs=0.01)
