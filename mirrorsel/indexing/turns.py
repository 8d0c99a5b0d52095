"""The turns of requests to the origin, which end with the indexer."""

from mirrorsel.indexing.pace import Pace as Indexing
from mirrorsel.net.pace import Pace
from mirrorsel.net.reach import Reach


class Turns(Pace):
    """Waits between requests, and lets none begin when the work is to end.

    Args:
        reach: What all requests may cost.
        work: Whether the work is to end.

    """

    def __init__(self, reach: Reach, work: Indexing) -> None:
        super().__init__(reach, sleep=work.wait)
        self._work = work

    def turn(self) -> None:
        """Wait until the next request may be sent.

        Raises:
            Ended: the work is to end.
            StopError: there were too many, or it took too long.

        """
        super().turn()
        self._work.check()
