"""Files of one JSON object a line, which only grow, within a limit."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from mirrorsel.errors import StateError
from mirrorsel.state.files import MODE, read_end, told
from mirrorsel.state.formats import decode

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Two files of limited size: the one that grows, and the one before it."""

    path: Path
    size: int
    """Bytes; a file that has grown to as many is set aside before the next line."""

    def append(self, text: bytes) -> None:
        """Add whole lines, each with its end; the file can be read by everyone.

        Raises:
            StateError: the file cannot be written.

        """
        with told(self.path, "written"):
            if self.path.exists() and self.path.stat().st_size >= self.size:
                self.path.replace(self._older)
            _append(self.path, text)

    def read(self, shape: type[T], number: int) -> Iterator[T]:
        """Yield the objects of all lines, oldest first.

        Lines that a crash cut short, or that another version wrote, are passed over,
        and so is what stands in a file before its last `size` bytes.

        Args:
            shape: The class of a line's object.
            number: The only format number that is understood.

        Raises:
            StateError: the file is missing or cannot be read.

        """
        for text in filter(None, self._texts()):
            try:
                yield decode(self.path, text, shape, number)
            except StateError:
                continue

    def _texts(self) -> Iterator[bytes]:
        aside = os.path.lexists(self._older)
        # A crash may come after the file was set aside and before the next line.
        missing = aside and not os.path.lexists(self.path)
        newer = b"" if missing else read_end(self.path, self.size)
        if aside:
            yield from read_end(self._older, self.size).splitlines()
        yield from newer.splitlines()

    @property
    def _older(self) -> Path:
        return self.path.with_name(f"{self.path.name}.1")


def _append(path: Path, text: bytes) -> None:
    with path.open("ab+") as file:
        if file.tell() == 0:
            os.fchmod(file.fileno(), MODE)
        file.write(_line_end(file) + text)


def _line_end(file: BinaryIO) -> bytes:
    """Return what ends a line that a crash left unfinished."""
    if file.seek(0, os.SEEK_END) == 0:
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"
