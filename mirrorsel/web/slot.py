"""The files in which processes count, one for each, in the format of prometheus_client.

A process takes the first file that no living process has, and goes on from what it
says. So nothing is lost or counted twice when processes end, however they do, and
there are never more files than there were processes at once. A lock that the system
releases with the process tells who lives; the number of a process might be another's.
"""

import fcntl
import json
import os
import struct
from collections.abc import Iterator, Mapping
from itertools import islice
from math import isfinite
from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict

from mirrorsel.web.tally import Key

SLOTS = 64
"""How many processes can count into one folder at once."""
ROOM = 2 * 2**20
"""The bytes of a file, all of them taken at once.

Where a disk is full, what is written into a hole of a mapped file ends the process.
"""

_MODE = 0o600
_NAME = "count-1-{}.db"
_HEAD = 8
_ENTRY = 28
"""What an entry takes at most, beside its key."""
_MOST = ROOM // _ENTRY


class Slot:
    """The file of this process, for as long as it lives."""

    damaged: bool
    """Whether the file could not be read, and was begun anew."""

    def __init__(self, path: Path, descriptor: int) -> None:
        """Go on with a file that is open, and locked for this process.

        Raises:
            OSError: there is no room for it.

        """
        # The lock goes with the descriptor.
        self._descriptor = descriptor
        known = _values(path)
        self.damaged = known is None
        if known is None:
            os.ftruncate(descriptor, 0)
        os.posix_fallocate(descriptor, 0, ROOM)
        self._values = dict(known or {})
        self._used = _HEAD + sum(_size(_text(key)) for key in self._values)
        self._file = MmapedDict(str(path))

    def add(self, found: Mapping[Key, float]) -> None:
        """Add to what was counted; what the file has no more room for is left out."""
        for key, more in found.items():
            if key in self._values or self._takes(key):
                total = self._values[key] = self._values.get(key, 0.0) + more
                self._file.write_value(_text(key), total, 0.0)

    def close(self) -> None:
        """Leave the file to the next process."""
        self._file.close()
        os.close(self._descriptor)

    def _takes(self, key: Key) -> bool:
        size = _size(_text(key))
        if self._used + size > ROOM:
            return False
        self._used += size
        return True


def claim(folder: Path) -> Slot | None:
    """Return a file that no other process counts into; None if all are taken.

    Raises:
        OSError: the folder is missing or cannot be written, or the disk is full.

    """
    closed: OSError | None = None
    for path in _paths(folder):
        try:
            descriptor = _locked(path)
        except PermissionError as error:
            # It may be of another account, which answered requests before.
            closed = error
            continue
        if descriptor is not None:
            return _opened(path, descriptor)
    if closed:
        raise closed
    return None


def sums(folder: Path) -> dict[Key, float]:
    """Return what all processes have counted; a damaged file tells nothing."""
    found: dict[Key, float] = {}
    for path in _paths(folder):
        for key, value in (_values(path) or {}).items():
            found[key] = found.get(key, 0.0) + value
    return found


def _opened(path: Path, descriptor: int) -> Slot:
    try:
        return Slot(path, descriptor)
    except OSError:
        os.close(descriptor)
        raise


def _paths(folder: Path) -> Iterator[Path]:
    return (folder / _NAME.format(number) for number in range(SLOTS))


def _locked(path: Path) -> int | None:
    """Return a descriptor of a file that is locked; None if another has the lock."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    descriptor = os.open(path, flags, _MODE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _values(path: Path) -> dict[Key, float] | None:
    """Return what a file says, nothing if there is none; None if it is damaged."""
    try:
        if not _has_entries(path):
            return {}
        # A length below zero would lead the library round in circles.
        entries = islice(MmapedDict.read_all_values_from_file(str(path)), _MOST)
        return {_key(text): _count(value) for text, value, *_ in entries}
    except FileNotFoundError:
        return {}
    except (OSError, RuntimeError, ValueError, struct.error):
        return None


def _has_entries(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return False
    used: int = struct.unpack("ii", head)[0]
    if used and not _HEAD <= used <= ROOM:
        # The library takes any number for the end of what it may write over.
        raise ValueError(used)
    return used > 0


def _text(key: Key) -> str:
    return json.dumps(key)


def _key(text: str) -> Key:
    words = json.loads(text)
    if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
        raise ValueError(text)
    return tuple(words)


def _count(value: float) -> float:
    if not (isfinite(value) and value >= 0):
        raise ValueError(value)
    return value


def _size(text: str) -> int:
    return len(text.encode()) + _ENTRY
