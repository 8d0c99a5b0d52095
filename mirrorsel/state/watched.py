"""A value that is kept equal to a file."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from mirrorsel.caught import attempt
from mirrorsel.errors import InputError, Problem
from mirrorsel.state.signature import Signature, signature

T = TypeVar("T")

_RETRY = 2.0
"""Seconds after which a file that could not be read at all is tried once more."""


class Watched(Generic[T]):
    """A value and the file that it was last read from.

    The first reading is at once. A file that changes is read again when it has
    stood still for `settle` seconds: 1 for what people edit in place, 0 for what
    programs rename into place. Where it must stand still and changes while it is
    read, what was read does not count. A version that cannot be used, or a file
    that is gone, leaves the value as it is; so does whatever else `load` raises,
    which stands as the `__cause__` of an InputError. One thread may poll; any may
    read.

    Args:
        path: The file, or a symbolic link to it.
        load: Reads it; raises InputError when it cannot be used or is missing.
        settle: Seconds without a change before a change is read.
        clock: Seconds that only go forward.

    """

    value: T | None
    """What the last usable version said; None until there was one."""
    error: InputError | None
    """Why the file as it is now cannot be used; None when it can."""

    def __init__(
        self,
        path: Path,
        load: Callable[[Path], T],
        *,
        settle: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.value = None
        self.error = None
        self._path = path
        self._load = load
        self._settle = settle
        self._clock = clock
        self._loaded: Signature = None
        self._seen: Signature = None
        self._since = 0.0
        version = signature(path)
        self._take(version, *self._attempt())

    def poll(self) -> bool:
        """Look at the file; return whether there is news of it, good or bad."""
        version = signature(self._path)
        now = self._clock()
        if version != self._seen:
            self._seen = version
            self._since = now
        stood = now - self._since
        if version == self._loaded:
            return self._is_closed() and stood >= _RETRY and self._read(version)
        return stood >= self._settle and self._read(version)

    def _is_closed(self) -> bool:
        """Return whether the file could not be read at all, which may pass.

        Too many open files, or a folder above it, leave no trace in the file.
        """
        return self.error is not None and not any(
            one.line for one in self.error.problems
        )

    def _read(self, version: Signature) -> bool:
        before = self.error
        reading = self._attempt()
        after = signature(self._path)
        if self._settle and after != version:
            # It may be half of one version and half of another.
            self._seen, self._since = after, self._clock()
            return False
        again = version == self._loaded
        self._take(version, *reading)
        return not (again and str(before) == str(self.error))

    def _attempt(self) -> tuple[T | None, BaseException | None]:
        value, error = attempt(lambda: self._load(self._path))
        _forget_frames(error)
        return value, error

    def _take(
        self, version: Signature, value: T | None, error: BaseException | None
    ) -> None:
        # The signature from before the reading: a change meanwhile makes a new one.
        self._loaded = self._seen = version
        self._since = self._clock()
        if error is None:
            self.value = value
            self.error = None
        elif isinstance(error, InputError):
            self.error = error
        else:
            message = f"cannot be used: {type(error).__name__}: {error}"
            self.error = InputError(self._path, Problem(message=message))
            self.error.__cause__ = error


def _forget_frames(error: BaseException | None) -> None:
    """Let go of all that was at work when an error was raised.

    The error is kept, and with it all that was read of the file, until garbage is
    collected; and that is seldom.
    """
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__
