"""Tests for mirrorsel.preview.crowd: who the clients are."""

import pytest

from mirrorsel.model import Coordinates, Country, Location
from mirrorsel.preview import UNKNOWN, crowds
from tests.selection.worlds import PLACES

EMPTY = Country(code="aq", name="Antarctica", continent="AN")


def test_shares() -> None:
    """Clients are counted in any unit."""
    shares = {one.code: one.share for one in crowds(PLACES, {"de": 30, "fr": 10})}

    assert (0.75, 0.25, 0.0) == (shares["de"], shares["fr"], shares["jp"])


def test_clients_are_at_the_centre_of_their_country() -> None:
    """As nothing else is known of them, selection puts them there."""
    (spot,) = crowds(PLACES, {"de": 1})[0].spots

    assert Location(country="de", continent="EU") == spot.location


def test_towns() -> None:
    """Where towns are known, clients are there."""
    place = Coordinates(latitude=50, longitude=7)
    other = Coordinates(latitude=52, longitude=13)
    spots = crowds(PLACES, {"de": 1}, {"de": [(place, 3), (other, 1)]})[0].spots

    assert [0.75, 0.25] == [one.share for one in spots]
    assert [place, other] == [one.location.coordinates for one in spots]


@pytest.mark.parametrize(("weights", "there"), [({"de": 1}, False), ({"aq": 1}, True)])
def test_countries_without_towns(weights: dict[str, float], *, there: bool) -> None:
    """They are left out, unless they have clients."""
    codes = {one.code for one in crowds({**PLACES, "aq": EMPTY}, weights)}

    assert there is ("aq" in codes)


def test_clients_of_other_countries_are_of_no_known_place() -> None:
    """All that is no country is one crowd."""
    *_, last = crowds(PLACES, {"de": 2, "xx": 1, UNKNOWN: 1})

    assert (UNKNOWN, 0.5) == (last.code, last.share)
    assert Location() == last.spots[0].location
