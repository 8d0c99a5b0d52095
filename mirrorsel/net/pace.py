"""The turns of one listing: when the next request may be sent, and if any may."""

import time
from collections.abc import Callable

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.reach import Reach


class StopError(FetchError):
    """The listing cannot go on, whatever the next request would bring."""


class Pace:
    """Counts what a listing costs, and waits between its requests.

    Args:
        reach: What it may cost.
        clock: Tells seconds that never go back.
        sleep: Waits for some seconds.
        check: Called again and again meanwhile; may raise to end the listing.

    """

    def __init__(
        self,
        reach: Reach,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.reach = reach
        self._check = check
        self._clock = clock
        self._sleep = sleep
        self._end = clock() + reach.seconds
        self._next = clock()
        self._requests = 0
        self._entries = 0
        self._bytes = 0

    @property
    def remaining(self) -> float:
        """Seconds until all of the listing has to be done."""
        return max(self._end - self._clock(), 0.001)

    def turn(self) -> None:
        """Wait until the next request may be sent.

        Raises:
            StopError: none may, as there were too many (TOO_LARGE), or it took too
                long (DEADLINE).

        """
        self._check()
        self._requests += 1
        if self._requests > self.reach.requests:
            detail = f"more than {self.reach.requests} requests"
            raise StopError(Outcome.TOO_LARGE, detail)
        wait = self._next - self._clock()
        if wait > 0:
            self._sleep(wait)
            self._check()
        now = self._clock()
        self._next = now + self.reach.pause
        if now >= self._end:
            detail = f"not listed within {self.reach.seconds:g} s"
            raise StopError(Outcome.DEADLINE, detail)

    def count(self, entries: int = 1) -> None:
        """Take note of entries that were read.

        Raises:
            StopError: there were too many in all (TOO_LARGE).

        """
        self._check()
        self._entries += entries
        if self._entries > self.reach.entries:
            detail = f"more than {self.reach.entries} files and folders"
            raise StopError(Outcome.TOO_LARGE, detail)

    def receive(self, size: int) -> None:
        """Take note of bytes that came.

        Raises:
            StopError: there were too many in all (TOO_LARGE).

        """
        self._bytes += size
        if self._bytes > self.reach.bytes:
            detail = f"more than {self.reach.bytes} bytes of lists"
            raise StopError(Outcome.TOO_LARGE, detail)
