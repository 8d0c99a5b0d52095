"""Time without the pauses of this process."""

import time


class OwnTime:
    """Seconds for which this process got to run.

    One thread looks at it once in a `step`. What is more than two steps between two
    looks was spent waiting for a processor, or stopped, and does not count: nobody
    else can be blamed for it. Any thread may read it.

    Args:
        step: Seconds between two looks.

    """

    def __init__(self, step: float) -> None:
        self.step = step
        # One value, so that nobody reads half of a look.
        self._seen = (time.monotonic(), 0.0)

    @property
    def passed(self) -> float:
        """The seconds since the beginning."""
        return self._now()[1]

    def look(self) -> None:
        """Count what has passed since the last look."""
        self._seen = self._now()

    def _now(self) -> tuple[float, float]:
        looked, passed = self._seen
        now = time.monotonic()
        return now, passed + min(now - looked, 2 * self.step)
