"""Something that is done again and again while other work goes on."""

import time
from collections.abc import Callable


class Regularly:
    """Does something as often as it is asked, and not too often.

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
