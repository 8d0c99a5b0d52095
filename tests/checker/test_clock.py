"""A clock that is set."""

from datetime import UTC, datetime, timedelta

import pytest

from mirrorsel.checker.clock import Jumps

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


class Clocks:
    """Two clocks that are turned by hand."""

    def __init__(self) -> None:
        self.wall = NOON
        self.steady = 7.0


@pytest.mark.parametrize(
    ("wall", "steady", "expected"),
    [
        pytest.param(10, 10, None, id="nothing"),
        pytest.param(3610, 10, 3600, id="forward"),
        pytest.param(-3590, 10, -3600, id="back"),
        pytest.param(14, 10, None, id="within-the-tolerance"),
        pytest.param(0, 100000, -100000, id="stopped"),
    ],
)
def test_jump(wall: float, steady: float, expected: float | None) -> None:
    """A jump is what the wall clock went more than the steady one, told once."""
    clocks = Clocks()
    jumps = Jumps(lambda: clocks.wall, lambda: clocks.steady)
    clocks.wall += timedelta(seconds=wall)
    clocks.steady += steady

    assert expected == jumps.look()
    assert jumps.look() is None
