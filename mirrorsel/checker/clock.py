"""A clock on the wall that somebody sets."""

from collections.abc import Callable
from datetime import datetime


class Jumps:
    """How far the clock on the wall was set since it was last looked at.

    Args:
        wall: That clock.
        steady: Seconds that only go forward.
        tolerance: Seconds that the two may part between two looks.

    """

    def __init__(
        self,
        wall: Callable[[], datetime],
        steady: Callable[[], float],
        *,
        tolerance: float = 5.0,
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._tolerance = tolerance
        self._before = self._difference()

    def look(self) -> float | None:
        """Return by how many seconds the clock was set; None if it was not."""
        now = self._difference()
        jump, self._before = now - self._before, now
        return jump if abs(jump) > self._tolerance else None

    def _difference(self) -> float:
        return self._wall().timestamp() - self._steady()
