"""Costs, each checked by hand."""

import pytest

from mirrorsel.model import Coordinates, Mirror
from mirrorsel.selection.cell import Cell
from mirrorsel.selection.cost import DETOUR, cost
from mirrorsel.selection.distance import HALF_WAY_ROUND
from mirrorsel.selection.entry import entry
from mirrorsel.selection.policy import Override, Policy
from tests.selection.worlds import PLACES, mirror

HERE = Coordinates(latitude=0, longitude=0)
DEGREE = 111.195
"""Kilometres of a degree of longitude at the equator."""


def cell(**more: object) -> Cell:
    """Return the cell of clients in Ghana, at latitude and longitude 0."""
    fields: dict[str, object] = {
        "country": "gh",
        "continent": "AF",
        "coordinates": HERE,
        "asn": None,
        "https": False,
    }
    return Cell(**(fields | more))  # type: ignore[arg-type] # any field


def at(longitude: float, country: str | None = "gh", **more: object) -> Mirror:
    """Return a mirror on the equator."""
    place = Coordinates(latitude=0, longitude=longitude)
    return mirror("m", country, coordinates=place, **more)


@pytest.mark.parametrize(
    ("client", "listed", "expected"),
    [
        pytest.param(cell(), at(0), 0, id="here"),
        pytest.param(cell(), at(10), 10 * DEGREE, id="same country"),
        pytest.param(cell(), at(10, "de"), 10 * DEGREE + 2500, id="same place, abroad"),
        pytest.param(
            cell(continent="EU"), at(10, "de"), 10 * DEGREE + 500, id="same continent"
        ),
        pytest.param(cell(), at(10, None), 10 * DEGREE, id="a mirror of no country"),
        pytest.param(
            cell(country=None, continent=None),
            at(10, "de"),
            10 * DEGREE,
            id="a client of no country",
        ),
        pytest.param(
            cell(country=None), at(10, "de"), 10 * DEGREE + 2000, id="continent alone"
        ),
        pytest.param(cell(coordinates=None), at(10, "de"), 2500, id="no coordinates"),
        pytest.param(
            cell(), mirror("m", None), HALF_WAY_ROUND, id="a mirror that is nowhere"
        ),
        pytest.param(cell(), mirror("m", "gh"), 0, id="a country's centre"),
        pytest.param(
            cell(), mirror("m", "zz"), HALF_WAY_ROUND + 500, id="an unknown country"
        ),
        pytest.param(cell(asn=7), at(90, "de", asn=7), 0, id="same system"),
        pytest.param(
            cell(asn=7), at(10, asn=8), 10 * DEGREE, id="another system, same country"
        ),
        pytest.param(cell(), at(10), 10 * DEGREE, id="both systems unknown"),
    ],
)
def test_a_cost_is_kilometres_and_penalties(
    client: Cell, listed: Mirror, expected: float
) -> None:
    """500 for another country, 2000 more for another continent, 0 at home."""
    price = cost(client, entry(0, listed, PLACES), Policy())

    assert price == pytest.approx(expected, abs=0.1)


def test_penalties_are_settings() -> None:
    """The operator says how much a border weighs."""
    policy = Policy(country_penalty=1, continent_penalty=20)

    assert cost(cell(), entry(0, at(0, "de"), PLACES), policy) == 21


@pytest.mark.parametrize(
    ("rule", "client", "detours"),
    [
        pytest.param(Override(prefer=("de",)), cell(), 0, id="preferred country"),
        pytest.param(
            Override(prefer=("https://m.example/",)), cell(), 0, id="preferred mirror"
        ),
        pytest.param(Override(prefer=("fr",)), cell(), 1, id="others are preferred"),
        pytest.param(Override(avoid=("de",)), cell(), 1, id="avoided country"),
        pytest.param(
            Override(avoid=("https://m.example/",)), cell(), 1, id="avoided mirror"
        ),
        pytest.param(Override(avoid=("fr",)), cell(), 0, id="others are avoided"),
        pytest.param(
            Override(prefer=("fr",), avoid=("de",)), cell(), 2, id="both at once"
        ),
        pytest.param(Override(country="gh", avoid=("de",)), cell(), 1, id="of country"),
        pytest.param(Override(country="us", avoid=("de",)), cell(), 0, id="of another"),
        pytest.param(
            Override(country="gh", avoid=("de",)),
            cell(country=None),
            0,
            id="of no known country",
        ),
        pytest.param(Override(asn=7, avoid=("de",)), cell(asn=7), 1, id="of system"),
        pytest.param(Override(asn=7, avoid=("de",)), cell(), 0, id="of no system"),
        pytest.param(
            Override(country="us", asn=7, avoid=("de",)),
            cell(asn=7),
            0,
            id="system fits, country does not",
        ),
    ],
)
def test_overrides_add_detours(rule: Override, client: Cell, detours: int) -> None:
    """A detour is longer than any distance, so nothing makes up for it."""
    listed = entry(0, at(0, "de"), PLACES)

    plain = cost(client, listed, Policy())

    assert cost(client, listed, Policy(override=(rule,))) == plain + detours * DETOUR


def test_a_detour_counts_in_the_client_s_own_system_too() -> None:
    """The operator's word stands above nearness in the network."""
    policy = Policy(override=(Override(avoid=("de",)),))

    assert cost(cell(asn=7), entry(0, at(0, "de", asn=7), PLACES), policy) == DETOUR


def test_no_cost_makes_up_for_a_detour() -> None:
    """The dearest mirror without a detour comes before the cheapest with one."""
    policy = Policy(country_penalty=20000, continent_penalty=20000)

    assert cost(cell(), entry(0, at(180, "de"), PLACES), policy) < DETOUR
