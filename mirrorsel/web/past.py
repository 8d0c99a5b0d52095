"""What the checker leaves for others than requests for files."""

import logging
import time
from collections.abc import Callable, Mapping

from mirrorsel.errors import StateError
from mirrorsel.health import History
from mirrorsel.model import LastScan, ProbeResult
from mirrorsel.state import (
    PublishedList,
    StateFolder,
    Watched,
    read_history,
    read_probes,
    read_published,
)
from mirrorsel.state.indexed import Indexed, read_indexed
from mirrorsel.state.scans import read_scans

_log = logging.getLogger("mirrorsel.web")


class Past:
    """History, published list and all of scans, kept equal to their files.

    The logs of probes are read when they are asked for.

    One thread may call `poll`; any may read.
    """

    def __init__(
        self,
        state: StateFolder,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read the files; what is not yet written is nothing wrong."""
        self._state = state
        self._history = Watched(state.history, read_history, settle=0, clock=clock)
        self._published = Watched(
            state.published_list, read_published, settle=0, clock=clock
        )
        self._indexed = Watched(state.indexed, read_indexed, settle=0, clock=clock)
        self._scans = Watched(state.scans, read_scans, settle=0, clock=clock)

    @property
    def history(self) -> History | None:
        """The last history that could be used."""
        return self._history.value

    @property
    def published(self) -> PublishedList | None:
        """The last published list that could be used."""
        return self._published.value

    @property
    def indexed(self) -> Indexed | None:
        """How the index of published files stood last."""
        return self._indexed.value

    @property
    def scans(self) -> Mapping[str, LastScan] | None:
        """How the last scan of each mirror went, by URL."""
        return self._scans.value

    def poll(self) -> None:
        """Look whether files are new; one that cannot be used is logged."""
        watched_files = (self._history, self._published, self._indexed, self._scans)
        for watched in watched_files:
            if watched.poll() and (error := watched.error):
                for problem in error.problems:
                    _log.error(
                        "%s; the last good version is shown", problem.at(error.path)
                    )

    def probes(self, url: str) -> tuple[ProbeResult, ...]:
        """Return the last probes of a mirror, oldest first; none if there is no log."""
        try:
            return read_probes(self._state.probes, url)
        except StateError:
            return ()
