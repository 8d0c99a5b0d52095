"""Files that are replaced whole: a reader sees the old content or the new."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mirrorsel.errors import Problem, StateError
from mirrorsel.regular import MEBIBYTE, open_regular

MODE = 0o644
"""Of files: the WSGI processes, which read them, have another account."""
LARGEST = 64 * MEBIBYTE
"""The most bytes that are read of a file."""
# A hidden name with what `mkstemp` makes up.
_UNFINISHED = re.compile(r"\.[a-z.-]+\.[a-z0-9_]{8}")


@contextmanager
def told(path: Path, done: str) -> Iterator[None]:
    """Raise what the system refuses as a StateError: a file cannot be, say, `read`."""
    try:
        yield
    except OSError as error:
        message = f"cannot be {done}: {error.strerror}"
        raise StateError(path, Problem(message=message)) from error


def write_atomic(path: Path, content: bytes) -> None:
    """Replace a file, or make it, so that a crash at any moment leaves it whole.

    The file can be read by everyone: the WSGI processes have another user.

    Raises:
        StateError: the folder cannot be written or the disk is full; the file is
            as it was.

    """
    with told(path, "written"):
        _replace(path, content)


def write_changed(path: Path, content: bytes) -> None:
    """Do as `write_atomic`, but leave a file alone that has this content already.

    Its time of change then tells readers that nothing is new.

    Raises:
        StateError: it cannot be written; the file is as it was.

    """
    try:
        same = read_state(path) == content
    except StateError:
        same = False
    if not same:
        write_atomic(path, content)


def forget_unfinished(folder: Path) -> None:
    """Remove what `write_atomic` began in a folder and a crash has left there.

    For whoever alone writes the folder; nothing may be written meanwhile.

    Raises:
        StateError: the folder cannot be read, or something in it not be removed.

    """
    with told(folder, "tidied"):
        for path in folder.iterdir():
            if _UNFINISHED.fullmatch(path.name):
                path.unlink()


@contextmanager
def open_state(path: Path) -> Iterator[BinaryIO]:
    """Open a state file for reading.

    Its folder belongs to the checker's account, which its readers do not trust.

    Raises:
        StateError: it is missing, cannot be read, is no ordinary file, is larger
            than 64 MiB or a link to the file of another owner.

    """
    with told(path, "read"), open_regular(path, largest=LARGEST, follow=False) as file:
        yield file


def read_state(path: Path) -> bytes:
    """Return the content of a state file.

    Raises:
        StateError: as of `open_state`.

    """
    with open_state(path) as file:
        return file.read(LARGEST)


def read_end(path: Path, size: int) -> bytes:
    """Return the last bytes of a state file, at most so many.

    Raises:
        StateError: as of `open_state`.

    """
    with open_state(path) as file:
        file.seek(max(file.seek(0, os.SEEK_END) - size, 0))
        return file.read(size)


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor has no path
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), MODE)
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # Without this the new name may be lost with the power, though not the content.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
