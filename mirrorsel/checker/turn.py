"""The turn of a checker, which comes when no other one is at work."""

import logging

from mirrorsel.errors import StateError
from mirrorsel.state import Lock

_log = logging.getLogger(__name__)

_WAITING = "another checker writes this state folder; waiting for its end"
_DONE = "the other checker has ended; going on in its place"


class Turn:
    """Whether this checker may work, with one line in the log when it waits.

    Args:
        lock: That of the state folder.

    """

    def __init__(self, lock: Lock) -> None:
        self._lock = lock
        self._waiting = False

    @property
    def is_ours(self) -> bool:
        """Whether the lock is held, so that no other checker can be at work."""
        return self._lock.held

    def has_come(self) -> bool:
        """Return whether this checker may work now."""
        try:
            free = self._lock.take()
        except StateError:
            # Where no lock can be made nothing can be written, which is told there.
            free = True
        if self._waiting is free:
            self._waiting = not free
            _log.warning("%s", _DONE if free else _WAITING)
        return free
