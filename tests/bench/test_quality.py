"""The figures of the selection's quality, on inputs that can be worked out."""

from pathlib import Path

import pytest

from bench.quality.crowd import (
    Crowd,
    by_selection,
    nearest,
    uniform_in_country,
)
from bench.quality.figures import gini, mean, peak, percentile
from bench.quality.measure import failures, near_sets, reached
from bench.quality.pictures import draw
from mirrorsel.geo import load_countries
from mirrorsel.model import Client, Coordinates, Health, Location, Mirror, State
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index
from mirrorsel.selection.policy import Policy

BERLIN = Coordinates(latitude=52.5, longitude=13.4)
POTSDAM = Coordinates(latitude=52.4, longitude=13.1)
PARIS = Coordinates(latitude=48.9, longitude=2.4)
MIRRORS = tuple(
    Mirror(url=f"https://{name}.example/", country=country, coordinates=place)
    for name, country, place in (
        ("berlin", "de", BERLIN),
        ("potsdam", "de", POTSDAM),
        ("paris", "fr", PARIS),
    )
)
UP = {one.url: Health(state=State.UP) for one in MIRRORS}
BERLINERS = tuple(
    Client(
        location=Location(country="de", continent="EU", coordinates=BERLIN),
        network=f"192.0.{number}.0/24",
    )
    for number in range(200)
)
CROWD = Crowd(clients=BERLINERS, mirrors=MIRRORS)


@pytest.fixture(scope="module")
def index() -> Index:
    """Make an index of three mirrors that are up."""
    return Index(
        Geography(MIRRORS, load_countries(), Policy(), "https://origin.example/"), UP
    )


@pytest.mark.parametrize(
    ("loads", "expected"),
    [
        pytest.param([5, 5, 5, 5], 0.0, id="equal"),
        pytest.param([0, 0, 0, 8], 0.75, id="one has all"),
        pytest.param([1, 3], 0.25, id="two"),
        pytest.param([0, 0], 0.0, id="nobody has any"),
    ],
)
def test_gini(loads: list[float], expected: float) -> None:
    """It is 0 where all are equal, and (n - 1) / n where one of n has all."""
    assert gini(loads) == pytest.approx(expected)


def test_other_figures() -> None:
    """A percentile is one of the figures, a peak a multiple of the mean."""
    figures = [float(one) for one in range(100)]

    assert percentile(figures, 0.95) == 95
    assert percentile(figures, 1.0) == 99
    assert mean([1, 2, 6]) == 3
    assert peak([1, 2, 6]) == 2
    assert peak([0, 0]) == 1


def test_ways_of_choosing(index: Index) -> None:
    """The nearest is at no distance, equals share, and countries are kept to."""
    best = reached("nearest", CROWD, nearest(MIRRORS))
    ours = reached("ours", CROWD, by_selection(index))
    old = reached("old", CROWD, uniform_in_country(MIRRORS))

    assert best.mean == 0
    assert best.loads[MIRRORS[0].url] == len(BERLINERS)
    for one in (ours, old):
        assert 0 < one.mean < 25
        assert one.loads[MIRRORS[2].url] == 0
        assert one.loads[MIRRORS[0].url] > 60


def test_a_country_without_mirrors_gets_those_of_the_us() -> None:
    """So it was in the first mirror scripts."""
    american = Mirror(url="https://us.example/", country="us", coordinates=PARIS)
    choose = uniform_in_country((*MIRRORS, american))

    assert choose(Client(location=Location(country="pl"))) == american


def test_near_sets(index: Index) -> None:
    """Two mirrors side by side are one near set, which all clients share."""
    (one,) = near_sets(CROWD, index)

    assert {mirror.url for mirror in one.mirrors} == {i.url for i in MIRRORS[:2]}
    assert one.clients == sum(one.loads) == len(BERLINERS)
    assert one.gini < 0.2


def test_a_failure_moves_its_own_clients_alone(index: Index) -> None:
    """Whoever had another mirror keeps it."""
    had, idle = failures(CROWD, index.geography, UP, (MIRRORS[0], MIRRORS[2]))

    assert (had.moved, had.others) == (had.had, 0)
    assert had.had > 0.3
    assert (idle.had, idle.moved) == (0, 0)


def test_pictures_are_the_same_each_time(index: Index, tmp_path: Path) -> None:
    """They are drawn of the numbers alone, with text that can be read."""
    ways = [reached("ours", CROWD, by_selection(index))]
    sets = near_sets(CROWD, index)
    failed = failures(CROWD, index.geography, UP, MIRRORS[:1])
    one, other = (draw(tmp_path / name, ways, sets, failed) for name in "ab")

    assert [path.name for path in one] == [path.name for path in other]
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes()
    assert "kilometres to the chosen mirror" in one[0].read_text()
