"""A file that takes another one's place when it is whole."""

import os
from contextlib import suppress
from types import TracebackType
from typing import Self

from mirrorsel.lists.attributes import Attributes

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Draft:
    """A new file of a folder, gone at the end unless it has taken a place.

    Its name is fixed, so that what a crash left behind is found and removed by the
    next one; whoever makes it holds a lock.

    Args:
        folder: The descriptor of the folder, in which all happens even if another
            one has taken its path meanwhile.
        name: The name until then.

    """

    def __init__(self, folder: int, name: str) -> None:
        self._folder = folder
        self._name = name
        self._descriptor = -1

    def __enter__(self) -> Self:
        self._remove()
        self._descriptor = os.open(self._name, _FLAGS, 0o600, dir_fd=self._folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)
        self._remove()

    def write(self, content: bytes, changed: int | None = None) -> None:
        """Write the content, onto the disk.

        Args:
            content: All of it.
            changed: When it was changed, in nanoseconds; now by default.

        """
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        if changed is not None:
            os.utime(self._descriptor, ns=(changed, changed))
        os.fsync(self._descriptor)

    def take(self, attributes: Attributes) -> int:
        """Take the attributes of a file; return the owner that came of it.

        Raises:
            OSError: they cannot be kept, see `Attributes.give`.

        """
        attributes.give(self._descriptor)
        return os.fstat(self._descriptor).st_uid

    def take_place(self, name: str) -> None:
        """Take the place of a file of the folder, or of a link by that name."""
        os.replace(self._name, name, src_dir_fd=self._folder, dst_dir_fd=self._folder)

    def _remove(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._name, dir_fd=self._folder)
