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
        obsolete: Whether the work is not wanted any more.
        clock: Seconds that only go forward.

    """

    def __init__(
        self,
        stop: Event,
        *,
        share: float,
        obsolete: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stop = stop
        self._obsolete = obsolete
        self._rest = (1 - share) / share
        self._clock = clock
        self._since = clock()

    def is_over(self) -> bool:
        """Return whether the work is to end."""
        return self._stop.is_set() or self._obsolete()

    def check(self) -> None:
        """Go on.

        Raises:
            Ended: the work is to end.

        """
        if self.is_over():
            raise Ended

    def wait(self, seconds: float) -> None:
        """Wait for something else than the work.

        Raises:
            Ended: the work is to end.

        """
        self._stop.wait(seconds)
        self.check()

    def step(self) -> None:
        """Rest if it is time to.

        Raises:
            Ended: the work is to end.

        """
        busy = self._clock() - self._since
        if busy < _SLICE and not self._stop.is_set():
            return
        if self._stop.wait(busy * self._rest) or self._obsolete():
            raise Ended
        self._since = self._clock()
