"""The lock that keeps a state folder to one writer."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from mirrorsel.state.files import told

# For its owner alone: whoever can open the file could keep the checker waiting.
_MODE = 0o600
# A link would have root make a file wherever the folder's owner likes.
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


class Lock:
    """A lock on a file, which the system releases when the process ends.

    Args:
        path: The file; it is made when the lock is first tried, and stays.

    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def held(self) -> bool:
        """Whether it was taken here."""
        return self._descriptor is not None

    def take(self) -> bool:
        """Take the lock; return whether it is held now, False if by another.

        Raises:
            StateError: the file cannot be made or opened.

        """
        if self._descriptor is not None:
            return True
        with told(self._path, "opened"):
            descriptor = os.open(self._path, _FLAGS, _MODE)
        if _lock(descriptor):
            self._descriptor = descriptor
        else:
            os.close(descriptor)
        return self._descriptor is not None


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
