"""The pace of work that must not be felt."""

import time
from collections.abc import Callable
from threading import Event

_SLICE = 0.05


class Ended(BaseException):
    """The work is to end. As it is no error, nobody on the way is to handle it."""


class Pace:
    """Works for a slice of time, then rests, so that it takes a share of one core.

    Args:
        stop: Ends the work.
        share: The most of a core, and so of what a disk gives to one reader.
        clock: Seconds that only go forward.

    """

    def __init__(
        self,
        stop: Event,
        *,
        share: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stop = stop
        self._rest = (1 - share) / share
        self._clock = clock
        self._since = clock()

    @property
    def stopped(self) -> bool:
        """Whether the work is to end."""
        return self._stop.is_set()

    def step(self) -> None:
        """Rest if it is time to.

        Raises:
            Ended: the work is to end.

        """
        busy = self._clock() - self._since
        if busy < _SLICE and not self._stop.is_set():
            return
        if self._stop.wait(busy * self._rest):
            raise Ended
        self._since = self._clock()
