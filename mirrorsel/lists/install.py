"""A list that is replaced by one editor at a time, with the old version kept."""

import fcntl
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from mirrorsel.errors import ListError, Problem
from mirrorsel.regular import MEBIBYTE, read_regular

LARGEST = 16 * MEBIBYTE
"""The most bytes that a list may have."""
_TOKEN_BYTES = 8
_BETWEEN = 0.02


class Held:
    """A list that nobody else changes through this program meanwhile.

    The lock is on the list's folder: it leaves no file behind, and outlives the
    renaming by which a list is replaced. It binds `Held` alone; what another program
    has written is found by comparing the content.

    Args:
        path: The list, or a symbolic link to it; the link stays.
        patience: How many seconds to wait for another who holds it.

    Raises:
        ListError: on entering, the list cannot be read, or is held by another.

    """

    content: bytes
    """What the list held when it was taken."""

    def __init__(self, path: Path, *, patience: float = 0) -> None:
        self.path = path
        self.content = b""
        self._patience = patience
        self._folder: int | None = None

    def __enter__(self) -> Self:
        try:
            self._file = self.path.resolve(strict=True)
            self._folder = os.open(self._file.parent, os.O_RDONLY | os.O_DIRECTORY)
            _lock(self._folder, self._patience)
            self.content = read_regular(self._file, largest=LARGEST)
        except BlockingIOError as error:
            self._release()
            message = "is being edited by somebody else; try again when they are done"
            raise ListError(self.path, Problem(message=message)) from error
        except OSError as error:
            self._release()
            raise self._failure("read", error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._release()

    @property
    def kept(self) -> Path:
        """Where the version before the last replacement is kept."""
        return self._file.with_name(f"{self._file.name}~")

    def unchanged(self) -> bool:
        """Return whether the file still holds what it held when it was taken.

        Raises:
            ListError: it cannot be read any more.

        """
        try:
            return read_regular(self._file, largest=LARGEST) == self.content
        except OSError as error:
            raise self._failure("read", error) from error

    def replace(self, content: bytes) -> None:
        """Replace the list whole, with owner and mode as they were; keep the old one.

        Raises:
            ListError: another program has changed it meanwhile, or it cannot be
                written; it is as it was.

        """
        if not self.unchanged():
            message = "was changed meanwhile by another program; nothing was written"
            raise ListError(self.path, Problem(message=message))
        try:
            about = self._file.stat()
            _write(self.kept, self.content, about)
            _write(self._file, content, about)
            if self._folder is not None:
                os.fsync(self._folder)
        except OSError as error:
            raise self._failure("written", error) from error
        self.content = content

    def _release(self) -> None:
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None

    def _failure(self, what: str, error: OSError) -> ListError:
        message = f"cannot be {what}: {error.strerror}"
        return ListError(self.path, Problem(message=message))


def _lock(folder: int, patience: float) -> None:
    """Lock a folder; without a limit of time, `flock` would wait for ever."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise
            time.sleep(_BETWEEN)
        else:
            return


def _write(path: Path, content: bytes, about: os.stat_result) -> None:
    """Write a file under a temporary name, give it mode and owner, rename it."""
    token = secrets.token_hex(_TOKEN_BYTES)
    temporary = path.with_name(f".{path.name}.{token}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor has no path
            file.write(content)
            file.flush()
            _own(descriptor, about)
            os.fchmod(descriptor, stat.S_IMODE(about.st_mode))
            os.fsync(descriptor)
        temporary.replace(path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _own(descriptor: int, about: os.stat_result) -> None:
    made = os.fstat(descriptor)
    if (made.st_uid, made.st_gid) != (about.st_uid, about.st_gid):
        os.fchown(descriptor, about.st_uid, about.st_gid)
