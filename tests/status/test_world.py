"""The map."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Coordinates
from mirrorsel.status import WIDTH, dots, spread
from mirrorsel.status.world import project

PLACES = st.builds(
    Coordinates,
    latitude=st.floats(min_value=-90, max_value=90),
    longitude=st.floats(min_value=-180, max_value=180),
)


def test_the_middle_and_the_edges() -> None:
    """Zero is in the middle; the equator is as wide as the map."""
    middle = project(Coordinates(latitude=0, longitude=0))
    east = project(Coordinates(latitude=0, longitude=180))

    assert (WIDTH / 2, middle.y) == (middle.x, east.y)
    assert pytest.approx(WIDTH, abs=0.01) == east.x


@given(PLACES)
def test_north_is_up_and_east_is_right(place: Coordinates) -> None:
    """Each place lies in its quarter of the map, and within its width."""
    point = project(place)
    middle = project(Coordinates(latitude=0, longitude=0))

    assert (point.y <= middle.y) or place.latitude < 0
    assert (point.x >= middle.x) or place.longitude < 0
    assert -0.01 <= point.x <= WIDTH + 0.01


def test_towns_become_runs_of_dots() -> None:
    """Towns at one point are one dot, and neighbours one line."""
    towns = [Coordinates(latitude=0, longitude=one) for one in (0, 0.1, 1, 20)]

    assert "M180 87h2M200 87h1" == dots(towns)


def test_mirrors_of_one_place_lie_side_by_side() -> None:
    """None hides another, and the first is where the place is."""
    place = Coordinates(latitude=50, longitude=10)
    points = [
        (one.x, one.y) for one in spread(dict.fromkeys(range(50), place)).values()
    ]
    middle = project(place)

    assert (middle.x, middle.y) == points[0]
    assert all(
        dist(one, other) > 2
        for number, one in enumerate(points)
        for other in points[:number]
    )
