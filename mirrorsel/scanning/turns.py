"""The turns of a listing that can be ended, and is kept as far as it has come."""

import threading
import time
from collections.abc import Callable

from mirrorsel.model import Outcome
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.reach import Reach


class Regularly:
    """Does something again and again, as often as it is asked and not too often.

    Args:
        every: Seconds that pass at least from once to the next time.
        work: What is done.
        clock: Seconds that only go forward.

    """

    def __init__(
        self,
        every: float,
        work: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._every = every
        self._work = work
        self._clock = clock
        self._last = clock()

    def __call__(self) -> None:
        """Do it if the time has come."""
        if self._clock() - self._last >= self._every:
            self._work()
            self._last = self._clock()


class Turns(Pace):
    """Ends a listing when it is told to, and does something between its requests.

    Args:
        reach: What the listing may cost.
        stop: Ends it.
        each: Called before each request.

    """

    def __init__(
        self, reach: Reach, stop: threading.Event, each: Callable[[], None]
    ) -> None:
        super().__init__(reach, sleep=stop.wait)
        self._stop = stop
        self._each = each

    def turn(self) -> None:
        """Wait until the next request may be sent."""
        self._check()
        self._each()
        super().turn()
        self._check()

    def count(self, entries: int = 1) -> None:
        """Take note of entries that were read."""
        self._check()
        super().count(entries)

    def _check(self) -> None:
        if self._stop.is_set():
            raise StopError(Outcome.DEADLINE, "ended before it was done")
