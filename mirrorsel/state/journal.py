"""The journal: what happened, one JSON object a line, newest last.

Each line has the member `format`, the number 1, and either `change`, a
`mirrorsel.health.Change`, or `cycle`, a `CycleSummary`.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from mirrorsel.health.changes import Change
from mirrorsel.state.lines import Lines

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
        self._lines = Lines(path=path, size=size)

    def append(self, *entries: Change | CycleSummary) -> None:
        """Add lines; when the file has grown too large, it is set aside first.

        Raises:
            StateError: the journal cannot be written.

        """
        self._lines.append(b"".join(_encode(entry) for entry in entries))


def read_journal(path: Path) -> tuple[Change | CycleSummary, ...]:
    """Return the entries of a journal, oldest first.

    Lines that a crash cut short, or that another version wrote, are passed over.

    Raises:
        StateError: the journal is missing or cannot be read.

    """
    lines = Lines(path=path, size=_SIZE).read(_Line, _FORMAT)
    entries = (line.change or line.cycle for line in lines)
    return tuple(entry for entry in entries if entry)


def _encode(entry: Change | CycleSummary) -> bytes:
    if isinstance(entry, Change):
        line = _Line(format=_FORMAT, change=entry)
    else:
        line = _Line(format=_FORMAT, cycle=entry)
    return msgspec.json.encode(line) + b"\n"
