"""A clock that stands still while this process does."""

from collections.abc import Sequence

import pytest

from mirrorsel.net import OwnTime


@pytest.mark.parametrize(
    ("waits", "passed"),
    [
        pytest.param((), 0, id="at first"),
        pytest.param((1, 1, 1), 3, id="in steps"),
        pytest.param((1, 2, 1), 4, id="one look is a little late"),
        pytest.param((1, 100, 1), 4, id="a pause counts two steps"),
        pytest.param((100, 100), 4, id="each pause does"),
    ],
)
def test_pauses_hardly_count(waits: Sequence[float], passed: float) -> None:
    """Whoever looks late was kept from looking."""
    now = 1000.0
    time = OwnTime(1, lambda: now)
    for wait in waits:
        now += wait
        time.look()

    assert time.passed == passed


@pytest.mark.parametrize(("at", "passed"), [(0.5, 0.5), (1.5, 1.5), (50, 2)])
def test_time_passes_between_looks_too(at: float, passed: float) -> None:
    """It goes on for two steps after the last look, and then waits for the next."""
    now = 0.0
    time = OwnTime(1, lambda: now)
    now = at

    assert time.passed == passed
