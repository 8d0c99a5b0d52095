"""The files that a pattern of Include names."""

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from mirrorsel.errors import HttpdError
from mirrorsel.regular import MEBIBYTE, read_regular

LARGEST = 16 * MEBIBYTE
"""The most bytes that a file of a configuration may have."""

_WILDCARDS = frozenset("*?[")


def included(pattern: str) -> Iterator[tuple[str, str]]:
    """Return the paths and texts of files; a folder stands for all below it.

    Raises:
        HttpdError: something could not be read; all else has been returned before.

    """
    finder = _Finder()
    for path in sorted(finder.matching(pattern)):
        for file in finder.files(path):
            text = finder.text(file)
            if text is not None:
                yield file, text
    if finder.closed:
        raise HttpdError("; ".join(finder.closed))


class _Finder:
    """Looks for files, and remembers what is closed to it."""

    def __init__(self) -> None:
        self.closed: list[str] = []

    def matching(self, pattern: str) -> Iterable[str]:
        """Return the paths that a pattern with wildcards could mean."""
        found = ["/"]
        for part in pattern.strip("/").split("/"):
            found = [
                posixpath.join(folder, name)
                for folder in found
                for name in self._names(folder, part)
            ]
        return found

    def files(self, path: str) -> Iterator[str]:
        """Return a file itself, or those of a folder; nothing where there is none."""
        mode = self._mode(path)
        if stat.S_ISREG(mode):
            yield path
        elif stat.S_ISDIR(mode):
            for folder, folders, names in os.walk(path, onerror=self._note):
                folders.sort()
                for name in sorted(names):
                    file = posixpath.join(folder, name)
                    if stat.S_ISREG(self._mode(file)):
                        yield file
        elif mode:
            self.closed.append(f"{path}: cannot be read: it is not an ordinary file")

    def text(self, path: str) -> str | None:
        """Return the text of a file, or None where it is closed or gone."""
        try:
            content = read_regular(Path(path), largest=LARGEST)
        except OSError as error:
            self._note(error)
            return None
        if b"\0" in content:
            self.closed.append(f"{path}: cannot be read: it has a NUL byte")
            return None
        return content.decode(errors="replace")

    def _names(self, folder: str, part: str) -> list[str]:
        if not _WILDCARDS & set(part):
            return [part]
        try:
            return [one for one in os.listdir(folder) if fnmatchcase(one, part)]  # noqa: PTH208 - names alone
        except OSError as error:
            self._note(error)
            return []

    def _mode(self, path: str) -> int:
        try:
            return os.stat(path).st_mode  # noqa: PTH116 - the path is a text everywhere
        except OSError as error:
            self._note(error)
            return 0

    def _note(self, error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            self.closed.append(f"{error.filename}: cannot be read: {error.strerror}")
