"""By what a file is known to be unchanged, without reading it."""

import os
from dataclasses import dataclass

_SETTLED = 2_000_000_000
_SPAN = 2**64


@dataclass(frozen=True, slots=True)
class Sign:
    """What the system says of a file; any writing to it makes it another.

    `changed` is what cannot be set by hand: it moves with each writing, and also when
    only the name, the owner or the rights change. All are brought into 64 bits.
    """

    device: int
    inode: int
    modified: int
    """In nanoseconds."""
    changed: int
    """When inode or content were last changed, in nanoseconds."""

    @classmethod
    def of(cls, status: os.stat_result) -> "Sign":
        """Return the sign of a file."""
        return cls(
            _bounded(status.st_dev),
            _bounded(status.st_ino),
            _bounded(status.st_mtime_ns),
            _bounded(status.st_ctime_ns),
        )

    def is_settled(self, now: float) -> bool:
        """Return whether it can be relied on, if reading begins now.

        Two writings within one tick of the file system's clock give the same sign, so
        that a file which has just been changed could change again behind it.

        Args:
            now: The present, in seconds of Unix time.

        """
        return self.changed <= now * 1e9 - _SETTLED


def _bounded(value: int) -> int:
    """Return a number as SQLite holds it; inodes of some file systems are larger."""
    return (value + _SPAN // 2) % _SPAN - _SPAN // 2
