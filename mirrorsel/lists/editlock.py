"""The lock that keeps a list to one editor at a time."""

import fcntl
import os
import stat
import time
from contextlib import suppress

from mirrorsel.lists.account import person
from mirrorsel.printable import one_line

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_BETWEEN = 0.02
_LONGEST_NAME = 200


class EditLock:
    """A file beside a list, locked by whoever edits that and gone afterwards.

    It is no lock on the list itself or on its folder: whoever may read those could
    hold it, and so keep everybody from editing. This file is opened for writing, and
    may be only by those who may write the list.
    What a crash leaves behind is taken over by the next editor.

    Args:
        folder: The descriptor of the list's folder.
        name: The name of the list in it.

    """

    def __init__(self, folder: int, name: str) -> None:
        self.name = f".{name}.lock"
        self._folder = folder
        self._descriptor: int | None = None

    def take(self, about: os.stat_result, patience: float = 0) -> None:
        """Take the lock.

        Args:
            about: What is known of the list.
            patience: How many seconds to wait for another who holds it.

        Raises:
            BlockingIOError: another holds it; `strerror` says who.
            OSError: it cannot be made or opened.

        """
        end = time.monotonic() + patience
        while self._descriptor is None:
            try:
                self._try(about)
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise
                time.sleep(_BETWEEN)

    def release(self) -> None:
        """Give the lock back, if it was taken."""
        if self._descriptor is not None:
            # Held until the name is gone, so that no one else's is removed.
            with suppress(OSError):
                os.unlink(self.name, dir_fd=self._folder)
            os.close(self._descriptor)
            self._descriptor = None

    def _try(self, about: os.stat_result) -> None:
        """Take the lock, unless its file was another's who has just removed it."""
        descriptor = os.open(self.name, _FLAGS, 0o600, dir_fd=self._folder)
        try:
            self._lock(descriptor)
            if self._still_there(descriptor):
                self._sign(descriptor, about)
                self._descriptor = descriptor
        finally:
            if self._descriptor is None:
                os.close(descriptor)

    def _lock(self, descriptor: int) -> None:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(0, f"{self.name} beside it is not an ordinary file")
        if about.st_nlink > 1:
            # It would be emptied and given away under its other name too.
            raise OSError(0, f"{self.name} beside it has another name (hard link)")
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, _LONGEST_NAME, 0).decode(errors="replace")
            who = one_line(holder) or "somebody else"
            message = f"is being edited by {who}; try again when they are done"
            raise BlockingIOError(0, message) from error

    def _still_there(self, descriptor: int) -> bool:
        """Return whether the lock is that of the file which has the name now."""
        try:
            found = os.stat(self.name, dir_fd=self._folder, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return os.path.samestat(found, os.fstat(descriptor))

    def _sign(self, descriptor: int, about: os.stat_result) -> None:
        """Open the file to those who may write the list, and say who holds it."""
        # First, for it may be a file that somebody has moved here to read it.
        os.ftruncate(descriptor, 0)
        with suppress(PermissionError):
            os.fchown(descriptor, about.st_uid, about.st_gid)
        with suppress(PermissionError):
            os.fchmod(descriptor, 0o600 | 3 * (about.st_mode & 0o022))
        os.pwrite(descriptor, f"{person()}, process {os.getpid()}\n".encode(), 0)
