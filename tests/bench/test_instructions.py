"""What requests cost, in instructions: a bound on it that no other load can break.

The bounds leave room for other versions of Python and of Falcon; what was measured is
told beside each. `./dev bench instructions` has all of it.
"""

import pytest

from bench.instructions.counting import Counts, instructions
from bench.instructions.plan import Plan
from bench.instructions.scenarios import (
    BARE,
    CITIES,
    EMPTY,
    INDEXED,
    JSON,
    KNOWN,
    METALINK,
    MISSING,
    RANDOM,
    STATUS,
)
from bench.instructions.worlds import Size

FEW, MANY = Size(mirrors=10), Size(mirrors=10_000)


@pytest.fixture(name="counts", scope="module")
def fixture_counts() -> Counts:
    """Count once for all tests."""
    names = (KNOWN, INDEXED, RANDOM, CITIES, METALINK, JSON, STATUS, MISSING)
    return instructions(Plan(sizes=(FEW, MANY), names=names, requests=50))


@pytest.mark.parametrize(
    ("name", "most"),
    [
        pytest.param(KNOWN, 1.0, id="a known client, 0.7"),
        pytest.param(INDEXED, 1.2, id="a known client and an indexed file, 0.8"),
        pytest.param(RANDOM, 4.5, id="a new network, 2.8"),
        pytest.param(CITIES, 5.5, id="a new network in a City database, 3.4"),
        pytest.param(METALINK, 1.2, id="a document of a known client, 0.9"),
        pytest.param(JSON, 1.1, id="JSON of a known client, 0.8"),
        pytest.param(STATUS, 1.3, id="the status page, 0.9"),
        pytest.param(MISSING, 4, id="what is not there, 2.5"),
    ],
)
def test_a_request_costs_so_many_empty_applications(
    counts: Counts, name: str, most: float
) -> None:
    """An application of Falcon that does nothing is what they are held against."""
    assert counts[name, FEW] <= most * counts[EMPTY, None]


@pytest.mark.parametrize(
    ("name", "most"),
    [
        pytest.param(KNOWN, 1.15, id="a known client"),
        pytest.param(INDEXED, 1.15, id="a known client and an indexed file"),
        pytest.param(METALINK, 1.15, id="a document of a known client"),
        pytest.param(JSON, 1.15, id="JSON of a known client"),
        pytest.param(STATUS, 1.15, id="the status page"),
        pytest.param(MISSING, 1.15, id="what is not there"),
        # Its place among a thousand equals is found in four steps instead of one.
        pytest.param(RANDOM, 4, id="a new network, 2.6"),
        pytest.param(CITIES, 4, id="a new network in a City database, 2.1"),
    ],
)
def test_ten_thousand_mirrors_cost_hardly_more_than_ten(
    counts: Counts, name: str, most: float
) -> None:
    """No request looks at all of them."""
    assert counts[name, MANY] <= most * counts[name, FEW]


def test_falcon_costs_more_than_nothing(counts: Counts) -> None:
    """Else the other bounds would say nothing."""
    assert 0 < counts[BARE, None] < counts[EMPTY, None] / 5
