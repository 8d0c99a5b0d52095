"""Time without the pauses of this process."""

import time
from collections.abc import Callable


class OwnTime:
    """Seconds for which this process got to run.

    One thread looks at it once in a `step`. What is more than two steps between two
    looks was spent waiting for a processor, or stopped, and does not count: nobody
    else can be blamed for it. Any thread may read it.

    Args:
        step: Seconds between two looks.
        clock: Seconds that only go forward, pauses and all.

    """

    def __init__(
        self, step: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.step = step
        self._clock = clock
        # One value, so that nobody reads half of a look.
        self._seen = (clock(), 0.0)

    @property
    def passed(self) -> float:
        """The seconds since the beginning."""
        return self._now()[1]

    def look(self) -> None:
        """Count what has passed since the last look."""
        self._seen = self._now()

    def _now(self) -> tuple[float, float]:
        looked, passed = self._seen
        now = self._clock()
        return now, passed + min(now - looked, 2 * self.step)
