"""What the checker leaves in the state folder, as far as that can be written."""

import contextlib
import logging
from collections.abc import Callable

from mirrorsel.checker.cycle import Cycle
from mirrorsel.errors import StateError
from mirrorsel.model import Snapshot
from mirrorsel.state import (
    Journal,
    StateFolder,
    Watched,
    keep_last_good,
    read_snapshot,
    write_changed,
    write_snapshot,
)

_log = logging.getLogger(__name__)


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
        """Write the snapshot and the journal's lines."""
        self.attempt(
            "the snapshot",
            lambda: write_snapshot(self._folder.snapshot, cycle.snapshot),
        )
        self.attempt(
            "the journal",
            lambda: self._journal.append(*cycle.changes, cycle.summary),
        )

    def keep_list(self, content: bytes) -> None:
        """Keep a copy of a good list."""
        self.attempt(
            "the last good list",
            lambda: keep_last_good(self._folder.last_good_list, content),
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
