"""Cells: which clients selection cannot tell apart."""

import pytest
from hypothesis import given

from mirrorsel.model import Client, Coordinates, Location
from mirrorsel.selection.cell import cell_key, cell_of
from tests.selection.worlds import CLIENTS, PLACES, client


def key_of(location: Location, *, https: bool = False) -> object:
    """Return the key of a client where only the system 7 matters."""
    return cell_key(Client(location=location, https=https), {7}, PLACES)


def at(latitude: float, longitude: float, **more: object) -> Location:
    """Return a place."""
    place = Coordinates(latitude=latitude, longitude=longitude)
    return Location(coordinates=place, **more)  # type: ignore[arg-type] # any field


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param(at(50.1, 8.4), at(49.9, 7.6), True, id="same degree"),
        pytest.param(at(50.1, 8.4), at(50.1, 8.6), False, id="next degree"),
        pytest.param(at(0.2, -0.2), at(-0.2, 0.2), True, id="around 0"),
        pytest.param(
            at(0, 0, country="de"), at(0, 0, country="fr"), False, id="countries"
        ),
        pytest.param(
            Location(continent="EU"), Location(continent="AS"), False, id="continents"
        ),
        pytest.param(Location(asn=7), Location(asn=None), False, id="a system listed"),
        pytest.param(Location(asn=8), Location(asn=None), True, id="one not listed"),
        pytest.param(
            Location(country="de"),
            at(51, 10, country="de"),
            True,
            id="a country's centre stands in",
        ),
        pytest.param(
            Location(country="xx"), Location(country="xx"), True, id="unknown country"
        ),
    ],
)
def test_which_clients_are_alike(
    one: Location, other: Location, *, alike: bool
) -> None:
    """Whole degrees, country, continent, and those systems that matter."""
    assert (key_of(one) == key_of(other)) is alike


def test_the_scheme_tells_clients_apart() -> None:
    """A client by https may not get every mirror."""
    assert key_of(Location(), https=True) != key_of(Location(), https=False)


@given(CLIENTS)
def test_a_cell_is_what_its_key_says(who: Client) -> None:
    """A key can be turned into its cell, within half a degree of the client."""
    cell = cell_of(cell_key(who, {1, 2, 3, 4}, PLACES))

    assert (cell.country, cell.continent) == (
        who.location.country,
        who.location.continent,
    )
    assert (cell.asn, cell.https) == (who.location.asn, who.https)
    if who.location.coordinates:
        assert cell.coordinates is not None
        moved = abs(cell.coordinates.latitude - who.location.coordinates.latitude)
        assert moved <= 0.5


@pytest.mark.parametrize(
    ("location", "nowhere"),
    [
        pytest.param(Location(), True, id="nothing"),
        pytest.param(Location(country="xx"), False, id="country"),
        pytest.param(Location(continent="EU"), False, id="continent"),
        pytest.param(at(0, 0), False, id="latitude and longitude 0"),
        pytest.param(Location(asn=7), False, id="a system listed"),
        pytest.param(Location(asn=8), True, id="a system not listed"),
    ],
)
def test_who_is_nowhere(location: Location, *, nowhere: bool) -> None:
    """Those of whom nothing is known that could tell mirrors apart."""
    key = cell_key(Client(location=location), {7}, PLACES)

    assert cell_of(key).nowhere is nowhere


def test_clients_of_a_country_share_a_cell() -> None:
    """Their networks take no part."""
    first, second = (
        cell_key(client(network=name), (), PLACES) for name in ("one", "two")
    )

    assert first == second
