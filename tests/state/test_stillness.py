"""A start waits for what is being written."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mirrorsel.state import await_stillness


class Clock:
    """A clock that goes on while somebody sleeps.

    Args:
        now: What it shows at first.
        meanwhile: What happens in each sleep.

    """

    def __init__(self, now: float, meanwhile: Callable[[], None]) -> None:
        self.now = now
        self.slept: list[float] = []
        self._meanwhile = meanwhile

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds
        self._meanwhile()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a file."""
    file = tmp_path / "file"
    file.write_text("half")
    return file


@pytest.mark.parametrize(
    ("age", "seconds"),
    [
        pytest.param(0.25, 0.75, id="young"),
        pytest.param(1.0, 0.0, id="a second old"),
        pytest.param(5000.0, 0.0, id="old"),
        pytest.param(-60.0, 0.0, id="dated in the future"),
    ],
)
def test_how_long_it_waits(path: Path, age: float, seconds: float) -> None:
    """Until the file is a second old."""
    clock = Clock(path.stat().st_ctime + age, lambda: None)

    await_stillness(path, now=clock, sleep=clock.sleep)

    assert pytest.approx(seconds, abs=0.001) == sum(clock.slept)


def test_it_does_not_wait_for_what_is_missing(path: Path) -> None:
    """Whoever reads it next says so."""
    clock = Clock(0.0, lambda: None)

    await_stillness(path.with_name("none"), now=clock, sleep=clock.sleep)

    assert [] == clock.slept


def test_it_ends_however_long_a_file_is_written(path: Path) -> None:
    """A start that never ended would be worse than half a file."""
    start = path.stat().st_ctime

    def write() -> None:
        # As old as when it was looked at first, whatever time it is.
        clock.now = start + 0.1
        os.utime(path)

    clock = Clock(start, write)

    await_stillness(path, now=clock, sleep=clock.sleep)

    assert 3.0 <= sum(clock.slept) <= 4.0
