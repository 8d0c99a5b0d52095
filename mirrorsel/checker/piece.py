"""A piece of one file of the published tree, read while nobody changes it."""

import os
import random
import stat
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path, PurePosixPath

from mirrorsel.checker.sample import Sample
from mirrorsel.docroot import open_below

WHOLE = 65536
"""Bytes of the largest file that is compared as a whole."""

PIECE = 16384
"""Bytes that are compared of a larger one."""


GRACE = timedelta(hours=1)
"""What changed later than so long before a mirror's stamp it need not have."""


def last_change(about: os.stat_result) -> float:
    """Return when a file or folder last changed, in seconds since 1970.

    A file that is moved or copied into the tree may bring an older time of its
    content along; the time of its inode cannot be set.
    """
    return max(about.st_mtime, about.st_ctime)


def read_piece(
    folder: Path,
    path: str,
    settled: Callable[[os.stat_result], bool],
    choose: Callable[[int], int],
) -> Sample | None:
    """Return a file or a piece of it; None if it is empty or not settled.

    Args:
        folder: The published tree, by a path without links.
        path: The file below it.
        settled: Whether something is unchanged for long enough; it is asked about
            the file and each folder above it, as those may have been moved.
        choose: Returns where the piece of a large file begins, up to the given place.

    Raises:
        OSError: the file is gone, cannot be read, or has a link on its way.

    """
    above = list(PurePosixPath(path).parents)[:-1]
    if not all(settled((folder / one).lstat()) for one in above):
        return None
    with open(path, "rb", opener=partial(open_below, folder)) as file:
        before = os.fstat(file.fileno())
        if not (stat.S_ISREG(before.st_mode) and before.st_size and settled(before)):
            return None
        start, length = _place(before.st_size, choose)
        content = os.pread(file.fileno(), length, start)
        head = os.pread(file.fileno(), length, 0) if start else content
        after = os.fstat(file.fileno())
    if len(content) != length or _version(before) != _version(after):
        return None
    size = before.st_size
    return Sample(path=path, size=size, start=start, content=content, head=head)


def by_chance(chance: random.Random) -> Callable[[int], int]:
    """Return what chooses the ends of files, their middle, or anything else."""
    return lambda last: chance.choice((0, last // 2, last, chance.randint(0, last)))


def _place(size: int, choose: Callable[[int], int]) -> tuple[int, int]:
    """Return where a piece begins, and its length."""
    if size <= WHOLE:
        return 0, size
    return choose(size - PIECE), PIECE


def _version(about: os.stat_result) -> tuple[int, int, int]:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns
