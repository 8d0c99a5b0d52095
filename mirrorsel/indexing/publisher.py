"""The publishing of editions of the index, no more often than it is worth."""

import logging
from pathlib import Path

from mirrorsel.indexing.clocks import Clocks
from mirrorsel.indexing.crosscheck import Checked, crosscheck
from mirrorsel.indexing.renumbering import renumber
from mirrorsel.indexing.stand import Stand
from mirrorsel.indexing.store import Store

_log = logging.getLogger(__name__)

# An edition of a large index takes a while to write, and readers to find their way in.
_TIMES = 10
_WITHIN_A_ROUND = 30.0


class Publisher:
    """Gives readers what the store holds.

    Args:
        store: The writer's own copy.
        path: Where readers look.
        hashed: Whether the files themselves were hashed.
        clocks: What tells the time.

    """

    def __init__(
        self,
        store: Store,
        path: Path,
        *,
        hashed: bool,
        clocks: Clocks,
    ) -> None:
        self._store = store
        self._stand = Stand(store.database)
        self._path = path
        self._hashed = hashed
        self._clocks = clocks
        self._ended = self._took = 0.0
        self._began = clocks.steady()
        self._checked: Checked | None = None

    @property
    def checked(self) -> Checked:
        """What hash files confirm and dispute."""
        if self._checked is None:
            self._checked = crosscheck(self._store, hashed=self._hashed)
        return self._checked

    def within(self) -> None:
        """Publish in the midst of a round that takes long, unless it is the first."""
        since = max(self._began, self._ended)
        if self._clocks.steady() - since >= _WITHIN_A_ROUND and self._stand.complete:
            self.publish()

    def publish(self, *, at_once: bool = False) -> bool:
        """Publish what is new, if it is time; return whether readers have all of it.

        Args:
            at_once: Whether it is time in any case, as nobody comes again later.

        """
        if not self._is_behind():
            return True
        if self._wait() and not at_once:
            return False
        began = self._clocks.steady()
        if renumber(self._store):
            _log.warning("the files have new numbers; all mirrors are scanned anew")
        self._checked = crosscheck(self._store, hashed=self._hashed)
        self._store.publish(self._path, int(self._clocks.wall()))
        self._ended = self._clocks.steady()
        self._took = self._ended - began
        files, size = self._stand.count()
        _log.info("the index has %d files, %d bytes", files, size)
        return True

    def _is_behind(self) -> bool:
        """Return whether readers have an older edition than the store."""
        return not self._stand.is_published(self._path)

    def _wait(self) -> float:
        """Return the seconds until it may be published again."""
        return max(self._ended + _TIMES * self._took - self._clocks.steady(), 0.0)
