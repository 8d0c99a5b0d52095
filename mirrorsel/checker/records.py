"""What the checker leaves in the state folder, as far as that can be written."""

import contextlib
import logging
import os
from collections.abc import Callable
from datetime import datetime, timedelta

from mirrorsel.checker.cycle import Cycle
from mirrorsel.errors import StateError
from mirrorsel.health import History, record
from mirrorsel.model import Snapshot
from mirrorsel.state import (
    Journal,
    StateFolder,
    Watched,
    append_probes,
    forget_probes,
    read_history,
    read_snapshot,
    write_changed,
    write_history,
    write_snapshot,
)

_log = logging.getLogger(__name__)
_DAY = timedelta(days=1)


class Records:
    """The writer of a state folder.

    A folder that cannot be written, or a full disk, is reported once and ends
    nothing: the checker goes on and writes again as soon as it can.

    Args:
        folder: Where; it is made if it does not exist.

    """

    def __init__(self, folder: StateFolder) -> None:
        self._folder = folder
        self._journal = Journal(folder.journal)
        self._failing: set[str] = set()
        self._began = False
        self._history: History | None = None
        self._cleared: datetime | None = None
        # If this fails, so does the first writing, which tells why.
        with contextlib.suppress(OSError):
            folder.path.mkdir(parents=True, exist_ok=True)

    def watch_snapshot(self) -> Watched[Snapshot]:
        """Return the snapshot of the last cycle, without a value if none is usable.

        It can be polled for one that another program puts there.
        """
        kept = Watched(self._folder.snapshot, read_snapshot, settle=0)
        if kept.error is not None and self._folder.has_snapshot:
            _log.warning("%s; starting without it", kept.error)
        return kept

    def keep_cycle(self, cycle: Cycle) -> None:
        """Write the snapshot, the journal, the history and the logs of probes."""
        folder = self._folder
        self.attempt(
            "the snapshot", lambda: write_snapshot(folder.snapshot, cycle.snapshot)
        )
        self.attempt(
            "the journal",
            lambda: self._journal.append(*cycle.changes, cycle.summary),
        )
        history = self._remember(cycle)
        self.attempt("the history", lambda: write_history(folder.history, history))
        self.attempt(
            "a log of probes", lambda: append_probes(folder.probes, cycle.results)
        )
        self._clear(cycle)

    def keep_list(self, content: bytes) -> None:
        """Keep a copy of a good list."""
        self.attempt(
            "the last good list",
            lambda: write_changed(self._folder.last_good_list, content),
        )

    def keep_published(self, text: str) -> None:
        """Publish a list, unless it is published already."""
        path = self._folder.published_list
        # If this fails, so does the writing, which tells why.
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
        self.attempt("the published list", lambda: write_changed(path, text.encode()))

    def attempt(self, what: str, write: Callable[[], None]) -> None:
        """Write something; a failure is logged when it is new, and so is its end."""
        try:
            write()
        except StateError as error:
            if what not in self._failing:
                _log.error("%s", error)
            self._failing.add(what)
            return
        if what in self._failing:
            _log.info("%s can be written again", what)
            self._failing.discard(what)

    def _remember(self, cycle: Cycle) -> History:
        if not self._began:
            # Not before the first cycle: until then another checker may write it.
            self._history = self._kept_history()
            self._began = True
        self._history = record(
            self._history, cycle.snapshot, cycle.changes, cycle.results, cycle.listed
        )
        return self._history

    def _kept_history(self) -> History | None:
        path = self._folder.history
        try:
            return read_history(path)
        except StateError as error:
            if os.path.lexists(path):
                _log.warning("%s; it is begun anew", error)
            return None

    def _clear(self, cycle: Cycle) -> None:
        now = cycle.snapshot.taken
        if self._cleared is not None and abs(now - self._cleared) < _DAY:
            return

        def clear() -> None:
            forget_probes(self._folder.probes, cycle.listed, now)
            self._cleared = now

        self.attempt("the folder of the logs of probes", clear)
