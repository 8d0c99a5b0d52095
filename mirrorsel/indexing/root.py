"""The root of a tree: files and folders below it, and none outside."""

import errno
import os
import stat
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Self

_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
LIST = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
"""How a folder is opened whose entries are to be listed."""
_LINKS = 16
# The way of one link, which may be `a/../a/../a`, is not worth more calls.
_PARTS = 1024
# What the system says of a link that was not to be followed.
_IS_LINK = frozenset({errno.ELOOP, errno.ENOTDIR})


class OutsideError(OSError):
    """A link leads out of the tree, by an absolute path, or through too many others."""


class Root:
    """A folder that is held, so that no link put above or in it leads elsewhere.

    Links within it are followed, step by step and each part held in turn, as long as
    they stay inside; one by an absolute path never does, as no mirror could copy it.

    Args:
        folder: The folder, or a link to it.

    Raises:
        OSError: it cannot be opened.

    """

    def __init__(self, folder: Path) -> None:
        self._held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._held)

    def open_file(self, path: str) -> int:
        """Return a descriptor for reading; whether it is an ordinary file is not said.

        Raises:
            OSError: it cannot be opened.

        """
        return self._open(path, _FILE)

    def open_folder(self, path: str) -> int:
        """Return a descriptor of a folder, whose entries can be listed.

        Raises:
            OSError: it cannot be opened.

        """
        return self._open(path, LIST)

    def status(self, path: str) -> os.stat_result:
        """Return what the system says of what a path leads to, links followed.

        Raises:
            OSError: it leads to nothing inside.

        """
        descriptor = self._open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            return os.fstat(descriptor)
        finally:
            os.close(descriptor)

    def _open(self, path: str, flags: int) -> int:
        way = _Way(self._held)
        try:
            return way.go(path, flags)
        finally:
            way.close()


class _Way:
    """A way down from the root: the folders passed, each held open."""

    def __init__(self, root: int) -> None:
        self._passed = [os.dup(root)]
        self._links = 0
        self._parts = 0

    def close(self) -> None:
        for one in self._passed:
            os.close(one)

    def go(self, path: str, flags: int) -> int:
        todo = deque(_parts(path))
        while todo:
            name = todo.popleft()
            self._count()
            if name == "..":
                self._back()
            elif todo:
                self._enter(name, todo)
            else:
                found = self._last(name, todo, flags)
                if found is not None:
                    return found
        # The way ended in a folder, by a link such as `a -> .` or `a -> b/..`.
        return os.open(".", flags, dir_fd=self._passed[-1])

    def _count(self) -> None:
        self._parts += 1
        if self._parts > _PARTS:
            raise OutsideError(errno.ELOOP, "the way is too long")

    def _back(self) -> None:
        if len(self._passed) == 1:
            raise OutsideError(errno.EXDEV, "it leads out of the tree")
        os.close(self._passed.pop())

    def _enter(self, name: str, todo: deque[str]) -> None:
        try:
            self._passed.append(os.open(name, _FOLDER, dir_fd=self._passed[-1]))
        except OSError as error:
            self._follow(name, todo, error)

    def _last(self, name: str, todo: deque[str], flags: int) -> int | None:
        """Return the descriptor; None where a link leads on."""
        try:
            found = os.open(name, flags, dir_fd=self._passed[-1])
        except OSError as error:
            self._follow(name, todo, error)
            return None
        # With O_PATH a link is opened itself.
        if flags & os.O_PATH and stat.S_ISLNK(os.fstat(found).st_mode):
            os.close(found)
            self._follow(name, todo, OSError(errno.ELOOP, os.strerror(errno.ELOOP)))
            return None
        return found

    def _follow(self, name: str, todo: deque[str], error: OSError) -> None:
        """Put what a link says before the rest of the way.

        Raises:
            OSError: it is no link, which then is `error`, or must not be followed.

        """
        if error.errno not in _IS_LINK:
            raise error
        try:
            target = os.readlink(name, dir_fd=self._passed[-1])
        except OSError:
            raise error from None
        self._links += 1
        if self._links > _LINKS or target.startswith("/"):
            raise OutsideError(errno.ELOOP, "it is a link that is not followed")
        todo.extendleft(reversed(_parts(target)))


def _parts(path: str) -> list[str]:
    return [one for one in path.split("/") if one not in {"", "."}]
