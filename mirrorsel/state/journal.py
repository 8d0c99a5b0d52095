"""The journal: what happened, one JSON object a line, newest last.

Each line has the member `format`, the number 1, and either `change`, a
`mirrorsel.health.Change`, or `cycle`, a `CycleSummary`.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from mirrorsel.errors import Problem, StateError
from mirrorsel.health.changes import Change
from mirrorsel.state.files import read_state
from mirrorsel.state.formats import decode

_FORMAT = 1
_SIZE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleSummary:
    """One cycle in numbers."""

    at: datetime
    """When it ended."""
    seconds: float
    """How long it took."""
    probed: int
    """How many mirrors were probed."""
    good: int
    """How many of them answered as they should."""
    frozen: bool
    """Whether the cycle was not believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    format: int
    change: Change | None = None
    cycle: CycleSummary | None = None


class Journal:
    """The writing end of a journal, which keeps to two files of limited size."""

    def __init__(self, path: Path, *, size: int = _SIZE) -> None:
        self._path = path
        self._size = size

    def append(self, *entries: Change | CycleSummary) -> None:
        """Add lines; when the file has grown too large, it is set aside first.

        Raises:
            StateError: the journal cannot be written.

        """
        text = b"".join(_encode(entry) for entry in entries)
        try:
            self._rotate()
            with self._path.open("ab") as file:
                file.write(_line_end(self._path) + text)
        except OSError as error:
            message = f"cannot be written: {error.strerror}"
            raise StateError(self._path, Problem(message=message)) from error

    def _rotate(self) -> None:
        if self._path.exists() and self._path.stat().st_size >= self._size:
            self._path.replace(_set_aside(self._path))


def read_journal(path: Path) -> tuple[Change | CycleSummary, ...]:
    """Return the entries of a journal, oldest first.

    Lines that a crash cut short, or that another version wrote, are passed over.

    Raises:
        StateError: the journal is missing or cannot be read.

    """
    older = _set_aside(path)
    contents = [read_state(one) for one in (older, path) if one == path or one.exists()]
    return tuple(entry for content in contents for entry in _entries(path, content))


def _set_aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.1")


def _encode(entry: Change | CycleSummary) -> bytes:
    if isinstance(entry, Change):
        line = _Line(format=_FORMAT, change=entry)
    else:
        line = _Line(format=_FORMAT, cycle=entry)
    return msgspec.json.encode(line) + b"\n"


def _line_end(path: Path) -> bytes:
    """Return what ends a line that a crash left unfinished."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return b""
        file.seek(-1, os.SEEK_END)
        return b"" if file.read(1) == b"\n" else b"\n"


def _entries(path: Path, content: bytes) -> Iterator[Change | CycleSummary]:
    for text in content.splitlines():
        try:
            line = decode(path, text, _Line, _FORMAT)
        except StateError:
            continue
        if entry := line.change or line.cycle:
            yield entry
