"""A value that is kept equal to a file."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from mirrorsel.errors import InputError, Problem
from mirrorsel.state.attempt import attempt

T = TypeVar("T")

_Signature: TypeAlias = tuple[int, int, int, int] | None


class Watched(Generic[T]):
    """A value and the file that it was last read from.

    The first reading is at once. A file that changes is read again when it has
    stood still for `settle` seconds: 1 for what people edit in place, 0 for what
    programs rename into place. A version that cannot be used, or a file that is
    gone, leaves the value as it is; so does whatever else `load` raises, which
    stands as the `__cause__` of an InputError. Not for several threads at once.

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
        self._loaded: _Signature = None
        self._seen: _Signature = None
        self._since = 0.0
        self._read(_signature(path))

    def poll(self) -> bool:
        """Look at the file; return whether it was read again, well or not."""
        signature = _signature(self._path)
        now = self._clock()
        if signature != self._seen:
            self._seen = signature
            self._since = now
        if signature == self._loaded or now - self._since < self._settle:
            return False
        self._read(signature)
        return True

    def _read(self, signature: _Signature) -> None:
        # The signature from before the reading: a change meanwhile makes a new one.
        self._loaded = self._seen = signature
        self._since = self._clock()
        reading = attempt(partial(self._load, self._path))
        error = reading.exception()
        if error is None:
            self.value = reading.result()
            self.error = None
        elif isinstance(error, InputError):
            self.error = error
        else:
            message = f"cannot be used: {type(error).__name__}: {error}"
            self.error = InputError(self._path, Problem(message=message))
            self.error.__cause__ = error


def _signature(path: Path) -> _Signature:
    try:
        status = path.stat()
    except OSError:
        return None
    # The time of the last change of permissions counts too: a file that could not
    # be read becomes readable without being modified.
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
