"""Ordinary files, which are read without waiting and never beyond a size."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

MEBIBYTE = 2**20
# A named pipe is opened without waiting for its writer; a terminal does not
# become this process's own.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def open_regular(path: Path, *, largest: int, follow: bool = True) -> BinaryIO:
    """Open an ordinary file for reading, where it is not too large.

    A file that grows meanwhile can be longer than `largest` in the end.

    Args:
        path: The file.
        largest: The most bytes that it may have.
        follow: Whether `path` may be a symbolic link to the file of another owner
            than the link's, as httpd's ``SymLinksIfOwnerMatch`` has it.

    Raises:
        OSError: it is missing, closed to this process, no ordinary file, too large,
            or such a link; `strerror` says which.

    """
    descriptor = os.open(path, _FLAGS)
    try:
        about = os.fstat(descriptor)
        _check(path, about, largest)
        if not follow:
            _check_link(path, about)
        return os.fdopen(descriptor, "rb")
    except OSError:
        os.close(descriptor)
        raise


def open_in_folder(folder: int, name: str, *, largest: int) -> BinaryIO:
    """Open an ordinary file of an open folder for reading, which is no link.

    Args:
        folder: The descriptor of the folder.
        name: The name of the file in it.
        largest: The most bytes that it may have.

    Raises:
        OSError: as `open_regular` does.

    """
    descriptor = os.open(name, _FLAGS | os.O_NOFOLLOW, dir_fd=folder)
    try:
        _check(Path(name), os.fstat(descriptor), largest)
        return os.fdopen(descriptor, "rb")
    except OSError:
        os.close(descriptor)
        raise


def read_regular(path: Path, *, largest: int, follow: bool = True) -> bytes:
    """Return the content of an ordinary file; see `open_regular`.

    Raises:
        OSError: as `open_regular` does.

    """
    with open_regular(path, largest=largest, follow=follow) as file:
        return file.read(largest)


def _check(path: Path, found: os.stat_result, largest: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
    if found.st_size > largest:
        size = f"it is larger than {largest // MEBIBYTE} MiB"
        raise OSError(errno.EFBIG, size, str(path))


def _check_link(path: Path, found: os.stat_result) -> None:
    link = path.lstat()
    if stat.S_ISLNK(link.st_mode) and link.st_uid != found.st_uid:
        raise OSError(errno.ELOOP, "it is a link to another owner's file", str(path))
