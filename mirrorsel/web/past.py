"""What the checker remembers of the mirrors, for status pages and metrics."""

import logging
import time
from collections.abc import Callable

from mirrorsel.errors import StateError
from mirrorsel.health import History
from mirrorsel.model import ProbeResult
from mirrorsel.state import StateFolder, Watched, read_history, read_probes


class Past:
    """The history, kept equal to its file, and the logs of probes.

    One thread may call `poll`; any may read.
    """

    def __init__(
        self,
        state: StateFolder,
        log: logging.Logger | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read the history; one that is not yet written is nothing wrong."""
        self._state = state
        self._log = log or logging.getLogger("mirrorsel.web")
        self._history = Watched(state.history, read_history, settle=0, clock=clock)

    @property
    def history(self) -> History | None:
        """The last history that could be used."""
        return self._history.value

    def poll(self) -> None:
        """Look whether there is another history; one that cannot be used is logged."""
        if self._history.poll() and (error := self._history.error):
            for problem in error.problems:
                self._log.error(
                    "%s; the last good version is shown", problem.at(error.path)
                )

    def probes(self, url: str) -> tuple[ProbeResult, ...]:
        """Return the last probes of a mirror, oldest first; none if there is no log."""
        try:
            return read_probes(self._state.probes, url)
        except StateError:
            return ()
