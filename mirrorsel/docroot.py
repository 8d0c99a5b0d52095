"""A document root: the files in one folder, and none outside it."""

import os
import stat
from functools import partial
from pathlib import Path

from mirrorsel.regular import MEBIBYTE

_LARGEST = 8 * MEBIBYTE
# A folder that may be passed through need not be readable.
_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY


class DocumentRoot:
    """Reads what lies in a folder after all links are resolved.

    Names are relative to the folder; one that is given `beside` another is relative
    to that one's folder, unless it begins with a slash.
    """

    def __init__(self, folder: Path, *, largest: int = _LARGEST) -> None:
        """Take a folder; files of more than `largest` bytes count as unreadable."""
        self._folder = folder.resolve()
        self._largest = largest

    def name(self, name: str, beside: str = "") -> str | None:
        """Return the name of a file without links; None if it lies elsewhere."""
        try:
            start = (self._folder / beside).parent if beside else self._folder
            if name.startswith("/"):
                start = self._folder
            path = (start / name.lstrip("/")).resolve()
        except (OSError, RuntimeError, ValueError):
            # A loop of links, or a name that no file can have.
            return None
        inside = path.is_relative_to(self._folder)
        return str(path.relative_to(self._folder)) if inside else None

    def read(self, name: str, beside: str = "") -> bytes | None:
        """Return an ordinary file; None if it is none, unreadable or elsewhere."""
        inside = self.name(name, beside)
        if inside is None:
            return None
        try:
            return self._read(inside)
        except OSError:
            return None

    def _read(self, name: str) -> bytes | None:
        opener = partial(open_below, self._folder)
        with open(name, "rb", opener=opener) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > self._largest:
                return None
            return file.read(self._largest)


def open_below(folder: Path, name: str, flags: int) -> int:
    """Return a descriptor of a file, by a name without links, folder by folder.

    A link that was put since into the place of any part must not be followed, nor
    a pipe waited for.
    """
    *folders, last = name.split("/")
    held = os.open(folder, _FOLDER)
    try:
        for one in folders:
            above, held = held, os.open(one, _FOLDER, dir_fd=held)
            os.close(above)
        return os.open(last, flags | _FILE, dir_fd=held)
    finally:
        os.close(held)
